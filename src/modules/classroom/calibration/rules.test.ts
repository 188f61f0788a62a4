import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '#platform/random.ts';
import type { Step } from '../vocabulary/contract.ts';
import { type CalibrationPart, leastRaters } from './contract.ts';
import {
  alphaInterval,
  alphaOf,
  figuresOf,
  isWithinOneStep,
  medianLabel,
  medianOf,
  openingProblem,
  ordinalAlpha,
  ownShare,
  planProblem,
  type Rating,
  ratingProblem,
  type Unit,
} from './rules.ts';

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

const codes = ['K1', 'K2', 'K3'];
const rating = (part: CalibrationPart, ...noted: readonly (Step | null)[]): Rating => ({
  part,
  entries: codes.map((code, index) => ({ code, step: noted[index] ?? null })),
});
const rated = (times: number, ...noted: readonly (Step | null)[]): Rating[] =>
  Array.from({ length: times }, () => rating('rater', ...noted));

describe('the figures of a session', () => {
  it('are held against the panel where there is enough of one, and count nobody of it', () => {
    const raters = [
      ...rated(4, 'seen-well', 'partly'),
      rating('rater', 'not-seen', 'not-applicable', 'partly'),
    ];
    const panel = [
      rating('panel', 'seen-well', 'partly', 'partly'),
      rating('panel', 'seen-well', 'not-seen'),
      rating('panel', 'seen-well', 'not-seen'),
    ];
    const figures = figuresOf(codes, [...raters, ...panel]);
    assert.ok(figures !== null);
    assert.equal(figures.raters, 5);
    assert.equal(figures.reference, 'panel');
    assert.deepEqual(figures.criteria, [
      {
        code: 'K1',
        counts: { 'seen-well': 4, partly: 0, 'not-seen': 1, 'not-applicable': 0, unnoted: 0 },
        median: 3,
        share: { within: 4, of: 5 },
      },
      {
        code: 'K2',
        counts: { 'seen-well': 0, partly: 4, 'not-seen': 0, 'not-applicable': 1, unnoted: 0 },
        median: 1,
        share: null,
      },
      {
        code: 'K3',
        counts: { 'seen-well': 0, partly: 1, 'not-seen': 0, 'not-applicable': 0, unnoted: 4 },
        median: null,
        share: null,
      },
    ]);
    assert.deepEqual(ownShare(raters[4] ?? rating('rater'), figures), { within: 0, of: 1 });
    assert.equal(ownShare(rating('rater', null, null, 'partly'), figures), null);
    assert.equal(figuresOf(codes, [...raters, ...panel.slice(1)])?.reference, 'rater');
  });

  it('alpha says why there is none', () => {
    const { next } = seededRandom(1);
    assert.deepEqual(alphaOf(codes, rated(4, 'partly', 'seen-well'), next), { kind: 'too-few' });
    assert.deepEqual(alphaOf(codes, [...rated(4, 'partly'), ...rated(3, 'not-applicable')], next), {
      kind: 'too-few',
    });
    assert.deepEqual(alphaOf(codes, rated(6, 'partly', 'partly', null), next), { kind: 'uniform' });
    const apart = alphaOf(
      ['K1', 'K2', 'K3', 'K4', 'K5'],
      ['K1', 'K2', 'K3', 'K4', 'K5'].map((code) => ({ part: 'rater', entries: [{ code, step: 'partly' }] })),
      next,
    );
    assert.deepEqual(apart, { kind: 'no-pairs' });
    const agreed = alphaOf(codes, rated(6, 'partly', 'seen-well', 'not-applicable'), next);
    assert.ok(agreed.kind === 'figure');
    assert.deepEqual([agreed.alpha, agreed.raters, agreed.criteria], [1, 6, 2]);
  });

  const step = fc.option(fc.constantFrom<Step[]>('seen-well', 'partly', 'not-seen', 'not-applicable'), {
    nil: null,
  });
  const someRating = fc.record({
    part: fc.constantFrom<CalibrationPart[]>('rater', 'rater', 'rater', 'panel'),
    entries: fc
      .array(step, { minLength: 3, maxLength: 3 })
      .map((noted) => noted.map((one, index) => ({ code: codes[index] ?? '', step: one }))),
  });
  const ratings = fc.array(someRating, { maxLength: 16 });

  it('are the same in whatever order the raters come', () => {
    fc.assert(
      fc.property(ratings, fc.integer(), (given, seed) => {
        const other = seededRandom(seed).shuffle(given);
        assert.deepEqual(figuresOf(codes, other), figuresOf(codes, given));
        assert.deepEqual(
          alphaOf(codes, other, seededRandom(5).next),
          alphaOf(codes, given, seededRandom(5).next),
        );
      }),
      { numRuns: 60 },
    );
  });
  it('are absent below the least number of raters, and count every rater once', () => {
    fc.assert(
      fc.property(ratings, (given) => {
        const raters = given.filter(({ part }) => part === 'rater').length;
        const figures = figuresOf(codes, given);
        assert.equal(figures === null, raters < leastRaters);
        if (raters < leastRaters)
          assert.deepEqual(alphaOf(codes, given, seededRandom(1).next), { kind: 'too-few' });
        for (const { counts, median, share } of figures?.criteria ?? []) {
          assert.equal(
            Object.values(counts).reduce((sum, count) => sum + count, 0),
            raters,
          );
          if (share !== null)
            assert.ok(median !== null && share.of >= leastRaters && share.within <= share.of);
        }
      }),
    );
  });
});

describe('what is refused', () => {
  const plan = {
    mode: 'live',
    schoolId: 's',
    dayOn: '2024-03-20',
    slot: 2,
    raters: ['a', 'b', 'c', 'd', 'e'],
    panel: [],
    deadlineOn: '2024-03-22',
  } as const;
  for (const [change, problem] of [
    [{}, null],
    [{ slot: null }, /节次/],
    [{ mode: 'video' }, /录像/],
    [{ mode: 'video', schoolId: null, dayOn: null, slot: null }, null],
    [{ deadlineOn: '2024-03-19' }, /截止/],
    [{ panel: ['a'] }, /一次/],
    [{ panel: ['A'] }, /一次/],
    [{ raters: ['a', 'a'] }, /一次/],
  ] as const)
    it(`a plan with ${JSON.stringify(change)}`, () => {
      const found = planProblem({ ...plan, ...change });
      if (problem === null) assert.equal(found, null);
      else assert.match(found ?? '', problem);
    });
  for (const [change, problem] of [
    [{}, null],
    [{ raters: ['a', 'b', 'c', 'd'] }, /至少邀请 5/],
    [{ panel: ['f', 'g'] }, /专家组/],
    [{ panel: ['f', 'g', 'h'] }, null],
    [{ deadlineOn: '2024-03-18' }, /截止/],
  ] as const)
    it(`opening with ${JSON.stringify(change)}`, () => {
      const found = openingProblem({ ...plan, ...change }, '2024-03-19');
      if (problem === null) assert.equal(found, null);
      else assert.match(found ?? '', problem);
    });
  for (const [entries, problem] of [
    [[['K1', 'partly', '']], null],
    [
      [
        ['K1', 'partly', ''],
        ['K2', null, ''],
      ],
      null,
    ],
    [[], /至少评一条/],
    [[['K1', null, '']], /至少评一条/],
    [[['K2', null, '板书']], /第 2 条/],
    [[['K9', 'partly', '']], /版本/],
    [
      [
        ['K1', 'partly', ''],
        ['K1', 'not-seen', ''],
      ],
      /两次/,
    ],
  ] as const)
    it(`the rating ${JSON.stringify(entries)}`, () => {
      const found = ratingProblem(
        entries.map(([code, of, evidence]) => ({ code, step: of, evidence })),
        codes,
      );
      if (problem === null) assert.equal(found, null);
      else assert.match(found ?? '', problem);
    });
  it('a median is said in words', () => {
    assert.deepEqual([1, 1.5, 2, 2.5, 3].map(medianLabel), [
      '未看到',
      '未看到与部分做到之间',
      '部分做到',
      '部分做到与做得好之间',
      '做得好',
    ]);
  });
});
