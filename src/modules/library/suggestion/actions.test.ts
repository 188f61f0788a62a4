import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeAppointment } from '#modules/organisation/testing.ts';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { adaptItem, getAdaptation } from '../adaptation/actions.ts';
import { replaceDraftSection } from '../co-editing/store.ts';
import type { Body } from '../content/contract.ts';
import { getItem, listVersions } from '../item/actions.ts';
import { mergeSection } from '../merge/rules.ts';
import { dropRound, getRound, startRound } from '../round/actions.ts';
import {
  aLibraryDistrict,
  aParagraph,
  aPublishedItem,
  contextOf,
  publishOpenRound,
  writeAdaptation,
} from '../testing.ts';
import {
  declineSuggestion,
  gatherSuggestion,
  getSuggestion,
  listSuggestions,
  readAnswer,
  suggest,
  takeSuggestion,
  withdrawSuggestion,
} from './actions.ts';

const { db } = await createTestDatabase();
const district = await aLibraryDistrict(db);
const { here, there, lead, writer, second, chinese, teacher, colleague, elsewhere } = district;

const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const as = (personId: string) => contextOf(db, personId);
const text = (...lines: string[]): Body => ({ form: 'text', blocks: lines.map(aParagraph) });
const seen = async (personId: string, id: string) => getSuggestion(await as(personId), { id });
const stateOf = async (id: string) => (await seen(teacher, id)).state;

/** As an endpoint does it. */
const inTransaction = async <Done>(
  personId: string,
  action: (context: Awaited<ReturnType<typeof as>>) => Promise<Done>,
): Promise<Done> => {
  const context = await as(personId);
  return db.transaction().execute((transaction) => action({ ...context, db: transaction }));
};

/** Holds rows until `open` is called, with all who wait for them by then. */
const heldBack = async (ids: readonly string[]) => {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const { promise: held, resolve: hold } = Promise.withResolvers<void>();
  const done = db.transaction().execute(async (transaction) => {
    await transaction
      .selectFrom('library.suggestion')
      .where('id', 'in', [...ids])
      .select('id')
      .forUpdate()
      .execute();
    hold();
    await opened;
  });
  await held;
  return {
    open: async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      open();
      await done;
    },
  };
};

/** A teacher's own learners' section, sent up. */
const suggested = async (itemId: string, words: string, { personId = teacher, schoolId = here } = {}) => {
  const taken = await adaptItem(await as(personId), { itemId, schoolId, openTo: 'maker' });
  await writeAdaptation(db, personId, taken, { learners: text(words) });
  return suggest(await as(personId), {
    adaptationId: taken.id,
    section: 'learners',
    reason: '三年级都还不会估算。',
    happened: '导入用时少了五分钟。',
  });
};
const shownOf = async (id: string) => (await seen(writer, id)).shown;
const take = async (edit: { id: string; version: number }, personId = writer) =>
  takeSuggestion(await as(personId), {
    ...edit,
    shown: await shownOf(edit.id),
    decisions: {},
    partly: false,
    answer: '很好，已采纳。',
  });

describe('a suggestion', () => {
  it('is merged into the draft of the next version, credited when it is published, and told', async () => {
    const itemId = await aPublishedItem(db, district);
    const made = await suggested(itemId, '学生会一位数乘法，还不会估算。');
    const { before, proposed, now, may } = await seen(writer, made.id);
    assert.deepEqual(before, now);
    assert.deepEqual(proposed, text('学生会一位数乘法，还不会估算。'));
    assert.equal(may.decide, true);

    const taken = await take(made);
    assert.equal(taken.state, 'taken');
    const { content } = await getRound(await as(writer), { id: taken.roundId });
    assert.deepEqual(content.sections.find(({ key }) => key === 'learners')?.body, proposed);

    await publishOpenRound(db, district, taken.roundId, '补了学情');
    const told = await seen(teacher, made.id);
    assert.deepEqual([told.state, told.mergedIn, told.fresh], ['merged', 2, true]);
    await readAnswer(await as(teacher), { id: made.id });
    assert.equal((await seen(teacher, made.id)).fresh, false);
    const { rows } = await listVersions(await as(elsewhere), { id: itemId });
    assert.deepEqual(rows[0]?.credits, [{ name: '教师甲', schoolName: '晨光小学', sections: ['learners'] }]);
    assert.deepEqual(rows[1]?.credits, []);
  });

  it('is merged by three texts with what the core group wrote meanwhile', async () => {
    const itemId = await aPublishedItem(db, district);
    const made = await suggested(itemId, '学生会一位数乘法，还不会估算。');
    const round = await startRound(await as(second), { itemId });
    await replaceDraftSection(db, round.id, {
      key: 'learners',
      body: text('学生会一位数乘法。', '班额较大。'),
      personId: second,
    });
    const taken = await take(made);
    const { content } = await getRound(await as(writer), { id: taken.roundId });
    assert.deepEqual(
      content.sections.find(({ key }) => key === 'learners')?.body,
      text('学生会一位数乘法，还不会估算。', '班额较大。'),
    );
  });

  it('in conflict with the draft writes nothing before it is decided', async () => {
    const itemId = await aPublishedItem(db, district);
    const made = await suggested(itemId, '学生会口算乘法。');
    const round = await startRound(await as(second), { itemId });
    const own = text('学生会笔算乘法。');
    await replaceDraftSection(db, round.id, { key: 'learners', body: own, personId: second });
    await assert.rejects(take(made), refused('conflict'));
    const draft = async () =>
      (await getRound(await as(writer), { id: round.id })).content.sections.find(
        ({ key }) => key === 'learners',
      )?.body;
    assert.deepEqual(await draft(), own);
    const { before, now, proposed } = await seen(writer, made.id);
    assert.ok(before !== null && now !== null);
    const { conflicts } = mergeSection(before, now, proposed, { key: 'learners' });
    const id = conflicts[0]?.id ?? '';
    await takeSuggestion(await as(writer), {
      ...made,
      shown: await shownOf(made.id),
      decisions: { [id]: { choice: 'own', text: '学生会口算，也会笔算。' } },
      partly: true,
      answer: '',
    });
    assert.deepEqual(await draft(), text('学生会口算，也会笔算。'));
  });

  it('is merged with the draft that was shown, or not at all', async () => {
    const itemId = await aPublishedItem(db, district);
    const made = await suggested(itemId, '学生会口算乘法。');
    const round = await startRound(await as(second), { itemId });
    const write = (...lines: string[]) =>
      replaceDraftSection(db, round.id, { key: 'learners', body: text(...lines), personId: second });
    await write('学生会笔算乘法。');
    const { before, now, proposed, shown } = await seen(writer, made.id);
    assert.ok(before !== null && now !== null);
    const id = mergeSection(before, now, proposed, { key: 'learners' }).conflicts[0]?.id ?? '';
    const decided = {
      ...made,
      shown,
      decisions: { [id]: { choice: 'theirs' as const } },
      partly: false,
      answer: '',
    };
    // The same place by the time it is sent: the decision was about another text.
    await write('学生会笔算乘法，班额较大。');
    await assert.rejects(
      as(writer).then((context) => takeSuggestion(context, decided)),
      (error) => error instanceof Refusal && error.kind === 'conflict' && error.message.includes('再看一遍'),
    );
    assert.deepEqual((await seen(writer, made.id)).now, text('学生会笔算乘法，班额较大。'));
    assert.equal(await stateOf(made.id), 'waiting');
    await takeSuggestion(await as(writer), { ...decided, shown: await shownOf(made.id) });
    assert.deepEqual((await seen(writer, made.id)).now, text('学生会口算乘法。'));
  });

  it('is taken into a draft that is begun with it, as it was shown', async () => {
    const itemId = await aPublishedItem(db, district);
    const board = text('板书分两栏。');
    const taken = await adaptItem(await as(teacher), { itemId, schoolId: here, openTo: 'maker' });
    await writeAdaptation(db, teacher, taken, { board });
    const made = await suggest(await as(teacher), {
      adaptationId: taken.id,
      section: 'board',
      reason: '清楚。',
      happened: '',
    });
    const { roundId } = await take(made);
    const { content } = await getRound(await as(writer), { id: roundId });
    assert.deepEqual(content.sections.find(({ key }) => key === 'board')?.body, board);
  });

  it('is called by its section, also by one that only the school has', async () => {
    const itemId = await aPublishedItem(db, district);
    const made = await suggested(itemId, '还不会估算。');
    assert.equal((await seen(teacher, made.id)).sectionTitle, '学情分析');
    const { adaptationId } = await seen(teacher, made.id);
    const { version } = await getAdaptation(await as(teacher), { id: adaptationId });
    await writeAdaptation(db, teacher, { id: adaptationId, version }, { 'own-1': text('本校补充。') });
    const own = await suggest(await as(teacher), {
      adaptationId,
      section: 'own-1',
      reason: '补充。',
      happened: '',
    });
    const { rows } = await listSuggestions(await as(writer), { view: 'item', itemId, limit: 100 });
    // `writeAdaptation` gives a new section its key as title.
    assert.equal(rows.find(({ id }) => id === own.id)?.sectionTitle, 'own-1');
  });

  it('goes with the one it is gathered into', async () => {
    const itemId = await aPublishedItem(db, district);
    const first = await suggested(itemId, '还不会估算。');
    const same = await suggested(itemId, '不会估算。', { personId: elsewhere, schoolId: there });
    const { beside } = await seen(writer, first.id);
    assert.deepEqual(
      beside.map(({ id }) => id),
      [same.id],
    );
    const together = await gatherSuggestion(await as(writer), { ...same, into: first.id });
    const apart = await gatherSuggestion(await as(writer), { ...together, into: null });
    assert.equal((await seen(writer, same.id)).gatheredInto, null);
    await gatherSuggestion(await as(writer), { ...apart, into: first.id });
    const { rows } = await listSuggestions(await as(writer), { view: 'to-decide', itemId, limit: 100 });
    assert.deepEqual(
      rows.map(({ id }) => id),
      [first.id],
    );
    await declineSuggestion(await as(writer), { ...first, answer: '放在练习课处理。' });
    const answered = await getSuggestion(await as(elsewhere), { id: same.id });
    assert.deepEqual(
      [answered.state, answered.answer, answered.fresh],
      ['declined', '放在练习课处理。', true],
    );
    // The proposer of another school is not told of people elsewhere.
    assert.deepEqual(answered.beside, []);
  });

  it('is gathered into one that stands for itself, whoever gathers at the same time', async () => {
    const itemId = await aPublishedItem(db, district);
    const one = await suggested(itemId, '还不会估算。');
    const other = await suggested(itemId, '不会估算。', { personId: elsewhere, schoolId: there });
    const third = await suggested(itemId, '估算不熟。', { personId: colleague });
    const all = [one, other, third];
    const versions = new Map(all.map(({ id, version }) => [id, version]));
    const gather = (personId: string, id: string, into: string | null) =>
      inTransaction(personId, (context) =>
        gatherSuggestion(context, { id, version: versions.get(id) ?? 0, into }),
      );
    for (const round of [1, 2, 3, 4]) {
      // All of them wait for the same rows, and then go on at once.
      const gate = await heldBack(all.map(({ id }) => id));
      const tries = [
        gather(writer, one.id, other.id),
        gather(second, other.id, one.id),
        gather(lead, other.id, third.id),
        gather(writer, third.id, one.id),
      ];
      await gate.open();
      const results = await Promise.allSettled(tries);
      for (const result of results)
        if (result.status === 'rejected')
          assert.ok(result.reason instanceof Refusal, `round ${round}: ${String(result.reason)}`);
      assert.ok(results.some(({ status }) => status === 'fulfilled'));
      const rows = await db
        .selectFrom('library.suggestion')
        .where('itemId', '=', itemId)
        .select(['id', 'gatheredInto', 'state', 'version'])
        .execute();
      const heads = rows.filter(({ gatheredInto }) => gatheredInto === null).map(({ id }) => id);
      assert.ok(heads.length > 0, 'none goes with itself in a circle');
      for (const { gatheredInto } of rows)
        assert.ok(
          gatheredInto === null || heads.includes(gatheredInto),
          'none goes with one that goes with another',
        );
      for (const { id, version } of rows) versions.set(id, version);
      for (const { id, gatheredInto } of rows)
        if (gatheredInto !== null) versions.set(id, (await gather(writer, id, null)).version);
    }
  });

  it('is not gathered into one that is withdrawn at the same time', async () => {
    const itemId = await aPublishedItem(db, district);
    const head = await suggested(itemId, '还不会估算。');
    const same = await suggested(itemId, '不会估算。', { personId: elsewhere, schoolId: there });
    const gate = await heldBack([head.id, same.id]);
    const withdrawn = inTransaction(teacher, (context) => withdrawSuggestion(context, head));
    const gathered = inTransaction(writer, (context) =>
      gatherSuggestion(context, { ...same, into: head.id }),
    );
    await gate.open();
    const [first, next] = await Promise.allSettled([withdrawn, gathered]);
    const { state, gatheredInto } = await getSuggestion(await as(elsewhere), { id: same.id });
    assert.equal(state, 'waiting');
    assert.equal(first.status, 'fulfilled');
    assert.equal(gatheredInto, null, next.status);
  });

  it('of a section that only the school has comes into the draft as that section', async () => {
    const itemId = await aPublishedItem(db, district);
    const taken = await adaptItem(await as(teacher), { itemId, schoolId: here, openTo: 'maker' });
    await writeAdaptation(db, teacher, taken, { 'own-1': text('每天口算五题。') });
    const made = await suggest(await as(teacher), {
      adaptationId: taken.id,
      section: 'own-1',
      reason: '天天练。',
      happened: '',
    });
    assert.equal((await seen(writer, made.id)).now, null);
    const { roundId } = await take(made);
    const { content } = await getRound(await as(writer), { id: roundId });
    assert.deepEqual(content.sections.at(-1), { key: 'own-1', title: 'own-1', body: text('每天口算五题。') });
  });

  it('waits again when the round it was taken into is dropped', async () => {
    const itemId = await aPublishedItem(db, district);
    const made = await suggested(itemId, '还不会估算。');
    const { roundId } = await take(made);
    const { version } = await getRound(await as(writer), { id: roundId });
    await dropRound(await as(writer), { id: roundId, version });
    assert.equal(await stateOf(made.id), 'waiting');
    assert.equal((await getItem(await as(writer), { id: itemId })).round, null);
  });

  it('that was sent up anew meanwhile is the one that waits when the round is dropped', async () => {
    const itemId = await aPublishedItem(db, district);
    const first = await suggested(itemId, '还不会估算。');
    const beside = await suggested(itemId, '不会估算。', { personId: elsewhere, schoolId: there });
    await gatherSuggestion(await as(writer), { ...beside, into: first.id });
    const { roundId } = await take(first);
    const anew = await suggested(itemId, '估算还不熟。');
    const { version } = await getRound(await as(writer), { id: roundId });
    await dropRound(await as(writer), { id: roundId, version });
    assert.deepEqual(
      [await stateOf(first.id), await stateOf(anew.id)],
      ['withdrawn', 'waiting'],
      'of one section one waits',
    );
    const { rows } = await listSuggestions(await as(writer), { view: 'to-decide', itemId, limit: 100 });
    assert.deepEqual(rows.map(({ id }) => id).sort(), [beside.id, anew.id].sort());
  });

  it('is made of a touched section, once, and withdrawn by its proposer while it waits', async () => {
    const itemId = await aPublishedItem(db, district);
    const made = await suggested(itemId, '还不会估算。');
    await assert.rejects(suggested(itemId, '还不会估算。'), refused('conflict'));
    const { adaptationId } = await seen(teacher, made.id);
    await assert.rejects(
      as(teacher).then((context) =>
        suggest(context, { adaptationId, section: 'board', reason: '改', happened: '' }),
      ),
      refused('invalid'),
    );
    await assert.rejects(
      as(colleague).then((context) =>
        suggest(context, { adaptationId, section: 'learners', reason: '改', happened: '' }),
      ),
      refused('forbidden'),
    );
    await assert.rejects(
      as(colleague).then((context) => withdrawSuggestion(context, made)),
      refused('conflict'),
    );
    await withdrawSuggestion(await as(teacher), made);
    await assert.rejects(take(made), refused('conflict'));
  });

  it('is decided by the core group of its field and never by its proposer', async () => {
    const itemId = await aPublishedItem(db, district);
    const made = await suggested(itemId, '还不会估算。');
    for (const personId of [chinese, elsewhere])
      await assert.rejects(seen(personId, made.id), refused('not-found'));
    await makeAppointment(db, writer, 'teacher', { schoolId: here });
    const own = await suggested(itemId, '另一句。', { personId: writer });
    await assert.rejects(take(own, writer), refused('forbidden'));
    await take(own, lead);
    await assert.rejects(
      as(teacher).then((context) => declineSuggestion(context, { ...made, answer: '不' })),
      refused('forbidden'),
    );
  });
});
