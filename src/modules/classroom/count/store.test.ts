import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { writeSetting } from '#platform/district-setting.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { modes, states } from '../contract.ts';
import { countsTowards, settingKeys } from '../rules.ts';
import { anObservation, aPerson, aSchool } from '../testing.ts';
import { countLessons, criteriaProfile, listCountedObservations } from './store.ts';

const { db } = await createTestDatabase();
const term = { from: '2024-02-26', to: '2024-07-12' };

before(async () => {
  await writeSetting(db, {
    key: settingKeys.videoCounts,
    value: true,
    fromOn: '2024-05-01',
    clause: '测试',
    setBy: null,
  });
});

describe('countLessons', () => {
  it('agrees with the rule of counting on any mix of records, and its spreads and rows add up', async () => {
    const record = fc.record({
      state: fc.constantFrom(...states),
      withdrawn: fc.boolean(),
      mode: fc.constantFrom(...modes),
      slotFrom: fc.integer({ min: 1, max: 9 }),
      more: fc.integer({ min: 0, max: 3 }),
      grade: fc.integer({ min: 1, max: 9 }),
      subject: fc.constantFrom('chinese' as const, 'mathematics' as const),
      late: fc.boolean(),
      away: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 12 }), async (mixed) => {
        const school = await aSchool(db);
        const observer = await aPerson(db);
        let expected = 0;
        for (const [index, { more, slotFrom, mode, grade, subject, ...one }] of mixed.entries()) {
          const month = index % 2 === 0 ? '03' : '06';
          const slots = { slotFrom, slotTo: slotFrom + more };
          expected += countsTowards({ ...one, ...slots, mode }, { videoCounts: month === '06' });
          const dayOn = `2024-${month}-${String(index + 10)}`;
          await anObservation(db, {
            observerId: observer.id,
            schoolId: school.id,
            ...one,
            content: { ...slots, mode, grade, subject, dayOn, teacherName: `教师${index % 3}` },
          });
        }
        const [count] = await countLessons(db, { ...term, observerIds: [observer.id] });
        assert.equal(count?.lessons ?? 0, expected);
        if (count === undefined) return;
        const sum = (rows: readonly { lessons: number }[]): number =>
          rows.reduce((total, { lessons }) => total + lessons, 0);
        for (const spread of [count.byGrade, count.bySubject, count.byType, count.byWeek])
          assert.equal(sum(spread), expected);
        const rowsOf = async (figure: object) =>
          (
            await listCountedObservations(
              db,
              { ...term, observerIds: [observer.id], ...figure },
              { limit: 100 },
            )
          ).rows;
        assert.equal(sum(await rowsOf({})), expected);
        assert.equal((await rowsOf({})).length, count.records);
        assert.equal((await rowsOf({ late: true })).length, count.late);
        assert.equal((await rowsOf({ fedBack: true })).length, count.fedBack);
        assert.equal(sum(await rowsOf({ away: true })), count.awayLessons);
        for (const { weekOn, lessons } of count.byWeek) assert.equal(sum(await rowsOf({ weekOn })), lessons);
        for (const { grade, lessons } of count.byGrade) assert.equal(sum(await rowsOf({ grade })), lessons);
      }),
      { numRuns: 15 },
    );
  });

  it('two observers of one lesson count one each', async () => {
    const school = await aSchool(db);
    const observers = [await aPerson(db), await aPerson(db)];
    for (const { id } of observers) await anObservation(db, { observerId: id, schoolId: school.id });
    const counts = await countLessons(db, { ...term, schoolIds: [school.id] });
    assert.deepEqual(
      counts.map(({ lessons }) => lessons),
      [1, 1],
    );
  });

  it('counts by post: lessons seen as dean are not the principal’s', async () => {
    const school = await aSchool(db);
    const { id: observerId } = await aPerson(db);
    await anObservation(db, {
      observerId,
      schoolId: school.id,
      capacity: 'dean',
      content: { dayOn: '2024-03-11' },
    });
    await anObservation(db, {
      observerId,
      schoolId: school.id,
      capacity: 'principal',
      content: { dayOn: '2024-04-15', slotTo: 3 },
    });
    const [count] = await countLessons(db, {
      ...term,
      observerSchoolIds: [school.id],
      capacity: 'principal',
    });
    assert.equal(count?.lessons, 2);
  });
});

describe('criteriaProfile', () => {
  it('counts steps without a text or a name, and nothing for a handful of teachers', async () => {
    const school = await aSchool(db);
    const { id: observerId } = await aPerson(db);
    const add = async (index: number, step: 'partly' | 'seen-well') =>
      anObservation(db, {
        observerId,
        schoolId: school.id,
        content: {
          dayOn: `2024-03-1${index}`,
          teacherName: `王老师${index}`,
          criteria: [{ code: 'K2', step, evidence: '王老师板书' }],
        },
      });
    for (const index of [1, 2, 3, 4]) await add(index, 'partly');
    const few = await criteriaProfile(db, { ...term, schoolIds: [school.id] });
    assert.deepEqual([few.tooFew, few.records, few.criteria], [true, 4, []]);
    await add(5, 'seen-well');
    const profile = await criteriaProfile(db, { ...term, schoolIds: [school.id] });
    assert.deepEqual(profile.criteria, [
      {
        code: 'K2',
        label: '目标与板书',
        counts: { 'seen-well': 1, partly: 4, 'not-seen': 0, 'not-applicable': 0 },
      },
    ]);
    assert.ok(!JSON.stringify(profile).includes('王老师'));
  });
  it('rows behind a figure hold no teacher and no judgement', async () => {
    const school = await aSchool(db);
    const { id: observerId } = await aPerson(db);
    await anObservation(db, {
      observerId,
      schoolId: school.id,
      content: { teacherName: '赵老师', topic: '除法' },
    });
    const { rows } = await listCountedObservations(db, { ...term, observerIds: [observerId] }, { limit: 10 });
    assert.equal(rows.length, 1);
    for (const secret of ['赵老师', '除法', '追问', '小组'])
      assert.ok(!JSON.stringify(rows).includes(secret));
  });
});
