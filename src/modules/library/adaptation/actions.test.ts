import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeAppointment, makePerson } from '#modules/organisation/testing.ts';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { remarksOnDraft } from '../co-editing/actions.ts';
import { replaceDraftSection } from '../co-editing/store.ts';
import type { Body } from '../content/contract.ts';
import { changeItem, getItem, startItem, withdrawItem } from '../item/actions.ts';
import { insertVersion, updateItem } from '../item/store.ts';
import type { Decisions } from '../merge/contract.ts';
import { mergeContent } from '../merge/rules.ts';
import { startRound } from '../round/actions.ts';
import {
  addRow,
  aLessonDesign,
  aLibraryDistrict,
  aParagraph,
  aPublishedItem,
  aRow,
  contextOf,
  mostGoals,
  primaryMaths,
  publishOpenRound,
  typeIntoAdaptation,
  writeAdaptation,
} from '../testing.ts';
import {
  adaptItem,
  declineUpdate,
  endAdaptation,
  findAdaptationDraft,
  getAdaptation,
  getChangedSections,
  getUpdate,
  listAdaptations,
  openAdaptation,
  relinkSection,
  saveAdaptation,
  undoUpdate,
  updateAdaptation,
} from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, there, lead, writer, chinese, head, teacher, colleague, elsewhere } = district;

const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const as = (personId: string) => contextOf(db, personId);
const text = (...lines: string[]): Body => ({ form: 'text', blocks: lines.map(aParagraph) });
const seen = async (personId: string, id: string) => getAdaptation(await as(personId), { id });
const bodyOf = async (id: string, key: string) =>
  (await seen(teacher, id)).content.sections.find((section) => section.key === key)?.body;

const adapted = async (itemId: string, personId = teacher, schoolId = here) =>
  adaptItem(await as(personId), { itemId, schoolId, openTo: 'maker' });
const saved = (edit: { id: string; version: number }, bodies: Record<string, Body>) =>
  writeAdaptation(db, teacher, edit, bodies);

/** As a page does it: what is decided, of what was shown. */
const update = async (edit: { id: string; version: number }, decisions: Decisions = {}) => {
  const context = await as(teacher);
  const { to, shown } = await getUpdate(context, { id: edit.id });
  return updateAdaptation(context, { ...edit, to, shown, decisions });
};

/** A next version with one section changed by the core group. */
const nextVersion = async (itemId: string, key: string, body: Body, note = '改了学情') => {
  const { id } = await startRound(await as(writer), { itemId });
  assert.equal(await replaceDraftSection(db, id, { key, body, personId: writer }), true);
  await publishOpenRound(db, district, id, note);
};

describe('an adaptation', () => {
  it('is linked until touched, keeps every revision, and links again', async () => {
    const itemId = await aPublishedItem(db, district);
    const taken = await adapted(itemId);
    assert.deepEqual(await adapted(itemId), taken);
    const mine = text('我班学生已会。');
    const one = await saved(taken, { learners: mine, 'own-1': text('本校补充。') });
    const { touched, content } = await seen(teacher, taken.id);
    assert.deepEqual(touched.toSorted(), ['learners', 'own-1']);
    assert.equal(content.sections.at(-1)?.key, 'own-1');
    const two = await relinkSection(await as(teacher), { ...one, section: 'learners' });
    assert.deepEqual((await seen(teacher, taken.id)).touched, ['own-1']);
    assert.deepEqual(await bodyOf(taken.id, 'learners'), text('学生会一位数乘法。'));
    await assert.rejects(saved(one, { learners: mine }), refused('conflict'));
    const revisions = await db
      .selectFrom('library.adaptationRevision')
      .where('adaptationId', '=', taken.id)
      .select('cause')
      .orderBy('number')
      .execute();
    assert.deepEqual(
      revisions.map(({ cause }) => cause),
      ['taken', 'edited', 'edited'],
    );
    await endAdaptation(await as(teacher), two);
    await assert.rejects(saved(two, { learners: mine }), refused('conflict'));
  });

  it('is one for each school in which a person teaches', async () => {
    const itemId = await aPublishedItem(db, district);
    const both = await makePerson(db, '两校教师', { schoolId: here });
    for (const schoolId of [here, there]) await makeAppointment(db, both, 'teacher', { schoolId });
    const one = await adapted(itemId, both, here);
    const other = await adapted(itemId, both, there);
    assert.notEqual(other.id, one.id);
    assert.deepEqual(await adapted(itemId, both, there), other);
    assert.deepEqual(await adapted(itemId, both, here), one);
    const next = await aPublishedItem(db, district);
    const twice = await Promise.all(
      [1, 2].map(() =>
        db.transaction().execute(async (transaction) => {
          const context = { ...(await as(both)), db: transaction };
          return adaptItem(context, { itemId: next, schoolId: here, openTo: 'maker' });
        }),
      ),
    );
    assert.deepEqual(twice[0], twice[1]);
    assert.equal((await seen(elsewhere, other.id)).schoolName, '星河小学');
    await assert.rejects(seen(elsewhere, one.id), refused('not-found'));
  });

  it('refuses to save what it cannot hold, says where, and leaves it as it stands', async () => {
    const taken = await adapted(await aPublishedItem(db, district));
    await typeIntoAdaptation(db, teacher, taken.id, { goals: { form: 'rows', rows: mostGoals() } });
    const beyond = (error: unknown) =>
      error instanceof Refusal && error.kind === 'invalid' && /“教学目标”的表格超过500行/.test(error.message);
    await addRow(db, taken.id, 'goals');
    await assert.rejects(saved(taken, {}), beyond);
    const context = await as(teacher);
    await assert.rejects(relinkSection(context, { ...taken, section: 'learners' }), beyond);
    assert.deepEqual((await seen(teacher, taken.id)).touched, []);
  });

  it('is remarked on until it has ended, and read after', async () => {
    const itemId = await aPublishedItem(db, district);
    const taken = await adapted(itemId);
    const remarks = remarksOnDraft(findAdaptationDraft);
    const may = async () => remarks(db, taken.id, (await as(colleague)).actor);
    assert.equal(await may(), 'comment');
    await endAdaptation(await as(teacher), taken);
    assert.equal(await may(), 'ended');
  });

  it('is read in its school and by the core group, written by its maker or by whom it is opened to', async () => {
    const itemId = await aPublishedItem(db, district);
    const taken = await adapted(itemId);
    for (const personId of [teacher, colleague, lead, writer, head])
      assert.equal((await seen(personId, taken.id)).may.edit, personId === teacher);
    for (const personId of [elsewhere, chinese])
      await assert.rejects(seen(personId, taken.id), refused('not-found'));
    const access = async (personId: string) =>
      (await findAdaptationDraft(db, taken.id, (await as(personId)).actor))?.access ?? null;
    for (const [personId, may] of [
      [teacher, 'edit'],
      [colleague, 'comment'],
      [lead, null],
      [elsewhere, null],
    ] as const)
      assert.equal(await access(personId), may);
    await assert.rejects(
      as(colleague).then((context) => saveAdaptation(context, taken)),
      refused('forbidden'),
    );
    const opened = await openAdaptation(await as(teacher), { ...taken, openTo: 'school' });
    assert.equal(await access(colleague), 'edit');
    await writeAdaptation(db, colleague, opened, { board: text('板书') });
    await assert.rejects(
      as(teacher).then((context) => adaptItem(context, { itemId, schoolId: there, openTo: 'maker' })),
      refused('forbidden'),
    );
    const { rows } = await listAdaptations(await as(colleague), { view: 'school', limit: 100 });
    assert.ok(rows.some(({ id }) => id === taken.id));
    const foreign = await listAdaptations(await as(elsewhere), { view: 'item', itemId, limit: 100 });
    assert.deepEqual(foreign.rows, []);
  });

  it('may not touch what the district locked', async () => {
    const itemId = await aPublishedItem(db, district);
    const { version } = await getItem(await as(lead), { id: itemId });
    const facts = { ...primaryMaths, title: '两位数乘两位数', summary: '', locked: ['goals'] };
    await assert.rejects(
      as(writer).then((context) => changeItem(context, { ...facts, id: itemId, version })),
      refused('forbidden'),
    );
    await changeItem(await as(lead), { ...facts, id: itemId, version });
    const taken = await adapted(itemId);
    await saved(taken, {
      goals: { form: 'rows', rows: [aRow('g1', { goal: '会算。' })] },
      board: text('板书'),
    });
    assert.deepEqual((await seen(teacher, taken.id)).touched, ['board']);
    assert.deepEqual((await seen(teacher, taken.id)).unsaved, []);
  });
});

it('of a school’s own item has no core group to suggest anything to', async () => {
  const content = aLessonDesign();
  const { id: itemId } = await startItem(await as(colleague), {
    ...primaryMaths,
    kind: 'lesson-design',
    title: '本校的设计',
    schoolId: here,
    shared: false,
    content,
  });
  const publishedAt = '2026-11-20T00:00:00Z';
  const version = { itemId, number: 1, title: '本校的设计', content, note: '', contributors: [colleague] };
  await insertVersion(db, { ...version, publishedBy: colleague, publishedAt });
  await updateItem(db, itemId, { published: 1, publishedAt });
  const taken = await adapted(itemId);
  await saved(taken, { learners: text('我班的学情') });
  assert.deepEqual((await seen(teacher, taken.id)).may, {
    edit: true,
    suggest: false,
    manage: true,
    inside: true,
  });
});

describe('an update', () => {
  it('takes over what was left alone, keeps what only the school touched, and can be undone once', async () => {
    const itemId = await aPublishedItem(db, district);
    const board = text('本校板书。');
    const edited = await saved(await adapted(itemId), { board });
    assert.equal((await seen(teacher, edited.id)).newer, null);
    await nextVersion(itemId, 'learners', text('学生会一位数乘法，不会估算。'));
    assert.deepEqual(await seen(teacher, edited.id).then(({ newer, newerNote }) => [newer, newerNote]), [
      2,
      '改了学情',
    ]);
    const updated = await update(edited);
    assert.deepEqual(await bodyOf(edited.id, 'board'), board);
    assert.deepEqual(await bodyOf(edited.id, 'learners'), text('学生会一位数乘法，不会估算。'));
    assert.deepEqual(
      await seen(teacher, edited.id).then(({ basedOn, touched, newer }) => [basedOn, touched, newer]),
      [2, ['board'], null],
    );
    const undone = await undoUpdate(await as(teacher), updated);
    assert.equal((await seen(teacher, edited.id)).basedOn, 1);
    assert.deepEqual(await bodyOf(edited.id, 'learners'), text('学生会一位数乘法。'));
    await assert.rejects(
      as(teacher).then((context) => undoUpdate(context, undone)),
      refused('conflict'),
    );
  });

  it('merges what was typed and not saved as well; undoing leads back to it', async () => {
    const itemId = await aPublishedItem(db, district);
    const taken = await adapted(itemId);
    await typeIntoAdaptation(db, teacher, taken.id, { board: text('写到一半') });
    assert.deepEqual((await seen(teacher, taken.id)).unsaved, ['board']);
    await nextVersion(itemId, 'learners', text('新学情'));
    const updated = await update(taken);
    assert.deepEqual(await bodyOf(taken.id, 'board'), text('写到一半'));
    await undoUpdate(await as(teacher), updated);
    assert.deepEqual(await bodyOf(taken.id, 'board'), text('写到一半'));
    assert.deepEqual(await bodyOf(taken.id, 'learners'), text('学生会一位数乘法。'));
    assert.deepEqual((await seen(teacher, taken.id)).unsaved, []);
  });

  it('shows a conflict with all three texts and writes nothing before it is decided', async () => {
    const itemId = await aPublishedItem(db, district);
    const edited = await saved(await adapted(itemId), { learners: text('学生会口算乘法。') });
    await nextVersion(itemId, 'learners', text('学生会笔算乘法。'));
    const { base, ours, theirs } = await getUpdate(await as(teacher), { id: edited.id });
    const { conflicts } = mergeContent(base, ours, theirs, 'lesson-design');
    assert.equal(conflicts.length, 1);
    await assert.rejects(update(edited), refused('conflict'));
    assert.deepEqual(await bodyOf(edited.id, 'learners'), text('学生会口算乘法。'));
    const id = conflicts[0]?.id ?? '';
    await update(edited, { [id]: { choice: 'theirs' } });
    assert.deepEqual(await bodyOf(edited.id, 'learners'), text('学生会笔算乘法。'));
    // It came to equal the version: linked again.
    assert.deepEqual((await seen(teacher, edited.id)).touched, []);
  });

  it('is made of the texts that were shown, or not at all', async () => {
    const itemId = await aPublishedItem(db, district);
    const taken = await adapted(itemId);
    await openAdaptation(await as(teacher), { ...taken, openTo: 'school' });
    const edited = await saved({ ...taken, version: 2 }, { learners: text('学生会口算乘法。') });
    await nextVersion(itemId, 'learners', text('学生会笔算乘法。'));
    const { base, ours, theirs, to, shown, version } = await getUpdate(await as(teacher), { id: edited.id });
    const id = mergeContent(base, ours, theirs, 'lesson-design').conflicts[0]?.id ?? '';
    // A colleague writes in the same place; nothing is saved, so the version is the same.
    const theirWords = text('学生会口算乘法，还会估算。');
    await typeIntoAdaptation(db, colleague, edited.id, { learners: theirWords });
    const decided = { id: edited.id, version, to, shown, decisions: { [id]: { choice: 'theirs' as const } } };
    await assert.rejects(
      as(teacher).then((context) => updateAdaptation(context, decided)),
      (error) => error instanceof Refusal && error.kind === 'conflict' && error.message.includes('再看一遍'),
    );
    assert.deepEqual(
      (await getUpdate(await as(teacher), { id: edited.id })).ours.sections.find(
        ({ key }) => key === 'learners',
      )?.body,
      theirWords,
    );
    assert.equal((await seen(teacher, edited.id)).basedOn, 1);
    await update({ id: edited.id, version }, { [id]: { choice: 'ours' } });
    assert.deepEqual(await bodyOf(edited.id, 'learners'), theirWords);
  });

  it('can be declined for one version, and is offered again with the next', async () => {
    const itemId = await aPublishedItem(db, district);
    const edited = await saved(await adapted(itemId), { board: text('板书') });
    await nextVersion(itemId, 'learners', text('一'));
    const offered = async () =>
      (await listAdaptations(await as(teacher), { view: 'updates', itemId, limit: 30 })).rows.length;
    assert.equal(await offered(), 1);
    const declined = await declineUpdate(await as(teacher), { ...edited, to: 2 });
    assert.equal(await offered(), 0);
    assert.equal((await seen(teacher, edited.id)).newer, null);
    await nextVersion(itemId, 'learners', text('二'));
    assert.equal((await seen(teacher, edited.id)).newer, 3);
    const { shown } = await getUpdate(await as(teacher), { id: edited.id });
    await assert.rejects(
      as(teacher).then((context) => updateAdaptation(context, { ...declined, to: 2, shown, decisions: {} })),
      refused('conflict'),
    );
  });

  it('counts in how many schools a section was touched, for those who write it', async () => {
    const itemId = await aPublishedItem(db, district);
    await saved(await adapted(itemId), { learners: text('甲'), board: text('甲') });
    const other = await adapted(itemId, elsewhere, there);
    await writeAdaptation(db, elsewhere, other, { learners: text('乙') });
    const { schools, sections } = await getChangedSections(await as(writer), { itemId });
    assert.equal(schools, 2);
    assert.deepEqual(
      sections.map(({ key, schools: many }) => [key, many]),
      [
        ['board', 1],
        ['learners', 2],
      ],
    );
    for (const { key, schools: many } of sections) {
      const { rows } = await listAdaptations(await as(writer), {
        view: 'item',
        itemId,
        section: key,
        limit: 30,
      });
      assert.equal(new Set(rows.map(({ schoolName }) => schoolName)).size, many);
    }
    await assert.rejects(
      as(teacher).then((context) => getChangedSections(context, { itemId })),
      refused('not-found'),
    );
  });

  it('is not offered of an item that was withdrawn; what was adapted stays', async () => {
    const itemId = await aPublishedItem(db, district, aLessonDesign());
    const taken = await adapted(itemId);
    const { version } = await getItem(await as(lead), { id: itemId });
    await withdrawItem(await as(lead), { id: itemId, version, reason: '教材修订，单元重排。' });
    assert.equal((await seen(teacher, taken.id)).withdrawn, true);
    await saved(taken, { board: text('板书') });
    await assert.rejects(adapted(itemId, elsewhere, there), refused('conflict'));
  });
});
