import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditActionText, auditDetails, auditSubject } from './rules.ts';

test('actions are shown in words, unknown ones with their module', () => {
  assert.equal(auditActionText('accounts.signed-in'), '登录');
  assert.equal(auditActionText('plans.something-new'), '计划与目标：something-new');
  assert.equal(auditActionText('elsewhere.done'), 'elsewhere：done');
});

test('of before and after, only what differs is shown', () => {
  const before = { minimumLength: 8, kindsRequired: 3, maximumAgeDays: null };
  const after = { minimumLength: 9, kindsRequired: 3, maximumAgeDays: 90 };
  assert.deepEqual(auditDetails(before, after), [['最短长度', '8']]);
  assert.deepEqual(auditDetails(after, before), [
    ['最短长度', '9'],
    ['更换周期', '90'],
  ]);
  assert.deepEqual(auditDetails(null, after), []);
  assert.deepEqual(auditDetails(['a'], null), [['内容', '["a"]']]);
});

test('a row is named after whom it was about', () => {
  assert.equal(auditSubject({ ended: 1 }, { name: '程知微' }), '程知微');
  assert.equal(auditSubject({ reason: 'wrong-password' }, null), '密码不对');
  assert.equal(auditSubject(null, null), null);
});
