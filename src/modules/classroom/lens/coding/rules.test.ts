import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CodeSetId, codeSetIds } from '../vocabulary/contract.ts';
import { codeSets } from './contract.ts';
import { columnTotals, matrixOf, ratioKeys, ratiosOf, ratioTexts, readCodes, rowTotals } from './rules.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const split = (text: string): string[] => text.split(' ');

/** A code set with codes of it. */
const coded = fc
  .constantFrom<CodeSetId>(...codeSetIds)
  .chain((setId) =>
    fc.tuple(
      fc.constant(setId),
      fc.array(fc.constantFrom(...codeSets[setId].codes.map(({ code }) => code)), { maxLength: 300 }),
    ),
  );

describe('the matrix', () => {
  it('counts pairs between an added 10 at either end', () => {
    const matrix = matrixOf(split('4 8 8 2 5'), 'fias-1');
    const cell = (row: number, column: number): number => matrix[row - 1]?.[column - 1] ?? 0;
    assert.deepEqual(
      [cell(10, 4), cell(4, 8), cell(8, 8), cell(8, 2), cell(2, 5), cell(5, 10)],
      [1, 1, 1, 1, 1, 1],
    );
    assert.equal(sum(rowTotals(matrix)), 6);
  });
  it('of no codes is the one pair of silence', () => assert.equal(sum(rowTotals(matrixOf([], 'fias-1'))), 1));
  it('puts the sub-codes of iFIAS into their category, and its own silence around', () => {
    const matrix = matrixOf(split('4.1 9.1 4.2 9.2'), 'ifias-1');
    assert.equal(matrix.length, 14);
    assert.equal(matrix[3]?.[8], 2);
    assert.equal(matrix[11]?.[3], 1);
    assert.equal(matrix[8]?.[11], 1);
  });
  // Annex B, 9.
  it('sums to codes + 1, and each row to its column', () =>
    fc.assert(
      fc.property(coded, ([setId, codes]) => {
        const matrix = matrixOf(codes, setId);
        assert.equal(sum(rowTotals(matrix)), codes.length + 1);
        assert.deepEqual(rowTotals(matrix), columnTotals(matrix));
      }),
    ));
});

describe('ratios', () => {
  it('of a short stretch, by hand', () => {
    // Pairs: 10-4 4-8 8-3 3-4 4-9 9-9 9-5 5-5 5-6 6-8 8-2 2-10; twelve.
    const ratios = ratiosOf(split('4 8 3 4 9 9 5 5 6 8 2'), 'fias-1');
    const wanted = {
      'teacher-talk': 7 / 12,
      'pupil-talk': 4 / 12,
      silence: 1 / 12,
      'indirect-direct': 4 / 3,
      'positive-negative': 2,
      'teacher-response': 2 / 3,
      'teacher-question': 2 / 4,
      'pupil-initiation': 2 / 4,
      'instant-response': 1,
      'instant-question': 0,
      'content-cross': 7 / 12,
      'steady-state': 2 / 12,
      'pupil-steady-state': 1 / 4,
      'warm-exchange': 0,
      'strained-exchange': 0,
      technology: null,
      'open-question': null,
    };
    for (const key of ratioKeys) {
      const [is, should] = [ratios[key], wanted[key]];
      if (is === null || should === null) assert.equal(is, should, key);
      else assert.ok(Math.abs(is - should) < 1e-12, `${key}: ${is}`);
    }
  });
  it('without a divisor is null, not 0', () => {
    const silent = ratiosOf(split('10 10'), 'fias-1');
    assert.equal(silent.silence, 1);
    for (const key of [
      'indirect-direct',
      'positive-negative',
      'teacher-response',
      'teacher-question',
      'pupil-initiation',
      'instant-response',
      'instant-question',
      'pupil-steady-state',
      'open-question',
    ] as const)
      assert.equal(silent[key], null, key);
  });
  it('of iFIAS know open questions, technology and talk among pupils', () => {
    const ratios = ratiosOf(split('4.1 4.1 4.2 10 13 14 12'), 'ifias-1');
    assert.ok(Math.abs((ratios['open-question'] ?? 0) - 2 / 3) < 1e-12);
    assert.equal(ratios.technology, 2 / 8);
    assert.equal(ratios['pupil-talk'], 1 / 8);
    assert.equal(ratios.silence, 2 / 8);
  });
  it('shares lie between 0 and 1, times are not negative', () =>
    fc.assert(
      fc.property(coded, ([setId, codes]) => {
        const ratios = ratiosOf(codes, setId);
        for (const key of ratioKeys) {
          const value = ratios[key];
          if (value === null) continue;
          assert.ok(value >= 0, key);
          if (ratioTexts[key].isTimes !== true) assert.ok(value <= 1, key);
        }
      }),
    ));
  it('what the teacher, the pupils, silence and technology fill is the whole', () =>
    fc.assert(
      fc.property(coded, ([setId, codes]) => {
        const ratios = ratiosOf(codes, setId);
        const parts = ['teacher-talk', 'pupil-talk', 'silence', 'technology'] as const;
        assert.ok(Math.abs(sum(parts.map((key) => ratios[key] ?? 0)) - 1) < 1e-9);
      }),
    ));
});

describe('codes as typed', () => {
  it('stand between spaces, commas and line ends', () =>
    assert.deepEqual(readCodes(' 4, 8，8\n2；10 ', 'fias-1'), { codes: split('4 8 8 2 10'), unknown: [] }));
  it('what the set does not know is told apart', () =>
    assert.deepEqual(readCodes('4 4.1 11 x 11', 'fias-1'), { codes: ['4'], unknown: ['4.1', '11', 'x'] }));
  it('whole 4 is none of iFIAS: open or closed must be said', () =>
    assert.deepEqual(readCodes('4 4.1', 'ifias-1').unknown, ['4']));
  it('come back as they were', () =>
    fc.assert(
      fc.property(coded, ([setId, codes]) => {
        assert.deepEqual(readCodes(codes.join(' '), setId), { codes, unknown: [] });
      }),
    ));
});
