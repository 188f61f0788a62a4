import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { StTaps } from '../contract.ts';
import { stIntervals, stSymbols } from '../vocabulary/contract.ts';
import {
  countSamples,
  endOf,
  isFeasible,
  readSamples,
  regionOf,
  resample,
  samplesOf,
  secondsOf,
  settledChanges,
  stCountsOf,
  stCurve,
  stRatios,
  stStretches,
  variantOf,
} from './rules.ts';

type Change = StTaps['changes'][number];

const ofSamples = (samples: string) => {
  const counts = countSamples(samples);
  return { ...counts, ...stRatios(counts) };
};

describe('figures of samples', () => {
  const cases: readonly (readonly [string, Partial<ReturnType<typeof ofSamples>>])[] = [
    // Annex B, 8.
    ['TTTTSSTTSS', { n: 10, nt: 6, ns: 4, g: 4, rt: 0.6, rs: 0.4, ch: 0.3, region: 'mixed' }],
    ['TTTTTTTT', { n: 8, nt: 8, g: 1, rt: 1, ch: 0, region: 'lecture' }],
    ['SSSS', { nt: 0, g: 1, rt: 0, rs: 1, ch: 0, region: 'practice' }],
    ['TSTSTSTSTS', { rt: 0.5, ch: 0.9, region: 'dialogue' }],
    ['T', { n: 1, rt: 1, ch: 0 }],
    ['', { n: 0, g: 0, rt: null, rs: null, ch: null, region: null }],
    // With interaction: half to each.
    ['TTDDSSDD', { nd: 4, g: 4, rt: 0.5, rs: 0.5, ch: 0.375 }],
    ['DDDD', { rt: 0.5, ch: 0, region: 'mixed' }],
  ];
  for (const [samples, wanted] of cases)
    it(samples === '' ? 'no sample' : samples, () => {
      const found = ofSamples(samples);
      assert.deepEqual({ ...found, ...wanted }, found);
    });
});

describe('regions, dialogue first', () => {
  for (const [rt, ch, region] of [
    [0.7, 0, 'lecture'],
    [0.69, 0.39, 'mixed'],
    [0.3, 0.39, 'practice'],
    [0.31, 0, 'mixed'],
    [0.7, 0.4, 'dialogue'],
    [0.3, 0.4, 'dialogue'],
    [0.5, 0.4, 'dialogue'],
    [1, 0, 'lecture'],
    [0, 0, 'practice'],
  ] as const)
    it(`Rt ${rt}, Ch ${ch}: ${region}`, () => assert.equal(regionOf(rt, ch), region));
  it('a cut-off reached by a fraction belongs to its region', () => {
    assert.equal(stRatios({ n: 20, nt: 14, ns: 6, nd: 0, g: 2 }).region, 'lecture');
    assert.equal(stRatios({ n: 60, nt: 18, ns: 42, nd: 0, g: 2 }).region, 'practice');
    assert.equal(stRatios({ n: 30, nt: 15, ns: 15, nd: 0, g: 13 }).region, 'dialogue');
  });
});

describe('figures copied by hand', () => {
  for (const [n, nt, g, feasible] of [
    [10, 6, 4, true],
    [10, 6, 9, true],
    [10, 6, 10, false],
    [10, 10, 1, true],
    [10, 10, 2, false],
    [10, 0, 1, true],
    [10, 5, 1, false],
    [10, 5, 10, true],
    [10, 5, 11, false],
    [10, 11, 1, false],
    [10, 9, 3, true],
    [10, 9, 4, false],
  ] as const)
    it(`N ${n}, Nt ${nt}, g ${g}: ${feasible ? 'can be' : 'cannot be'}`, () =>
      assert.equal(isFeasible({ n, nt, g }), feasible));
});

describe('taps', () => {
  const changes: Change[] = [
    [0, 'T'],
    [100, 'S'],
    [130, 'T'],
    [200, 'S'],
  ];
  it('are sampled in the middle of each interval', () => {
    assert.equal(resample(changes, 240, 30), 'TTTSTTTS');
    assert.equal(resample(changes, 240, 20), 'TTTTTSTTTTSS');
    assert.equal(resample([], 0, 15), '');
    assert.equal(resample([[0, 'T']], 7, 15), '');
    assert.equal(resample([[0, 'T']], 8, 15), 'T');
  });
  it('of one second: the last stands', () => {
    const twice: Change[] = [
      [0, 'T'],
      [40, 'S'],
      [40, 'T'],
      [80, 'S'],
    ];
    assert.deepEqual(settledChanges(twice), [
      [0, 'T'],
      [80, 'S'],
    ]);
    assert.equal(resample(twice, 90, 15), resample(settledChanges(twice), 90, 15));
  });
  it('without an end: the last stretch does not count', () => {
    assert.equal(endOf({ endAt: null, changes }), 200);
    assert.equal(endOf({ endAt: 240, changes }), 240);
    assert.equal(endOf({ endAt: null, changes: [] }), 0);
  });
  it('seconds are those between the taps', () =>
    assert.deepEqual(secondsOf(changes, 240), { T: 170, S: 70, D: 0 }));
});

const symbol = fc.constantFrom(...stSymbols);
const interval = fc.constantFrom(...stIntervals);
const sequence = (letters: readonly ('T' | 'S' | 'D')[]) =>
  fc.array(fc.constantFrom(...letters), { maxLength: 200 }).map((all) => all.join(''));
/** Rising changes from 0 and an end. */
const taps = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), symbol), { minLength: 1, maxLength: 40 }),
    fc.nat(400),
  )
  .map(([steps, last]) => {
    let at = 0;
    const changes = steps.map(([by, to], index): Change => {
      at += index === 0 ? 0 : by;
      return [at, to];
    });
    return { changes, end: at + last };
  });

describe('properties', () => {
  it('every sequence of T and S lies in the triangle', () =>
    fc.assert(
      fc.property(sequence(['T', 'S']), (samples) => {
        const counts = countSamples(samples);
        const { rt, ch } = stRatios(counts);
        if (counts.n > 0) assert.ok(isFeasible(counts));
        if (rt === null || ch === null) return;
        assert.ok(rt >= 0 && rt <= 1 && ch >= 0 && ch < 1);
        assert.ok(ch <= 2 * Math.min(rt, 1 - rt) + 1e-12);
      }),
    ));
  it('every point of the triangle that counts can reach is reached by a sequence', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), fc.nat(130), (n, t, runs) => {
        const nt = t % (n + 1);
        const g = 1 + (runs % (n + 1));
        if (!isFeasible({ n, nt, g })) return;
        const first = nt >= n - nt ? 'T' : 'S';
        const second = first === 'T' ? 'S' : 'T';
        const more = Math.max(nt, n - nt);
        const ofFirst = Math.ceil(g / 2);
        const ofSecond = g - ofFirst;
        const parts = Array.from({ length: g }, (_, index): string => (index % 2 === 0 ? first : second));
        if (parts[0] !== undefined) parts[0] = first.repeat(more - ofFirst + 1);
        if (parts[1] !== undefined) parts[1] = second.repeat(n - more - ofSecond + 1);
        const counts = countSamples(parts.join(''));
        assert.deepEqual({ n: counts.n, nt: counts.nt, g: counts.g }, { n, nt, g });
      }),
    ));
  it('counts sum to N, shares to one, and the mirror swaps them', () =>
    fc.assert(
      fc.property(sequence(['T', 'S', 'D']), (samples) => {
        const counts = countSamples(samples);
        assert.equal(counts.nt + counts.ns + counts.nd, counts.n);
        const { rt, rs, ch } = stRatios(counts);
        if (rt === null || rs === null) return;
        assert.ok(Math.abs(rt + rs - 1) < 1e-12);
        const swapped = samples.replaceAll(/[TS]/g, (letter) => (letter === 'T' ? 'S' : 'T'));
        assert.equal(stRatios(countSamples(swapped)).rt, rs);
        assert.equal(stRatios(countSamples(Array.from(samples).reverse().join(''))).ch, ch);
      }),
    ));
  it('sampling keeps the whole time, to within half an interval', () =>
    fc.assert(
      fc.property(taps, interval, ({ changes, end }, every) => {
        const sampled = resample(changes, end, every).length * every;
        assert.ok(Math.abs(sampled - end) <= every / 2);
        if (end % every === 0) assert.equal(sampled, end);
      }),
    ));
  it('stretches as long as whole intervals are sampled exactly', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), symbol), { minLength: 1 }),
        interval,
        (parts, every) => {
          let at = 0;
          const changes = parts.map(([length, to]): Change => {
            const change: Change = [at, to];
            at += length * every;
            return change;
          });
          assert.equal(resample(changes, at, every), parts.map(([length, to]) => to.repeat(length)).join(''));
          const seconds = secondsOf(changes, at);
          const counts = countSamples(resample(changes, at, every));
          assert.deepEqual(
            [seconds.T, seconds.S, seconds.D],
            [counts.nt, counts.ns, counts.nd].map((one) => one * every),
          );
        },
      ),
    ));
  it('seconds in each sum to the whole', () =>
    fc.assert(
      fc.property(taps, ({ changes, end }) => {
        const { T, S, D } = secondsOf(changes, end);
        assert.equal(T + S + D, end);
      }),
    ));
  it('a tap on what is going on already changes nothing', () =>
    fc.assert(
      fc.property(taps, interval, fc.nat(), ({ changes, end }, every, pick) => {
        const moment = end === 0 ? 0 : pick % end;
        const index = changes.findLastIndex(([at]) => at <= moment);
        const going = changes[index]?.[1] ?? 'T';
        const split: Change[] = [
          ...changes.slice(0, index + 1),
          [moment, going],
          ...changes.slice(index + 1),
        ];
        assert.equal(resample(split, end, every), resample(changes, end, every));
        assert.deepEqual(secondsOf(split, end), secondsOf(changes, end));
        assert.deepEqual(settledChanges(split), settledChanges(changes));
      }),
    ));
  it('settling changes no figure and is done once', () =>
    fc.assert(
      fc.property(taps, interval, ({ changes, end }, every) => {
        const settled = settledChanges(changes);
        assert.equal(resample(settled, end, every), resample(changes, end, every));
        assert.deepEqual(settledChanges(settled), settled);
      }),
    ));
  it('the curve ends where the counts stand, each step one long', () =>
    fc.assert(
      fc.property(sequence(['T', 'S', 'D']), (samples) => {
        const points = stCurve(samples);
        const { n, nt, ns, nd } = countSamples(samples);
        assert.equal(points.length, n + 1);
        assert.deepEqual(points.at(-1), { t: nt + nd / 2, s: ns + nd / 2 });
        for (const [index, { t, s }] of points.entries()) assert.equal(t + s, index);
      }),
    ));
  it('stretches hold every sample once', () =>
    fc.assert(
      fc.property(sequence(['T', 'S', 'D']), interval, (samples, every) => {
        const stretches = stStretches(samples, every, 5);
        const whole = countSamples(samples);
        for (const key of ['n', 'nt', 'ns', 'nd'] as const)
          assert.equal(
            stretches.reduce((sum, stretch) => sum + stretch[key], 0),
            whole[key],
          );
        assert.equal(stretches.at(-1)?.to ?? 0, samples.length * every);
      }),
    ));
});

it('reads samples as another tool printed them', () => {
  assert.deepEqual(readSamples('t t,T\ns－S x'), { samples: 'TTTSS', unknown: ['－', 'X'] });
  assert.equal(variantOf('TTS'), 't-s');
  assert.equal(variantOf('TDS'), 't-s-d');
});

it('one record, three sources, the same counts', () => {
  const samples = 'TTTTSSTTSS';
  const common = { variant: 't-s', interval: 30 } as const;
  const changes: Change[] = [
    [0, 'T'],
    [120, 'S'],
    [180, 'T'],
    [240, 'S'],
  ];
  const tapped = {
    source: 'taps',
    ...common,
    startedAt: '2024-03-20T02:00:00.000Z',
    endAt: 300,
    changes,
  } as const satisfies StTaps;
  assert.equal(samplesOf(tapped), samples);
  const counts = stCountsOf({ source: 'counts', ...common, n: 10, nt: 6, g: 4 });
  assert.deepEqual(counts, stCountsOf(tapped));
  assert.deepEqual(counts, stCountsOf({ source: 'samples', ...common, samples }));
  assert.equal(samplesOf({ source: 'counts', ...common, n: 10, nt: 6, g: 4 }), null);
  assert.equal(samplesOf(tapped, 15), 'TTTTTTTTSSSSTTTTSSSS');
});
