import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { replaceDraftContent } from '../../co-editing/store.ts';
import type { Body } from '../../content/contract.ts';
import { changeItem, getItem } from '../../item/actions.ts';
import {
  aLibraryDistrict,
  aParagraph,
  aPublishedItem,
  contextOf,
  primaryMaths,
  typeIntoAdaptation,
  writeAdaptation,
} from '../../testing.ts';
import {
  adaptItem,
  endAdaptation,
  getAdaptation,
  listAdaptations,
  relinkSection,
  resumeAdaptation,
  saveAdaptation,
} from '../actions.ts';
import { getRevision, listRevisions, restoreSection } from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, lead, writer, teacher, colleague, elsewhere } = district;
const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const as = (personId: string) => contextOf(db, personId);
const text = (...lines: string[]): Body => ({ form: 'text', blocks: lines.map(aParagraph) });
const adapted = async (itemId: string) =>
  adaptItem(await as(teacher), { itemId, schoolId: here, openTo: 'maker' });
const bodyOf = async (id: string, key: string) =>
  (await getAdaptation(await as(teacher), { id })).content.sections.find((one) => one.key === key)?.body;

it('what was typed and taken out again stands in the history, and comes back from it', async () => {
  const taken = await adapted(await aPublishedItem(db, district));
  const saved = await writeAdaptation(db, teacher, taken, { learners: text('存过的写法。') });
  await typeIntoAdaptation(db, teacher, taken.id, { learners: text('还没有存的写法。') });
  const linked = await relinkSection(await as(teacher), { ...saved, section: 'learners' });
  assert.deepEqual(await bodyOf(taken.id, 'learners'), text('学生会一位数乘法。'));
  const { rows, nextCursor } = await listRevisions(await as(colleague), { id: taken.id, limit: 3 });
  assert.deepEqual(
    rows.map(({ number, cause, touched }) => [number, cause, touched.map(({ title }) => title)]),
    [
      [4, 'edited', []],
      [3, 'edited', ['学情分析']],
      [2, 'edited', ['学情分析']],
    ],
  );
  assert.deepEqual(
    (await listRevisions(await as(teacher), { id: taken.id, cursor: nextCursor ?? '', limit: 3 })).rows.map(
      ({ cause }) => cause,
    ),
    ['taken'],
  );
  const { sections } = await getRevision(await as(teacher), { id: taken.id, number: 3 });
  assert.deepEqual(
    sections.map(({ body }) => body),
    [text('还没有存的写法。')],
  );
  const restore = { ...linked, number: 3, section: 'learners' };
  for (const bad of [
    { ...restore, number: 1 },
    { ...restore, number: 99 },
    { ...restore, section: 'board' },
  ])
    await assert.rejects(
      as(teacher).then((context) => restoreSection(context, bad)),
      refused('invalid'),
    );
  await assert.rejects(
    as(colleague).then((context) => restoreSection(context, restore)),
    refused('forbidden'),
  );
  await restoreSection(await as(teacher), restore);
  assert.deepEqual(await bodyOf(taken.id, 'learners'), text('还没有存的写法。'));
  await assert.rejects(
    as(teacher).then((context) => restoreSection(context, restore)),
    refused('conflict'),
  );
});

it('is read in its school alone, and brings nothing back into a locked section', async () => {
  const itemId = await aPublishedItem(db, district);
  const taken = await adapted(itemId);
  const saved = await writeAdaptation(db, teacher, taken, { board: text('本校板书。') });
  for (const personId of [lead, writer, elsewhere])
    for (const look of [
      async () => listRevisions(await as(personId), { id: taken.id, limit: 30 }),
      async () => getRevision(await as(personId), { id: taken.id, number: 2 }),
    ])
      await assert.rejects(look, refused('not-found'));
  const linked = await relinkSection(await as(teacher), { ...saved, section: 'board' });
  const { version } = await getItem(await as(lead), { id: itemId });
  await changeItem(await as(lead), {
    ...primaryMaths,
    id: itemId,
    version,
    title: '两位数乘两位数',
    summary: '',
    locked: ['board'],
  });
  await assert.rejects(
    as(teacher).then((context) => restoreSection(context, { ...linked, number: 2, section: 'board' })),
    refused('conflict'),
  );
});

it('a section that only the school has comes back to its place', async () => {
  const taken = await adapted(await aPublishedItem(db, district));
  const read = async () => (await getAdaptation(await as(teacher), { id: taken.id })).content;
  const own = { key: 'own-1', title: '课前三分钟', body: text('口算。') };
  const sections = (await read()).sections.flatMap((one) => (one.key === 'learners' ? [one, own] : [one]));
  assert.equal(await replaceDraftContent(db, taken.id, { sections }, teacher), true);
  const saved = await saveAdaptation(await as(teacher), taken);
  const before = await read();
  const linked = await relinkSection(await as(teacher), { ...saved, section: own.key });
  assert.equal((await read()).sections.length, before.sections.length - 1);
  await restoreSection(await as(teacher), { ...linked, number: 2, section: own.key });
  assert.deepEqual(await read(), before);
});

it('starts from no place that is none', async () => {
  const { id } = await adapted(await aPublishedItem(db, district));
  for (const cursor of ['x', '0', '-1', '1e99', '9999999999'])
    await assert.rejects(
      as(teacher).then((context) => listRevisions(context, { id, cursor, limit: 30 })),
      refused('invalid'),
    );
});

it('one that has ended is opened again by its maker, unless there is another of the same', async () => {
  const itemId = await aPublishedItem(db, district);
  const taken = await adapted(itemId);
  const list = async (view: 'mine' | 'ended') =>
    (await listAdaptations(await as(teacher), { view, itemId, limit: 30 })).rows.map(({ id }) => id);
  const ended = await endAdaptation(await as(teacher), taken);
  assert.deepEqual([await list('mine'), await list('ended')], [[], [taken.id]]);
  await assert.rejects(
    as(teacher).then((context) => saveAdaptation(context, ended)),
    refused('conflict'),
  );
  await assert.rejects(
    as(colleague).then((context) => resumeAdaptation(context, ended)),
    refused('forbidden'),
  );
  const resumed = await resumeAdaptation(await as(teacher), ended);
  assert.deepEqual([await list('mine'), await list('ended')], [[taken.id], []]);
  await assert.rejects(
    as(teacher).then((context) => resumeAdaptation(context, resumed)),
    refused('conflict'),
  );
  const again = await endAdaptation(await as(teacher), resumed);
  await adapted(itemId);
  await assert.rejects(
    as(teacher).then((context) => resumeAdaptation(context, again)),
    refused('conflict'),
  );
});
