import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  correctObservation,
  feedBack,
  finaliseObservation,
  getObservation,
  saveDraft,
  withdrawObservation,
} from '../actions.ts';
import type { ObservationContent } from '../contract.ts';
import {
  aContent,
  anAppointment,
  aPerson,
  aSchool,
  aTerm,
  contextOf,
  type TestPerson,
  type TestSchool,
} from '../testing.ts';
import { correctLens, getLens, saveLens } from './actions.ts';
import type { LensContent } from './contract.ts';
import { emptyLens } from './rules.ts';

const { db } = await createTestDatabase();
let school: TestSchool;
let teacher: TestPerson;

const seen = (changes: Partial<LensContent> = {}): LensContent => ({
  ...emptyLens,
  questions: [['why', ['reason', null]]],
  st: {
    source: 'taps',
    variant: 't-s',
    interval: 30,
    startedAt: '2024-03-20T02:00:00.000Z',
    endAt: 300,
    changes: [
      [0, 'T'],
      [120, 'S'],
    ],
  },
  ...changes,
});
const coded = seen({ coding: { codeSet: 'fias-1', codes: '4 8 5' } });

const written = (content: Partial<ObservationContent> = {}): ObservationContent =>
  aContent({ schoolId: school.id, teacherId: teacher.id, teacherName: teacher.name, ...content });

/** An observer with a draft, and what one does with it. */
const aDraft = async (content: Partial<ObservationContent> = {}) => {
  const observer = await aPerson(db, { schoolId: school.id });
  const context = await contextOf(db, observer);
  const id = newId();
  let { version } = await saveDraft(context, { id, version: 0, content: written(content) });
  return {
    id,
    observer,
    context,
    save: (lensVersion: number, lens: LensContent) =>
      saveLens(context, { id, version: lensVersion, content: lens }),
    finalise: async () => {
      ({ version } = await finaliseObservation(context, { id, version, content: written(content) }));
    },
    feedBack: async () => {
      ({ version } = await feedBack(context, { id, version }));
    },
    correct: async (changes: Partial<ObservationContent>) =>
      correctObservation(context, {
        id,
        version,
        content: written({ ...content, ...changes }),
        reason: '更正',
      }),
    withdraw: async () => withdrawObservation(context, { id, version, reason: '记错了' }),
  };
};

const refusal =
  (kind: Refusal['kind'], sentence = /./) =>
  (error: unknown) =>
    error instanceof Refusal && error.kind === kind && sentence.test(error.message);

const versionsOf = (id: string) =>
  db
    .selectFrom('classroom.lensVersion')
    .where('observationId', '=', id)
    .select(['number', 'reason'])
    .orderBy('number')
    .execute();

before(async () => {
  await aTerm(db);
  school = await aSchool(db);
  teacher = await aPerson(db, { schoolId: school.id });
});

describe('while the record is a draft', () => {
  it('is kept as it was tapped, and a repeat is no conflict', async () => {
    const draft = await aDraft();
    const first = await draft.save(0, seen());
    assert.equal(first.version, 1);
    assert.deepEqual(await draft.save(0, seen()), first);
    const second = await draft.save(
      1,
      seen({ talk: { iMessages: 2, youMessages: 0, quotation: '我没听清。' } }),
    );
    assert.equal(second.version, 2);
    const { content, corrections } = await getLens(draft.context, { id: draft.id });
    assert.deepEqual(content?.questions, [['why', ['reason', null]]]);
    assert.equal(content?.talk.quotation, '我没听清。');
    assert.deepEqual(corrections, []);
    assert.deepEqual(await versionsOf(draft.id), []);
  });
  it('a copy changed elsewhere is shown, not overwritten', async () => {
    const draft = await aDraft();
    await draft.save(0, seen());
    await assert.rejects(draft.save(0, emptyLens), (error) => {
      assert.ok(error instanceof Refusal && error.kind === 'conflict');
      assert.partialDeepStrictEqual(error.details, { version: 1, content: seen() });
      return true;
    });
  });
  it('nobody but its observer writes or reads it', async () => {
    const draft = await aDraft();
    await draft.save(0, seen());
    const other = await contextOf(db, await aPerson(db, { schoolId: school.id }));
    await assert.rejects(
      saveLens(other, { id: draft.id, version: 1, content: emptyLens }),
      refusal('not-found'),
    );
    await assert.rejects(getLens(other, { id: draft.id }), refusal('not-found'));
    await assert.rejects(saveLens(other, { id: newId(), version: 0, content: seen() }), refusal('not-found'));
  });
  it('figures that cannot be are refused', async () => {
    const draft = await aDraft();
    await assert.rejects(
      draft.save(0, seen({ st: { source: 'counts', variant: 't-s', interval: 30, n: 10, nt: 9, g: 9 } })),
      refusal('invalid', /自相矛盾/),
    );
  });
});

describe('with the record finalised', () => {
  it('is fixed together with it; a change needs a reason and is a version of its own', async () => {
    const draft = await aDraft();
    await draft.save(0, seen());
    await draft.finalise();
    assert.deepEqual(await versionsOf(draft.id), [{ number: 1, reason: '完成' }]);
    const { version } = await getLens(draft.context, { id: draft.id });
    assert.equal((await draft.save(version, seen())).version, version);
    await assert.rejects(draft.save(version, emptyLens), refusal('conflict', /写明原因/));
    const changed = seen({ questions: [['how', []]] });
    const input = { id: draft.id, version, content: changed, reason: '点错了一问' };
    await assert.rejects(
      correctLens(draft.context, { ...input, content: seen() }),
      refusal('invalid', /没有改动/),
    );
    await correctLens(draft.context, input);
    await assert.rejects(correctLens(draft.context, { ...input, content: seen() }), refusal('conflict'));
    const now = await getLens(draft.context, { id: draft.id });
    assert.deepEqual(now.content?.questions, [['how', []]]);
    assert.deepEqual(
      now.corrections.map(({ number, reason }) => [number, reason]),
      [[2, '点错了一问']],
    );
    assert.equal((await versionsOf(draft.id)).length, 2);
  });
  it('what a dead line held back is its first content, until the teacher has been told', async () => {
    const late = await aDraft();
    await late.finalise();
    await late.save(0, seen());
    assert.deepEqual(await versionsOf(late.id), [{ number: 1, reason: '完成' }]);
    const later = await aDraft({ slotFrom: 3, slotTo: 3 });
    await later.finalise();
    await later.feedBack();
    await assert.rejects(later.save(0, seen()), refusal('conflict', /写明原因/));
    await correctLens(later.context, { id: later.id, version: 0, content: seen(), reason: '补记' });
    assert.deepEqual(await versionsOf(later.id), [{ number: 1, reason: '补记' }]);
  });
  it('an empty one leaves no version, a draft is not corrected', async () => {
    const draft = await aDraft();
    await draft.save(0, seen());
    await draft.save(1, emptyLens);
    await assert.rejects(
      correctLens(draft.context, { id: draft.id, version: 2, content: seen(), reason: '改' }),
      refusal('conflict', /草稿/),
    );
    await draft.finalise();
    assert.deepEqual(await versionsOf(draft.id), []);
    assert.equal((await getLens(draft.context, { id: draft.id })).content, null);
  });
  it('codes are for a recording, whenever the record says it was none', async () => {
    const live = await aDraft();
    await live.save(0, coded);
    await assert.rejects(live.finalise(), refusal('invalid', /录像/));
    assert.equal((await getObservation(live.context, { id: live.id })).state, 'draft');
    const video = await aDraft({ mode: 'video' });
    await video.save(0, coded);
    await video.finalise();
    await assert.rejects(video.correct({ mode: 'live' }), refusal('invalid', /录像/));
    const plain = await aDraft();
    await plain.finalise();
    await assert.rejects(plain.save(0, coded), refusal('invalid', /录像/));
    await assert.rejects(
      correctLens(plain.context, { id: plain.id, version: 0, content: coded, reason: '补记' }),
      refusal('invalid', /录像/),
    );
  });
  it('a withdrawn record takes nothing any more', async () => {
    const draft = await aDraft();
    await draft.finalise();
    await draft.withdraw();
    await assert.rejects(draft.save(0, seen()), refusal('conflict', /撤回/));
  });
});

it('is readable to whom the record is: the school’s leaders, and the teacher once told', async () => {
  const draft = await aDraft();
  await draft.save(0, seen());
  const principal = await aPerson(db, { schoolId: school.id });
  await anAppointment(db, principal.id, { post: 'principal', schoolId: school.id });
  const elsewhere = await aPerson(db);
  await anAppointment(db, elsewhere.id, { post: 'principal', schoolId: (await aSchool(db)).id });
  const [leader, told, stranger] = await Promise.all(
    [principal, teacher, elsewhere].map((person) => contextOf(db, person)),
  );
  assert.ok(leader !== undefined && told !== undefined && stranger !== undefined);
  const { id } = draft;
  for (const nobody of [leader, told, stranger])
    await assert.rejects(getLens(nobody, { id }), refusal('not-found'));
  await draft.finalise();
  assert.deepEqual((await getLens(leader, { id })).content?.st, seen().st);
  await assert.rejects(getLens(told, { id }), refusal('not-found'));
  await draft.feedBack();
  assert.deepEqual((await getLens(told, { id })).content, seen());
  await assert.rejects(getLens(stranger, { id }), refusal('not-found'));
  await assert.rejects(saveLens(leader, { id, version: 2, content: emptyLens }), refusal('not-found'));
  await assert.rejects(
    correctLens(told, { id, version: 2, content: emptyLens, reason: '改' }),
    refusal('not-found'),
  );
});

it('the audit log has no word of what was seen', async () => {
  const draft = await aDraft();
  await draft.save(0, seen({ talk: { iMessages: 1, youMessages: 0, quotation: '独一无二的一句原话' } }));
  await draft.finalise();
  const rows = await db
    .selectFrom('platform.auditEntry')
    .where('objectId', '=', draft.id)
    .selectAll()
    .execute();
  assert.ok(rows.some(({ action }) => action === 'classroom.lens-fixed'));
  assert.ok(!JSON.stringify(rows).includes('独一无二'));
});
