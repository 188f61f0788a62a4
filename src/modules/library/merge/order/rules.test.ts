import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeOrder, type Orders } from './rules.ts';

const merged = (base: string, ours: string, theirs: string): string | null => {
  const orders = { base: Array.from(base), ours: Array.from(ours), theirs: Array.from(theirs) };
  const gone = orders.base.filter((id) => !ours.includes(id) || !theirs.includes(id));
  const kept = new Set([...orders.base, ...orders.ours, ...orders.theirs].filter((id) => !gone.includes(id)));
  return mergeOrder(orders, kept).order?.join('') ?? null;
};

test('moves, insertions and deletions of both sides come together', () => {
  assert.equal(merged('abcde', 'acdeb', 'dabce'), 'daceb');
  assert.equal(merged('abcde', 'acbde', 'abced'), 'acbed');
  assert.equal(merged('abc', 'abxc', 'aybc'), 'aybxc');
  assert.equal(merged('abc', 'abyc', 'abxc'), 'abxyc');
  assert.equal(merged('abc', 'xabc', 'abcy'), 'xabcy');
  assert.equal(merged('abc', 'abxc', 'ac'), 'axc');
  assert.equal(merged('abc', 'bca', 'bca'), 'bca');
});

test('moves that contradict each other are a conflict', () => {
  assert.equal(merged('abc', 'bac', 'acb'), null);
  assert.equal(merged('abc', 'abcxy', 'abcyx'), null);
});

test('each pair stands as the side has it that turned it, whichever side is ours', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const order = fc.shuffledSubarray(ids, { minLength: 6 });
  const check = (orders: Orders): void => {
    const result = mergeOrder(orders, new Set(ids)).order;
    const swapped = { base: orders.base, ours: orders.theirs, theirs: orders.ours };
    assert.deepEqual(mergeOrder(swapped, new Set(ids)).order, result);
    if (result === null) return;
    assert.deepEqual(result.toSorted(), ids);
    for (const one of ids)
      for (const other of ids) {
        const isBefore = (list: readonly string[]): boolean => list.indexOf(one) < list.indexOf(other);
        const [old, here, there] = [orders.base, orders.ours, orders.theirs].map(isBefore);
        assert.equal(isBefore(result), here === old ? there : here);
      }
  };
  fc.assert(
    fc.property(order, order, (ours, theirs) => {
      check({ base: ids, ours, theirs });
      assert.deepEqual(mergeOrder({ base: ids, ours, theirs: ids }, new Set(ids)).order, ours);
      assert.deepEqual(mergeOrder({ base: ids, ours, theirs: ours }, new Set(ids)).order, ours);
    }),
    { numRuns: 2_000 },
  );
});
