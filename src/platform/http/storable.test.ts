import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isStorable } from './storable.ts';

const nested = (times: number): unknown => JSON.parse('['.repeat(times) + ']'.repeat(times));

for (const [what, value, may] of [
  ['text with signs of every plane', { 名: ['𠮷', '\t'] }, true],
  ['NUL in a key', { ['a\0']: 1 }, false],
  ['half a character', [{ a: '\ud800' }], false],
  ['what the deepest design has', nested(100), true],
  ['what has no end', nested(100_000), false],
] as const)
  it(`${what}: ${may ? 'kept' : 'refused'}`, () => assert.equal(isStorable(value), may));
