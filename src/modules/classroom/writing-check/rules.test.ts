import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { addDays, weekdayOf } from '#platform/dates.ts';
import { noChecks, shareOf, shareText, sumCounts, weeksOfTerm } from './rules.ts';

it('a share stands only on a sample of ten', () => {
  for (const [ok, sample, share, text] of [
    [9, 9, null, '9／9'],
    [0, 0, null, '—'],
    [9, 10, 90, '9／10（90%）'],
    [42, 50, 84, '42／50（84%）'],
    [0, 40, 0, '0／40（0%）'],
  ] as const) {
    assert.equal(shareOf(ok, sample), share);
    assert.equal(shareText(ok, sample), text);
  }
});

it('sums do not depend on how checks are grouped', () => {
  const counts = fc.record({
    checks: fc.nat(9),
    sample: fc.nat(200),
    posture: fc.nat(200),
    grip: fc.nat(200),
    form: fc.nat(200),
    neat: fc.nat(200),
  });
  fc.assert(
    fc.property(fc.array(counts), fc.array(counts), (one, other) => {
      assert.deepEqual(sumCounts([sumCounts(one), sumCounts(other)]), sumCounts([...one, ...other]));
      assert.deepEqual(sumCounts([]), noChecks);
    }),
  );
});

it('the weeks of a term follow one another, Monday to Sunday, without a gap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 150 }), (shift, length) => {
      const start = addDays('2024-01-01', shift);
      const until = addDays(start, length);
      const weeks = weeksOfTerm(start, until);
      assert.equal(weeks[0]?.from, start);
      assert.equal(weeks.at(-1)?.to, until);
      for (const [index, { week, monday, from, to }] of weeks.entries()) {
        assert.equal(week, index + 1);
        assert.equal(weekdayOf(monday), 1);
        assert.ok(monday <= from && from <= to && to <= addDays(monday, 6));
        if (index > 0) assert.equal(from, addDays(weeks[index - 1]?.to ?? '', 1));
      }
    }),
  );
});
