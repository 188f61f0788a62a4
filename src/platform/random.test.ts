import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from './random.ts';

test('the same seed gives the same row of choices, ids included', () => {
  const take = (seed: number): unknown[] => {
    const random = seededRandom(seed);
    return [
      random.next(),
      random.integer(1, 100),
      random.pick(['a', 'b', 'c']),
      random.id(1_700_000_000_000),
    ];
  };
  assert.deepEqual(take(7), take(7));
  assert.notDeepEqual(take(7), take(8));
});

test('whole numbers stay within both ends and reach them', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(5), (seed, low, width) => {
      const random = seededRandom(seed);
      const seen = new Set(Array.from({ length: 400 }, () => random.integer(low, low + width)));
      assert.deepEqual(
        [...seen].sort((a, b) => a - b),
        Array.from({ length: width + 1 }, (_, i) => low + i),
      );
    }),
    { numRuns: 30 },
  );
});

test('shuffling loses and repeats nothing', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer()), (seed, items) => {
      const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
      assert.deepEqual(sorted(seededRandom(seed).shuffle(items)), sorted(items));
    }),
  );
});

test('ids have the form of a UUIDv7 and sort by time', () => {
  const random = seededRandom(1);
  const [early, late] = [random.id(1_700_000_000_000), random.id(1_800_000_000_000)];
  assert.match(early, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(early < late);
});
