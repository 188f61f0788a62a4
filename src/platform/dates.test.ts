import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  chinaClock,
  chinaDay,
  chineseDate,
  daysBetween,
  eachDay,
  isDay,
  weekdayOf,
} from './dates.ts';

const days = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('adding days and taking the difference undo each other', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
      assert.equal(daysBetween(day, addDays(day, count)), count);
    }),
  );
});

test('a week later is the same weekday, and a day later the next', () => {
  fc.assert(
    fc.property(days, (day) => {
      assert.equal(weekdayOf(addDays(day, 7)), weekdayOf(day));
      assert.equal(weekdayOf(addDays(day, 1)), (weekdayOf(day) % 7) + 1);
    }),
  );
});

test('weekdays agree with the calendar', () => {
  assert.equal(weekdayOf('2024-01-26'), 5);
  assert.equal(weekdayOf('2026-11-23'), 1);
  assert.equal(weekdayOf('2026-11-22'), 7);
});

test('each day counts both ends, and is empty when the end comes first', () => {
  assert.deepEqual(eachDay('2024-02-28', '2024-03-01'), ['2024-02-28', '2024-02-29', '2024-03-01']);
  assert.deepEqual(eachDay('2024-03-01', '2024-02-28'), []);
});

test('days that do not exist are not days', () => {
  for (const text of ['2023-02-29', '2024-13-01', '2024-1-1', '', '2024-01-01T00:00:00Z'])
    assert.equal(isDay(text), false, text);
});

test('the day in China begins at 16:00 UTC', () => {
  assert.equal(chinaDay(new Date('2026-11-23T15:59:59Z')), '2026-11-23');
  assert.equal(chinaDay(new Date('2026-11-23T16:00:00Z')), '2026-11-24');
  assert.equal(chinaClock(new Date('2026-11-23T16:05:00Z')), '00:05');
});

test('document dates have a full year and no leading zeros', () => {
  assert.equal(chineseDate('2024-01-26'), '2024年1月26日');
});
