import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, eachDay } from '#platform/dates.ts';
import {
  countTeachingDays,
  isSoundBellTable,
  isTeachingDay,
  type TermCalendar,
  taughtWeekday,
  teachingDaysElapsed,
  termName,
  weekNumber,
} from './rules.ts';

const autumn: TermCalendar = {
  startsOn: '2026-09-01',
  endsOn: '2027-01-22',
  specialDays: [
    { dayOn: '2026-09-20', isTeachingDay: true, followsWeekday: 2, note: '补课' },
    { dayOn: '2026-09-25', isTeachingDay: false, followsWeekday: null, note: '中秋节' },
    { dayOn: '2026-10-10', isTeachingDay: true, followsWeekday: null, note: '补课' },
  ],
};

const days: readonly [day: string, weekday: number | null, week: number | null][] = [
  ['2026-08-31', null, null],
  ['2026-09-01', 2, 1],
  ['2026-09-05', null, 1],
  ['2026-09-07', 1, 2],
  ['2026-09-20', 2, 3],
  ['2026-09-25', null, 4],
  ['2026-10-10', 6, 6],
  ['2026-11-23', 1, 13],
  ['2027-01-22', 5, 21],
  ['2027-01-25', null, null],
];

for (const [day, weekday, week] of days)
  test(`${day}: weekday ${weekday}, week ${week}`, () => {
    assert.equal(taughtWeekday(autumn, day), weekday);
    assert.equal(weekNumber(autumn, day), week);
  });

test('a term is named by both years', () => {
  assert.equal(termName(2023, 2), '2023—2024学年第二学期');
});

const calendars = fc
  .record({
    start: fc.integer({ min: 0, max: 2000 }),
    length: fc.integer({ min: 1, max: 150 }),
    special: fc.array(
      fc.record({
        at: fc.nat(149),
        taught: fc.boolean(),
        follows: fc.option(fc.integer({ min: 1, max: 7 })),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ start, length, special }): TermCalendar => {
    const startsOn = addDays('2024-01-01', start);
    const byDay = new Map(special.map((one) => [addDays(startsOn, one.at % (length + 1)), one]));
    return {
      startsOn,
      endsOn: addDays(startsOn, length),
      specialDays: [...byDay].map(([dayOn, { taught, follows }]) => ({
        dayOn,
        isTeachingDay: taught,
        followsWeekday: taught ? follows : null,
        note: '',
      })),
    };
  });

test('days elapsed grow by one on each teaching day and stand still on the others', () => {
  fc.assert(
    fc.property(calendars, (calendar) => {
      let before = teachingDaysElapsed(calendar, addDays(calendar.startsOn, -1));
      assert.equal(before, 0);
      for (const day of eachDay(calendar.startsOn, addDays(calendar.endsOn, 3))) {
        const now = teachingDaysElapsed(calendar, day);
        assert.equal(now - before, isTeachingDay(calendar, day) ? 1 : 0);
        before = now;
      }
      assert.equal(before, countTeachingDays(calendar));
    }),
    { numRuns: 60 },
  );
});

test('a holiday more is a teaching day less, a make-up day more one more', () => {
  fc.assert(
    fc.property(calendars, fc.nat(150), (calendar, at) => {
      const dayOn = addDays(calendar.startsOn, at % 151);
      if (dayOn > calendar.endsOn) return;
      const others = calendar.specialDays.filter((one) => one.dayOn !== dayOn);
      const taught = isTeachingDay({ ...calendar, specialDays: others }, dayOn);
      const flipped = {
        ...calendar,
        specialDays: [...others, { dayOn, isTeachingDay: !taught, followsWeekday: null, note: '' }],
      };
      assert.equal(
        countTeachingDays(flipped) - countTeachingDays({ ...calendar, specialDays: others }),
        taught ? -1 : 1,
      );
    }),
    { numRuns: 100 },
  );
});

test('any day splits the term into what has passed and what is left', () => {
  fc.assert(
    fc.property(calendars, fc.integer({ min: -10, max: 170 }), (calendar, at) => {
      const day = addDays(calendar.startsOn, at);
      const left = countTeachingDays(calendar, addDays(day, 1));
      assert.equal(
        teachingDaysElapsed(calendar, day) + (day < calendar.startsOn ? countTeachingDays(calendar) : left),
        countTeachingDays(calendar),
      );
    }),
    { numRuns: 100 },
  );
});

const bells = [
  { slot: 1, startsAt: '08:00', endsAt: '08:45' },
  { slot: 2, startsAt: '08:55', endsAt: '09:40' },
];

test('bell tables without overlap, in the order of the day', () => {
  assert.equal(isSoundBellTable(bells), true);
  assert.equal(isSoundBellTable([]), true);
  assert.equal(isSoundBellTable([...bells, { slot: 3, startsAt: '09:30', endsAt: '10:10' }]), false);
  assert.equal(isSoundBellTable([...bells, { slot: 2, startsAt: '10:00', endsAt: '10:40' }]), false);
  assert.equal(isSoundBellTable([{ slot: 1, startsAt: '09:00', endsAt: '09:00' }]), false);
});
