import assert from 'node:assert/strict';
import test from 'node:test';
import { termAround } from './demo.ts';
import { countTeachingDays, isTeachingDay, taughtWeekday } from './rules.ts';

test('a day finds its term; holidays belong to the term before them', () => {
  for (const [today, schoolYear, term] of [
    ['2026-11-23', 2026, 1],
    ['2027-02-10', 2026, 1],
    ['2027-03-01', 2026, 2],
    ['2027-08-31', 2026, 2],
    ['2027-09-01', 2027, 1],
  ] as const) {
    const found = termAround(today);
    assert.deepEqual([found.schoolYear, found.term], [schoolYear, term], today);
  }
});

test('holidays are free, make-up days follow a lost weekday, and a term has 85 to 100 teaching days', () => {
  for (let year = 2026; year <= 2036; year += 1)
    for (const today of [`${year}-10-01`, `${year}-05-01`]) {
      const calendar = termAround(today);
      assert.equal(isTeachingDay(calendar, today), false, today);
      const madeUp = calendar.specialDays.filter(({ isTeachingDay: taught }) => taught);
      assert.equal(madeUp.length, 2);
      for (const { dayOn, followsWeekday } of madeUp)
        assert.equal(taughtWeekday(calendar, dayOn), followsWeekday);
      assert.equal(new Set(calendar.specialDays.map(({ dayOn }) => dayOn)).size, calendar.specialDays.length);
      const days = countTeachingDays(calendar);
      assert.ok(days >= 85 && days <= 100, `${days} days`);
    }
});
