import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountStateOf, freeLoginName, signInNameOf } from './rules.ts';

test('a login name is made of letters and free', () => {
  const cases: readonly (readonly [pinyin: string, taken: string[], name: string])[] = [
    ['zhang pei', [], 'zhangpei'],
    ['zhang pei', ['zhangpei', 'zhangpei2'], 'zhangpei3'],
    ['lü yi', [], 'lvyi'],
    ['e', [], 'usere'],
    ['', ['user'], 'user2'],
  ];
  for (const [pinyin, taken, name] of cases) assert.equal(freeLoginName(pinyin, new Set(taken)), name);
});

test('a slip names what stays right when a namesake comes', () => {
  const names = { staffNumber: 'FN1', phone: '13812345678', loginName: 'zp' };
  assert.deepEqual(signInNameOf(names), { by: 'staff-number', as: 'FN1' });
  assert.deepEqual(signInNameOf({ ...names, staffNumber: null }), { by: 'phone', as: '13812345678' });
  assert.deepEqual(signInNameOf({ staffNumber: null, phone: null, loginName: 'zp' }), {
    by: 'login-name',
    as: 'zp',
  });
  assert.equal(signInNameOf({ staffNumber: null, phone: null, loginName: null }), null);
});

test('the state of an account: disabled before locked before waiting', () => {
  const now = new Date('2024-03-04T01:00:00Z');
  const later = '2024-03-04T01:10:00Z';
  const none = { disabledAt: null, lockedUntil: null, oneTimeExpiresAt: null };
  assert.equal(accountStateOf(none, now), 'in-use');
  assert.equal(accountStateOf({ ...none, oneTimeExpiresAt: later }, now), 'first-password');
  assert.equal(accountStateOf({ ...none, oneTimeExpiresAt: later, lockedUntil: later }, now), 'locked');
  assert.equal(accountStateOf({ ...none, lockedUntil: '2024-03-04T00:59:00Z' }, now), 'in-use');
  assert.equal(
    accountStateOf({ disabledAt: later, lockedUntil: later, oneTimeExpiresAt: null }, now),
    'disabled',
  );
});
