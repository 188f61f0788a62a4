import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Actor, type Duty, duties, posts } from '#modules/organisation/contract.ts';
import * as policy from './policy.ts';

const me = 'account-me';
const actorWith = (held: readonly Duty[], post: (typeof posts)[number] | null): Actor => ({
  accountId: me,
  personId: post === null ? null : 'person-me',
  name: '测试',
  duties: held,
  appointments:
    post === null
      ? []
      : [
          {
            id: 'appointment',
            post,
            bodyId: null,
            bodyKind: null,
            parentBodyId: null,
            schoolId: 'school',
            stage: null,
            subject: null,
            gradeFrom: null,
            gradeTo: null,
          },
        ],
});

/** Every permission of the module, and the duties that give it; a post gives none of them. */
const simple: Readonly<Record<string, { may: (actor: Actor) => boolean; by: readonly Duty[] }>> = {
  createAccounts: { may: policy.mayCreateAccounts, by: ['system'] },
  listAccounts: { may: policy.mayListAccounts, by: ['system', 'security'] },
  manageAccounts: { may: policy.mayManageAccounts, by: ['system', 'security'] },
  unlock: { may: policy.mayUnlockAccounts, by: ['security'] },
  sessionsOfOthers: { may: policy.maySeeSessionsOfOthers, by: ['security'] },
  changeRules: { may: policy.mayChangeSecurityRules, by: ['security'] },
  readRules: { may: policy.mayReadSecurityRules, by: ['system', 'security', 'audit'] },
  grantDuties: { may: policy.mayGrantDuties, by: ['security'] },
  readAudit: { may: policy.mayReadAuditLog, by: ['audit'] },
};

test('post × duty × action', () => {
  for (const [action, { may, by }] of Object.entries(simple))
    for (const post of [null, ...posts]) {
      assert.equal(may(actorWith([], post)), false, `${post} alone: ${action}`);
      for (const duty of duties)
        assert.equal(may(actorWith([duty], post)), by.includes(duty), `${post} with ${duty}: ${action}`);
    }
});

test('every permission of the module stands in the table', () => {
  const rowDependent = ['mayManageAccount', 'mayGrantDuty'];
  const tabled = Object.values(simple).map(({ may }) => may);
  for (const [name, may] of Object.entries(policy))
    assert.ok(rowDependent.includes(name) || tabled.some((one) => one === may), name);
});

test('who may reset, disable or enable which account', () => {
  const cases: readonly (readonly [actor: readonly Duty[], target: readonly Duty[], may: boolean])[] = [
    [[], [], false],
    [['system'], [], true],
    [['security'], [], false],
    [['audit'], [], false],
    [['system'], ['security'], false],
    [['system'], ['audit'], false],
    [['system'], ['system'], false],
    [['security'], ['system'], true],
    [['security'], ['audit'], true],
    [['audit'], ['system'], false],
    [['system', 'security'], [], true],
    [['system', 'security'], ['audit'], true],
  ];
  for (const [held, target, may] of cases)
    assert.equal(
      policy.mayManageAccount(actorWith(held, null), { id: 'other', duties: target }),
      may,
      `${held.join('+')} on ${target.join('+') || 'teacher'}`,
    );
  assert.equal(policy.mayManageAccount(actorWith(['system'], null), { id: me, duties: [] }), false);
});

test('nobody gives a duty to oneself or a second one to somebody', () => {
  const security = actorWith(['security'], null);
  assert.equal(policy.mayGrantDuty(security, { id: 'other', duties: [] }), true);
  assert.equal(policy.mayGrantDuty(security, { id: 'other', duties: ['system'] }), false);
  assert.equal(policy.mayGrantDuty(security, { id: me, duties: [] }), false);
  assert.equal(policy.mayGrantDuty(actorWith(['system'], null), { id: 'other', duties: [] }), false);
});
