import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DatedTarget } from '#modules/plans/rules.ts';
import { addDays, weekdayOf } from '#platform/dates.ts';
import {
  compareNames,
  countingRule,
  groupByPlace,
  type Leader,
  mondayOf,
  monthPeriod,
  monthsBetween,
  percent,
  placeOfLine,
  principalTarget,
  standingOf,
  sumTotals,
  type TargetFacts,
  type UnitLine,
  type UnitPlace,
  unitAmount,
  weeksOf,
} from './rules.ts';

const calendar = { startsOn: '2024-02-28', endsOn: '2024-07-12', specialDays: [] };

test('weeks run from the one of the start, are cut to the term, and none is left out', () => {
  const weeks = weeksOf([{ weekOn: '2024-03-04', lessons: 7 }], calendar, '2024-03-13');
  assert.deepEqual(
    weeks.map(({ week, from, to, teachingDays, lessons }) => [week, from, to, teachingDays, lessons]),
    [
      [1, '2024-02-28', '2024-03-03', 3, 0],
      [2, '2024-03-04', '2024-03-10', 5, 7],
      [3, '2024-03-11', '2024-03-17', 5, 0],
    ],
  );
  assert.equal(mondayOf(calendar, 1), '2024-02-26');
  assert.equal(mondayOf(calendar, 3), '2024-03-11');
  assert.deepEqual(weeksOf([], calendar, '2024-02-01'), []);
});

test('the weeks of a term hold every lesson of the term', () => {
  const inTerm = fc.integer({ min: 0, max: 135 }).map((offset) => addDays(calendar.startsOn, offset));
  fc.assert(
    fc.property(fc.array(fc.tuple(inTerm, fc.integer({ min: 1, max: 4 }))), (records) => {
      const counts = records.map(([dayOn, lessons]) => ({
        weekOn: addDays(dayOn, 1 - weekdayOf(dayOn)),
        lessons,
      }));
      const sum = (numbers: readonly { lessons: number }[]) =>
        numbers.reduce((all, one) => all + one.lessons, 0);
      assert.equal(sum(weeksOf(counts, calendar, calendar.endsOn)), sum(counts));
    }),
  );
});

const place = (schoolId: string, stage: 'primary' | 'junior', consortiumId: string): UnitPlace => ({
  schoolId,
  schoolName: schoolId,
  stage,
  consortiumId,
  consortiumName: consortiumId,
});
/** Like 西城学校: in a consortium of each stage. */
const places = [
  place('west', 'junior', 'j1'),
  place('north', 'junior', 'j1'),
  place('east', 'primary', 'p1'),
  place('west', 'primary', 'p2'),
  place('idle', 'primary', 'p3'),
];

test('a school of two stages counts by the lesson, one of one stage always where it stands', () => {
  const consortium = (schoolId: string, stage: 'primary' | 'junior') =>
    placeOfLine(places, { schoolId, stage })?.consortiumId ?? null;
  assert.equal(consortium('west', 'junior'), 'j1');
  assert.equal(consortium('west', 'primary'), 'p2');
  assert.equal(consortium('east', 'junior'), 'p1');
  assert.equal(consortium('village', 'primary'), null);
});

test('stages and consortia each sum to the district, and empty ones are shown', () => {
  const line = fc.record({
    schoolId: fc.constantFrom('west', 'north', 'east', 'idle'),
    observerId: fc.constant('someone'),
    stage: fc.constantFrom('primary' as const, 'junior' as const),
    month: fc.constantFrom('2024-03', '2024-04'),
    lessons: fc.nat(50),
    records: fc.nat(50),
    fedBack: fc.nat(50),
  });
  fc.assert(
    fc.property(fc.array(line), (lines: UnitLine[]) => {
      const whole = sumTotals(lines);
      for (const keyOf of [
        ({ stage }: UnitPlace): string => stage,
        ({ consortiumId }: UnitPlace): string => consortiumId,
      ])
        assert.deepEqual(sumTotals(groupByPlace(places, lines, keyOf).map(({ totals }) => totals)), whole);
    }),
  );
  assert.deepEqual(
    groupByPlace(places, [], ({ stage }) => stage).map(({ key, units }) => [key, units]),
    [
      ['junior', 2],
      ['primary', 3],
    ],
  );
});

const target: DatedTarget = {
  id: 'post',
  key: 'obs.principal.term',
  post: 'principal',
  personId: null,
  amount: 170,
  fromOn: '2024-01-26',
  toOn: null,
  clause: '五(一)4',
};
const facts: TargetFacts = {
  targets: [target, { ...target, id: 'none', post: null, personId: 'excused', amount: null }],
  unitIds: new Set(['unit']),
  until: '2024-05-01',
};
const leader = (leaderOf: Partial<Leader>): Leader => ({
  personId: 'someone',
  post: 'principal',
  schoolId: 'unit',
  activeTo: null,
  ...leaderOf,
});

test('the number of the notice binds heads of the units only; a person may have none', () => {
  assert.equal(principalTarget(facts, leader({}))?.amount, 170);
  assert.equal(principalTarget(facts, leader({ post: 'dean' })), null);
  assert.equal(principalTarget(facts, leader({ schoolId: 'village' })), null);
  assert.equal(principalTarget(facts, leader({ personId: 'excused' }))?.amount, null);
});

test('a unit whose head changed within the term still owes 170 once', () => {
  const gone = leader({ personId: 'gone', activeTo: '2024-04-01' });
  assert.equal(unitAmount(facts, [gone, leader({})]), 170);
  assert.equal(unitAmount(facts, [gone]), 170);
  assert.equal(unitAmount(facts, [leader({ personId: 'excused' })]), null);
  assert.equal(unitAmount(facts, []), null);
});

test('without a number owed there is a count and nothing to compare it with', () => {
  const days = { elapsedTeachingDays: 49, totalTeachingDays: 98 };
  assert.deepEqual(standingOf(12, null, days), {
    amount: null,
    done: 12,
    expected: null,
    pace: null,
    perWeekNeeded: null,
    sentence: '没有规定节数，只作统计。',
  });
  assert.equal(standingOf(12, 170, days).expected, 85);
});

test('the rule in words says what counts and where it comes from', () => {
  assert.match(countingRule(false), /校长本人完成（定稿且未撤回）的现场听课节数，连堂按2节计/);
  assert.match(countingRule(false), /五\(一\)4/);
  assert.match(countingRule(true), /现场和录像听课节数/);
});

test('months and shares', () => {
  assert.deepEqual(monthPeriod('2024-02'), { from: '2024-02-01', to: '2024-02-29' });
  assert.deepEqual(monthPeriod('2023-12'), { from: '2023-12-01', to: '2023-12-31' });
  assert.deepEqual(monthsBetween('2023-12-30', '2024-02-01'), ['2023-12', '2024-01', '2024-02']);
  assert.equal(percent(1, 3), 33);
  assert.equal(percent(0, 0), null);
});

test('schools stand in the order of their names', () => {
  assert.deepEqual(['云溪中学', '安平小学', '第二小学', '第十小学', '白杨小学'].toSorted(compareNames), [
    '安平小学',
    '白杨小学',
    '第二小学',
    '第十小学',
    '云溪中学',
  ]);
});
