import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findHunks, joinSplinters, longestIncreasing } from './rules.ts';

const few = fc.array(fc.constantFrom('甲', '乙', '丙', '丁'), { maxLength: 40 });
const count = (hunks: readonly { fromA: number; toA: number; fromB: number; toB: number }[]): number =>
  hunks.reduce((sum, { fromA, toA, fromB, toB }) => sum + toA - fromA + toB - fromB, 0);

const applied = (
  a: readonly string[],
  b: readonly string[],
  hunks: ReturnType<typeof findHunks>,
): string[] => {
  const made: string[] = [];
  let from = 0;
  for (const { fromA, toA, fromB, toB } of hunks) {
    made.push(...a.slice(from, fromA), ...b.slice(fromB, toB));
    from = toA;
  }
  return [...made, ...a.slice(from)];
};

/** Edits of the shortest difference, by the table of all prefixes. */
const shortestByTable = (a: readonly string[], b: readonly string[]): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, one] of a.entries()) {
    const next = [index + 1];
    for (const [column, other] of b.entries())
      next.push(one === other ? (row[column] ?? 0) : 1 + Math.min(row[column + 1] ?? 0, next[column] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
};

test('the hunks lead from one to the other, by the fewest edits there are', () => {
  fc.assert(
    fc.property(few, few, (a, b) => {
      const hunks = findHunks(a, b);
      assert.deepEqual(applied(a, b, hunks), b);
      assert.equal(count(hunks), shortestByTable(a, b));
      for (const [index, hunk] of hunks.entries()) {
        const before = hunks[index - 1];
        if (before !== undefined) assert.ok(hunk.fromA > before.toA && hunk.fromB > before.toB);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('joined hunks still lead there', () => {
  fc.assert(
    fc.property(few, few, (a, b) => {
      const joined = joinSplinters(findHunks(a, b));
      assert.deepEqual(applied(a, b, joined), b);
    }),
    { numRuns: 2_000 },
  );
});

test('beyond the bound the difference is coarser and still right', () => {
  const long = Array.from({ length: 6_000 }, (_, index) => `${index}`);
  const thinned = long.flatMap((key, index) => (index % 3 === 0 ? [`new ${key}`, key] : [key]));
  const hunks = findHunks(long, thinned);
  assert.deepEqual(applied(long, thinned, hunks), thinned);
  assert.equal(count(hunks), 2_000);
  const other = long.map((key) => `other ${key}`);
  assert.deepEqual(findHunks(long, other), [{ fromA: 0, toA: 6_000, fromB: 0, toB: 6_000 }]);
  const turned = long.toReversed();
  assert.deepEqual(applied(long, turned, findHunks(long, turned)), turned);
});

test('a longest increasing run is increasing and no other is longer', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 10 }), (values) => {
      const run = longestIncreasing(values).map((index) => values[index] ?? -1);
      const rises = (list: readonly number[]): boolean =>
        list.every((value, index) => index === 0 || value > (list[index - 1] ?? 0));
      assert.ok(rises(run));
      let longest = 0;
      for (let mask = 0; mask < 2 ** values.length; mask += 1) {
        const some = values.filter((_, index) => ((mask >> index) & 1) === 1);
        if (some.length > longest && rises(some)) longest = some.length;
      }
      assert.equal(run.length, longest);
    }),
    { numRuns: 200 },
  );
});
