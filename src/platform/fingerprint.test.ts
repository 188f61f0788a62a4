import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fingerprint } from './fingerprint.ts';

it('a fingerprint is of what a value says, not of how its keys are ordered', () => {
  const one = fingerprint({ a: [1, { b: '二', c: null }], d: 'x' });
  assert.match(one, /^[0-9a-f]{64}$/);
  assert.equal(fingerprint({ d: 'x', a: [1, { c: null, b: '二' }] }), one);
  for (const other of [{ a: [{ b: '二', c: null }, 1], d: 'x' }, { a: [1, { b: '二' }], d: 'x' }, null])
    assert.notEqual(fingerprint(other), one);
});
