import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '#platform/random.ts';
import { alphaInterval, isWithinOneStep, medianOf, ordinalAlpha, type Unit } from './rules.ts';

const n = null;
/** Krippendorff 2011, part D: four observers, twelve units. */
const published: readonly (readonly (number | null)[])[] = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
  [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n],
];
const turned = (observers: readonly (readonly (number | null)[])[]): Unit[] =>
  (observers[0] ?? []).map((_, unit) => observers.map((values) => values[unit] ?? null));

describe('Krippendorff’s alpha for ordinal data', () => {
  it('is the published 0.815 of the worked example', () => {
    assert.equal(ordinalAlpha(turned(published))?.toFixed(3), '0.815');
  });
  it('is 1 in perfect agreement, null without values or without difference', () => {
    assert.equal(
      ordinalAlpha([
        [1, 1, 1],
        [3, 3, 3],
        [2, 2, n],
      ]),
      1,
    );
    assert.equal(ordinalAlpha([]), null);
    assert.equal(
      ordinalAlpha([
        [1, n],
        [n, 2],
      ]),
      null,
    );
    assert.equal(
      ordinalAlpha([
        [2, 2],
        [2, 2],
      ]),
      null,
    );
  });
  it('is below 0 in systematic disagreement', () => {
    assert.ok(
      (ordinalAlpha([
        [1, 3],
        [3, 1],
        [1, 3],
      ]) ?? 0) < 0,
    );
  });

  const units = fc.array(
    fc.array(fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }), { minLength: 4, maxLength: 4 }),
    { minLength: 1, maxLength: 12 },
  );
  const same = (a: number | null, b: number | null): void => {
    if (a === null || b === null) assert.equal(a, b);
    else assert.ok(Math.abs(a - b) < 1e-9, `${a} ${b}`);
  };
  it('is the same under another order of observers and of units', () => {
    fc.assert(
      fc.property(units, fc.integer(), (given, seed) => {
        const random = seededRandom(seed);
        const order = random.shuffle([0, 1, 2, 3]);
        const renamed = random.shuffle(given).map((unit) => order.map((observer) => unit[observer] ?? null));
        same(ordinalAlpha(renamed), ordinalAlpha(given));
      }),
    );
  });
  it('is at most 1, the same with the scale reversed, and untouched by a unit of one value', () => {
    fc.assert(
      fc.property(units, (given) => {
        const alpha = ordinalAlpha(given);
        assert.ok(alpha === null || alpha <= 1);
        same(
          ordinalAlpha(given.map((unit) => unit.map((value) => (value === null ? null : 4 - value)))),
          alpha,
        );
        same(ordinalAlpha([...given, [3, null, null, null]]), alpha);
      }),
    );
  });
});

describe('its interval', () => {
  it('is the same for the same seed and holds alpha of the worked example', () => {
    const interval = alphaInterval(turned(published), seededRandom(7).next);
    assert.deepEqual(alphaInterval(turned(published), seededRandom(7).next), interval);
    assert.ok(interval !== null && interval.low < 0.815 && interval.high > 0.815 && interval.high <= 1);
  });
  it('is null where there is no alpha', () => {
    assert.equal(alphaInterval([[2, 2]], seededRandom(1).next), null);
    assert.equal(alphaInterval([], seededRandom(1).next), null);
  });
});

describe('own against the panel', () => {
  for (const [values, median] of [
    [[], null],
    [[n, n], null],
    [[3], 3],
    [[1, n, 2], 1.5],
    [[3, 1, 2], 2],
  ] as const)
    it(`median of ${JSON.stringify(values)}`, () => assert.equal(medianOf(values), median));
  for (const [own, median, within] of [
    [n, 2, null],
    [2, null, null],
    [3, 2, true],
    [3, 1.5, false],
    [1, 3, false],
    [2, 2.5, true],
  ] as const)
    it(`${own} by ${median}`, () => assert.equal(isWithinOneStep(own, median), within));
});
