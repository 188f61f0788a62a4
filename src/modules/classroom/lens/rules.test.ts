import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LensContent, Phases, Question } from './contract.ts';
import {
  durationLabel,
  emptyLens,
  isEmptyLens,
  lensFitsMode,
  lensProblem,
  phaseSpans,
  sameLens,
  shareLabel,
  tallyQuestions,
} from './rules.ts';
import { followUpKinds, phaseKinds, questionTypes } from './vocabulary/contract.ts';

const startedAt = '2024-03-20T02:00:00.000Z';
const phases = (changes: Phases['changes'], endAt: number | null = null): Phases => ({
  startedAt,
  endAt,
  changes,
});

const anyQuestion: fc.Arbitrary<Question> = fc.tuple(
  fc.constantFrom(...questionTypes),
  fc.array(fc.constantFrom(...followUpKinds, null), { maxLength: 4 }),
);
/** Rising seconds, the last of them the end. */
const anyPhases = fc
  .array(fc.tuple(fc.nat(900), fc.constantFrom(...phaseKinds)), { minLength: 1, maxLength: 12 })
  .chain((steps) => fc.tuple(fc.constant(steps), fc.nat(900)))
  .map(([steps, last]) => {
    let at = 0;
    const changes = steps.map(([by, kind], index): Phases['changes'][number] => {
      at += index === 0 ? 0 : by;
      return [at, kind, ''];
    });
    return phases(changes, at + last);
  });

describe('phases', () => {
  it('last until the next one, the last until the end that was tapped', () => {
    const spans = phaseSpans(
      phases(
        [
          [0, 'lead-in', ''],
          [200, 'other', '课堂小测'],
          [500, 'summary', ''],
        ],
        620,
      ),
    );
    assert.deepEqual(
      spans.map(({ seconds, label }) => [seconds, label]),
      [
        [200, ''],
        [300, '课堂小测'],
        [120, ''],
      ],
    );
    assert.equal(phaseSpans(phases([[0, 'practice', '']]))[0]?.seconds, null);
  });
  it('add up to the whole', () =>
    fc.assert(
      fc.property(anyPhases, (record) => {
        const total = phaseSpans(record).reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
        assert.equal(total, record.endAt);
        assert.equal(lensProblem({ ...emptyLens, phases: record }), null);
      }),
    ));
});

describe('questions', () => {
  it('are counted by type, with their chains', () => {
    const tally = tallyQuestions([
      ['what', []],
      ['what', ['reason']],
      ['why', ['evidence', null, 'transfer']],
      ['what-if', []],
    ]);
    assert.deepEqual(tally, {
      total: 4,
      counts: { what: 2, why: 1, how: 0, 'what-if': 1 },
      shares: { what: 0.5, why: 0.25, how: 0, 'what-if': 0.25 },
      followUps: 4,
      followUpCounts: { reason: 1, evidence: 1, 'another-way': 0, transfer: 1 },
      followedUp: 2,
      followedUpShare: 0.5,
      longestChain: 4,
    });
  });
  it('none: nothing to divide by', () => {
    const { shares, followedUpShare, longestChain } = tallyQuestions([]);
    assert.deepEqual(shares, { what: null, why: null, how: null, 'what-if': null });
    assert.equal(followedUpShare, null);
    assert.equal(longestChain, 0);
  });
  it('counts sum to the total, shares to one, and the order does not matter', () =>
    fc.assert(
      fc.property(fc.array(anyQuestion, { minLength: 1 }), (questions) => {
        const tally = tallyQuestions(questions);
        const counts = questionTypes.map((type) => tally.counts[type]);
        assert.equal(
          counts.reduce((sum, one) => sum + one, 0),
          tally.total,
        );
        const shares = questionTypes.map((type) => tally.shares[type] ?? 0);
        assert.ok(Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-9);
        assert.ok(tally.followedUp <= tally.total && tally.followedUp <= tally.followUps);
        assert.deepEqual(tallyQuestions(questions.toReversed()), tally);
      }),
    ));
});

describe('a content', () => {
  const cases: readonly (readonly [string, Partial<LensContent>, RegExp | null])[] = [
    ['nothing', {}, null],
    [
      'phases out of order',
      {
        phases: phases([
          [9, 'practice', ''],
          [3, 'summary', ''],
        ]),
      },
      /教学环节的时间/,
    ],
    ['phases ending before the last began', { phases: phases([[9, 'practice', '']], 5) }, /教学环节的时间/],
    [
      'counts that can be',
      { st: { source: 'counts', variant: 't-s', interval: 30, n: 10, nt: 6, g: 4 } },
      null,
    ],
    [
      'counts outside the triangle',
      { st: { source: 'counts', variant: 't-s', interval: 30, n: 10, nt: 9, g: 4 } },
      /自相矛盾/,
    ],
    [
      'more T than samples',
      { st: { source: 'counts', variant: 't-s', interval: 30, n: 10, nt: 11, g: 1 } },
      /自相矛盾/,
    ],
    [
      'D where there is none',
      { st: { source: 'samples', variant: 't-s', interval: 30, samples: 'TDS' } },
      /另记互动/,
    ],
    ['D where there is', { st: { source: 'samples', variant: 't-s-d', interval: 30, samples: 'TDS' } }, null],
    [
      'taps out of order',
      {
        st: {
          source: 'taps',
          variant: 't-s',
          interval: 15,
          startedAt,
          endAt: null,
          changes: [
            [4, 'T'],
            [2, 'S'],
          ],
        },
      },
      /时间先后/,
    ],
    ['codes of the other set', { coding: { codeSet: 'fias-1', codes: '4 8 9.1 5' } }, /9\.1/],
    ['codes', { coding: { codeSet: 'ifias-1', codes: '4.1 9.2 14' } }, null],
  ];
  for (const [name, content, problem] of cases)
    it(name, () => {
      const found = lensProblem({ ...emptyLens, ...content });
      if (problem === null) assert.equal(found, null);
      else assert.match(found ?? '', problem);
    });

  it('with codes belongs to a recording', () => {
    const coded: LensContent = { ...emptyLens, coding: { codeSet: 'fias-1', codes: '4 8' } };
    assert.equal(lensFitsMode(coded, 'video'), true);
    assert.equal(lensFitsMode(coded, 'live'), false);
    assert.equal(lensFitsMode({ ...emptyLens, coding: { codeSet: 'fias-1', codes: '' } }, 'live'), true);
    assert.equal(lensFitsMode(emptyLens, 'live'), true);
  });

  it('is the same whatever the order of its keys', () => {
    const { talk, questions, ...rest } = emptyLens;
    assert.ok(sameLens({ talk, ...rest, questions }, emptyLens));
    assert.ok(isEmptyLens({ ...emptyLens, questions: [] }));
    assert.ok(!sameLens({ ...emptyLens, questions: [['what', []]] }, emptyLens));
    assert.ok(
      !sameLens(
        {
          ...emptyLens,
          questions: [
            ['what', []],
            ['why', []],
          ],
        },
        {
          ...emptyLens,
          questions: [
            ['why', []],
            ['what', []],
          ],
        },
      ),
    );
  });
});

it('durations and shares read as people write them', () => {
  assert.deepEqual([0, 40, 60, 185, 2400].map(durationLabel), [
    '0 秒',
    '40 秒',
    '1 分',
    '3 分 05 秒',
    '40 分',
  ]);
  assert.deepEqual([null, 0, 1 / 3, 0.5, 1].map(shareLabel), ['–', '0%', '33.3%', '50%', '100%']);
});
