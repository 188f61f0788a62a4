import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { fenOf, schoolYearOn, yuanText } from './rules.ts';

it('money is whole 分, and is read as it was printed', () => {
  for (const [text, fen] of [
    ['1200', 120_000],
    [' 1,200.5 ', 120_050],
    ['0.07', 7],
    ['1.234', null],
    ['-3', null],
    ['', null],
    ['一千', null],
    ['1e3', null],
  ] as const)
    assert.equal(fenOf(text), fen, text);
  assert.equal(yuanText(123_456_789), '1,234,567.89');
  assert.equal(yuanText(5), '0.05');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (fen) =>
      assert.equal(fenOf(yuanText(fen)), fen),
    ),
  );
});

it('a school year begins in September', () => {
  assert.equal(schoolYearOn('2024-08-31'), 2023);
  assert.equal(schoolYearOn('2024-09-01'), 2024);
});
