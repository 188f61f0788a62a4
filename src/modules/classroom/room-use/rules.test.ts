import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { hoursText, openingSentence, overlaps, perWeek, rateOf } from './rules.ts';

it('开出率 is held of required; nothing required has no rate', () => {
  for (const [held, required, rate] of [
    [0, 0, null],
    [0, 8, 0],
    [7, 8, 88],
    [8, 8, 100],
    [9, 8, 100],
  ] as const)
    assert.equal(rateOf(held, required), rate);
});

it('a library’s week against the hours wanted', () => {
  assert.equal(openingSentence(null, 40), '未登记开放时间');
  assert.equal(openingSentence(2400, 40), '每周开放 40 小时，达到 40 小时');
  assert.equal(openingSentence(2250, 40), '每周开放 37.5 小时，比 40 小时少 2.5 小时');
  assert.equal(hoursText(90), '1.5');
});

it('uses a week', () => {
  assert.equal(perWeek(0, 0), 0);
  assert.equal(perWeek(10, 4), 2.5);
});

it('two bookings overlap when they share a slot, whichever is asked first', () => {
  const slots = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.nat(3))
    .map(([slotFrom, more]) => ({ slotFrom, slotTo: slotFrom + more }));
  fc.assert(
    fc.property(slots, slots, (one, other) => {
      const of = ({ slotFrom, slotTo }: typeof one) =>
        Array.from({ length: slotTo - slotFrom + 1 }, (_, index) => slotFrom + index);
      const shares = of(one).some((slot) => of(other).includes(slot));
      assert.equal(overlaps(one, other), shares);
      assert.equal(overlaps(other, one), shares);
    }),
  );
});
