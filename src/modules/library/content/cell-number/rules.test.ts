import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isWholeUpTo, numberIn } from './rules.ts';

for (const [text, number, whole] of [
  ['0', 0, true],
  ['150', 150, true],
  ['151', 151, false],
  ['0.5', 0.5, false],
  ['-1', 0, false],
  ['1e308', 0, false],
  ['Infinity', 0, false],
  ['NaN', 0, false],
  ['0x10', 0, false],
  ['10分', 0, false],
  ['9999999', 0, false],
  ['', 0, false],
] as const)
  it(`“${text}” counts ${number} and is ${whole ? '' : 'not '}what a column up to 150 takes`, () => {
    assert.equal(numberIn(text), number);
    assert.equal(isWholeUpTo(text, 150), whole);
  });
