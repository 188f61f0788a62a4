import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#modules/organisation/contract.ts';
import { holding } from '#modules/organisation/testing.ts';
import { mayOpenRows, mayReadDistrict, mayReadEvaluation, mayReadSchool } from './policy.ts';

test('who sees which evaluation, post by post', () => {
  const cases: [
    Actor,
    own: boolean,
    other: boolean,
    district: boolean,
    rowsOfOwnSchool: boolean,
    rowsOfOther: boolean,
  ][] = [
    [holding('head', { bodyKind: 'leading-group' }), true, true, true, false, false],
    [holding('deputy', { bodyKind: 'leading-group' }), true, true, true, false, false],
    [holding('research-officer', { bodyKind: 'research-office' }), true, true, true, false, false],
    [holding('principal', { schoolId: 'own' }), true, false, false, true, false],
    [holding('vice-principal', { schoolId: 'own' }), true, false, false, true, false],
    [holding('dean', { schoolId: 'own' }), true, false, false, true, false],
    [holding('subject-lead', { schoolId: 'own' }), false, false, false, false, false],
    [holding('teacher', { schoolId: 'own' }), false, false, false, false, false],
    [holding('head', { bodyKind: 'consortium' }), false, false, false, false, false],
    [holding('lead', { bodyKind: 'core-group' }), true, true, true, false, false],
    [holding('member', { bodyKind: 'core-group' }), false, false, false, false, false],
    [
      holding('subject-lead', { bodyKind: 'subject-group', schoolId: 'own' }),
      false,
      false,
      false,
      false,
      false,
    ],
    [
      { ...holding('teacher', {}), appointments: [], duties: ['system', 'security', 'audit'] },
      false,
      false,
      false,
      false,
      false,
    ],
  ];
  for (const [actor, own, other, district, rowsOfOwn, rowsOfOther] of cases) {
    const said = actor.appointments.map(({ post, bodyKind }) => `${post} ${bodyKind}`).join() || 'duties';
    assert.equal(mayReadEvaluation(actor), own || other, said);
    assert.equal(mayReadSchool(actor, 'own'), own, said);
    assert.equal(mayReadSchool(actor, 'other'), other, said);
    assert.equal(mayReadDistrict(actor), district, said);
    assert.equal(mayOpenRows(actor, { personId: 'somebody', schoolId: 'own' }), rowsOfOwn, said);
    assert.equal(mayOpenRows(actor, { personId: 'somebody', schoolId: 'other' }), rowsOfOther, said);
    assert.equal(mayOpenRows(actor, { personId: 'person', schoolId: 'other' }), true, `${said}: one's own`);
  }
});
