import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  aBody,
  anAppointment,
  anObservation,
  aPerson,
  aTerm,
  contextOf,
} from '#modules/classroom/testing.ts';
import { setTarget } from '#modules/plans/actions.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { schoolEvaluation } from '../actions.ts';
import type { FigureFilter } from '../contract.ts';
import { aConsortium, aUnit, slotOf, type TestUnit } from '../testing.ts';
import { districtProgress, listCountedLessons, principalProgress } from './actions.ts';

const { db } = await createTestDatabase();
const term = await aTerm(db);
const junior = await aConsortium(db, 'junior');
const primary = await aConsortium(db, 'primary');
const officer = await aPerson(db, { name: '教研员甲' });
await anAppointment(db, officer.id, {
  post: 'research-officer',
  bodyId: await aBody(db, { kind: 'research-office' }),
});

const notFound = (error: unknown): boolean => error instanceof Refusal && error.kind === 'not-found';

const rowsBehind = async (unit: TestUnit, filter: Partial<FigureFilter>) => {
  const context = await contextOf(db, unit.principal);
  const rows = [];
  let cursor: string | undefined;
  do {
    const page = await listCountedLessons(context, {
      personId: unit.principal.id,
      schoolId: unit.id,
      post: 'principal',
      termId: term.id,
      ...filter,
      cursor,
      limit: 7,
    });
    rows.push(...page.rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
};
const lessonsIn = (rows: readonly { lessons: number }[]): number =>
  rows.reduce((sum, { lessons }) => sum + lessons, 0);

test('the rows behind a figure sum to the figure, whatever was recorded', async () => {
  const record = fc.record({
    state: fc.constantFrom('draft', 'finalised', 'fed-back', 'replied'),
    withdrawn: fc.boolean(),
    double: fc.boolean(),
    mode: fc.constantFrom('live', 'video'),
    grade: fc.integer({ min: 1, max: 9 }),
    subject: fc.constantFrom('chinese', 'mathematics', 'science'),
    teacherName: fc.constantFrom('老师甲', '老师乙', '老师丙'),
    away: fc.boolean(),
    capacity: fc.constantFrom('principal', 'teacher'),
  } as const);
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 40 }), async (records) => {
      const unit = await aUnit(db, { consortia: [junior] });
      let counting = 0;
      for (const [
        index,
        { state, withdrawn, double, mode, grade, subject, teacherName, away, capacity },
      ] of records.entries()) {
        const slot = slotOf(index);
        await anObservation(db, {
          observerId: unit.principal.id,
          schoolId: unit.id,
          state,
          withdrawn: withdrawn && state !== 'draft',
          away,
          capacity,
          content: { ...slot, slotTo: slot.slotFrom + (double ? 1 : 0), mode, grade, subject, teacherName },
        });
        const counts = state !== 'draft' && !withdrawn && mode === 'live' && capacity === 'principal';
        counting += counts ? (double ? 2 : 1) : 0;
      }
      const { posts } = await principalProgress(await contextOf(db, unit.principal), { termId: term.id });
      const [progress] = posts;
      assert.ok(progress !== undefined);
      assert.equal(progress.done, counting);
      assert.equal(progress.amount, 170);
      const rows = await rowsBehind(unit, {});
      assert.equal(lessonsIn(rows), progress.done);
      assert.equal(rows.length, progress.records);
      assert.equal((await rowsBehind(unit, { fedBack: true })).length, progress.fedBack);
      assert.equal(lessonsIn(await rowsBehind(unit, { away: true })), progress.away);
      for (const { grade, lessons } of progress.grades)
        assert.equal(lessonsIn(await rowsBehind(unit, { grade })), lessons);
      for (const { subject, lessons } of progress.subjects)
        assert.equal(lessonsIn(await rowsBehind(unit, { subject })), lessons);
      for (const { week, lessons } of progress.weeks)
        assert.equal(lessonsIn(await rowsBehind(unit, { week })), lessons);
      for (const spread of [progress.grades, progress.subjects, progress.weeks])
        assert.equal(lessonsIn(spread), progress.done);

      const district = await districtProgress(await contextOf(db, officer), { termId: term.id });
      assert.equal(district.units.find(({ schoolId }) => schoolId === unit.id)?.lessons, progress.done);
      for (const parts of [district.units, district.months])
        assert.equal(lessonsIn(parts), district.total.lessons);
    }),
    { numRuns: 12 },
  );
});

test('expected by today is 170 by teaching days, and a number of one person comes first', async () => {
  const unit = await aUnit(db, { consortia: [primary] });
  const context = await contextOf(db, unit.principal);
  const progress = await principalProgress(context, { termId: term.id });
  // 26 February to 20 March: 18 of the 100 weekdays up to 12 July.
  assert.deepEqual([progress.term.elapsedTeachingDays, progress.term.totalTeachingDays], [18, 100]);
  assert.equal(progress.posts[0]?.expected, (170 * 18) / 100);
  assert.equal(progress.posts[0]?.clause, '五(一)4');

  await setTarget(await contextOf(db, officer), {
    key: 'obs.principal.term',
    holder: { personId: unit.principal.id },
    amount: null,
    fromOn: '2024-03-01',
    clause: '领导小组决定',
    note: '',
    replaces: null,
  });
  const [excused] = (await principalProgress(context, { termId: term.id })).posts;
  assert.deepEqual([excused?.amount, excused?.expected, excused?.pace], [null, null, null]);
});

test('a school shows its ten items, numbers only at E4, and nobody from another school sees them', async () => {
  const unit = await aUnit(db, { name: '云杉学校', consortia: [junior, primary] });
  const dean = await aPerson(db, { schoolId: unit.id });
  await anAppointment(db, dean.id, { post: 'dean', schoolId: unit.id });
  await anObservation(db, { observerId: dean.id, schoolId: unit.id, capacity: 'dean', content: slotOf(0) });
  const evaluation = await schoolEvaluation(await contextOf(db, dean), { termId: term.id });
  assert.equal(evaluation.school.name, '云杉学校');
  assert.deepEqual(
    evaluation.criteria.map(({ code, points }) => [code, points]),
    Array.from({ length: 10 }, (_, index) => [`E${index + 1}`, 1]),
  );
  assert.deepEqual(
    evaluation.criteria.flatMap(({ code, parts }) =>
      parts.filter(({ measured }) => measured).map(({ letter }) => `${code}${letter}`),
    ),
    ['E1d', 'E3a', 'E3b', 'E3c', 'E4b', 'E4c', 'E10a', 'E10b'],
  );
  assert.ok(evaluation.criteria.every(({ parts }) => parts.every(({ evidence }) => evidence !== '')));
  assert.match(evaluation.criteria[3]?.text ?? '', /校长学期听课170节/);
  assert.match(evaluation.criteria[4]?.text ?? '', /5--8个主题学习课例/);
  assert.match(evaluation.criteria[8]?.limitNote ?? '', /不得按升学率/);
  assert.deepEqual(
    evaluation.observers.map(({ post, done, amount }) => [post, done, amount]),
    [
      ['principal', 0, 170],
      ['dean', 1, null],
    ],
  );

  const other = await aUnit(db, { consortia: [primary] });
  const stranger = await contextOf(db, other.principal);
  await assert.rejects(schoolEvaluation(stranger, { schoolId: unit.id, termId: term.id }), notFound);
  await assert.rejects(principalProgress(stranger, { personId: dean.id, termId: term.id }), notFound);
  const rows = { personId: dean.id, schoolId: unit.id, post: 'dean', termId: term.id, limit: 10 } as const;
  await assert.rejects(listCountedLessons(stranger, rows), notFound);
  // A school id of one's own does not open somebody else's rows.
  await assert.rejects(listCountedLessons(stranger, { ...rows, schoolId: other.id }), notFound);
});

test('the leading group sees counts of every unit, each once and by name, and no records', async () => {
  const context = await contextOf(db, officer);
  const district = await districtProgress(context, { termId: term.id });
  const ids = district.units.map(({ schoolId }) => schoolId);
  assert.equal(new Set(ids).size, ids.length);
  const spruce = district.units.find(({ schoolName }) => schoolName === '云杉学校');
  assert.deepEqual(spruce?.stages.toSorted(), ['junior', 'primary']);
  assert.equal(spruce?.amount, 170);
  assert.equal(spruce?.lessons, 0, 'the dean’s lesson is not the principal’s');

  const [principal] = spruce?.principals ?? [];
  assert.ok(principal !== undefined && spruce !== undefined);
  const { posts } = await principalProgress(context, { personId: principal.personId, termId: term.id });
  assert.equal(posts[0]?.mayOpenRows, false);
  await assert.rejects(
    listCountedLessons(context, {
      personId: principal.personId,
      schoolId: spruce.schoolId,
      post: 'principal',
      termId: term.id,
      limit: 10,
    }),
    notFound,
  );
});

test('a school outside the consortia is no unit: it owes nothing and is not in the ledger', async () => {
  const village = await aUnit(db, { consortia: [] });
  const [progress] = (await principalProgress(await contextOf(db, village.principal), { termId: term.id }))
    .posts;
  assert.equal(progress?.amount, null);
  const district = await districtProgress(await contextOf(db, officer), { termId: term.id });
  assert.ok(!district.units.some(({ schoolId }) => schoolId === village.id));
});
