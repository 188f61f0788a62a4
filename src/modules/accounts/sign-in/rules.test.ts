import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  identify,
  networkOf,
  normaliseIdentifier,
  normaliseOneTimePassword,
  passwordIsTooOld,
} from './rules.ts';

test('what was typed is folded before it is looked up', () => {
  assert.equal(normaliseIdentifier(' 肖 静 '), '肖静');
  assert.equal(normaliseIdentifier('１３８０００１１１１１'), '13800011111');
  assert.equal(normaliseOneTimePassword(' ABCD-efgh—3456 '), 'abcdefgh3456');
});

test('an identifier of two people is nobody’s; the order is login name, staff number, phone, name', () => {
  const a = 'account-a';
  const b = 'account-b';
  assert.deepEqual(identify([]), { kind: 'unknown' });
  assert.deepEqual(identify([{ kind: 'name', accountId: a }]), { kind: 'account', accountId: a });
  assert.deepEqual(identify([{ kind: 'name', accountId: null }]), { kind: 'unknown' });
  assert.deepEqual(
    identify([
      { kind: 'name', accountId: a },
      { kind: 'name', accountId: null },
    ]),
    { kind: 'shared', by: 'name' },
    'a namesake without an account shares the name too',
  );
  assert.deepEqual(
    identify([
      { kind: 'phone', accountId: a },
      { kind: 'phone', accountId: b },
    ]),
    { kind: 'shared', by: 'phone' },
  );
  assert.deepEqual(
    identify([
      { kind: 'phone', accountId: a },
      { kind: 'staff-number', accountId: b },
    ]),
    { kind: 'account', accountId: b },
  );
});

test('addresses are counted by subscriber', () => {
  assert.equal(networkOf('10.1.2.3'), '10.1.2.3');
  assert.equal(networkOf('::ffff:10.1.2.3'), '10.1.2.3');
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2:3:4:5:6/64');
  assert.equal(networkOf('fe80::1%eth0'), 'fe80::1/64');
});

test('passwords age only where a maximum age is set', () => {
  const now = new Date('2024-07-01T00:00:00Z');
  assert.equal(passwordIsTooOld('2023-01-01T00:00:00Z', null, now), false);
  assert.equal(passwordIsTooOld('2024-06-01T00:00:00Z', 90, now), false);
  assert.equal(passwordIsTooOld('2024-03-01T00:00:00Z', 90, now), true);
});
