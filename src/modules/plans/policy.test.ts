import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#modules/organisation/contract.ts';
import { holding } from '#modules/organisation/testing.ts';
import { mayReadTargets, maySetTargets, targetScope } from './policy.ts';

test('who reads and who sets targets, post by post', () => {
  const cases: [Actor, reads: boolean, sets: boolean][] = [
    [holding('head', { bodyKind: 'leading-group' }), true, true],
    [holding('deputy', { bodyKind: 'leading-group' }), true, true],
    [holding('research-officer', { bodyKind: 'research-office' }), true, true],
    [holding('principal', { schoolId: 'school' }), true, false],
    [holding('vice-principal', { schoolId: 'school' }), true, false],
    [holding('dean', { schoolId: 'school' }), true, false],
    [holding('subject-lead', { schoolId: 'school' }), false, false],
    [holding('teacher', { schoolId: 'school' }), false, false],
    [holding('head', { bodyKind: 'consortium' }), false, false],
    [holding('lead', { bodyKind: 'core-group' }), true, true],
    [holding('member', { bodyKind: 'core-group' }), false, false],
    [{ ...holding('teacher', {}), appointments: [], duties: ['system'] }, false, false],
  ];
  for (const [actor, reads, sets] of cases) {
    const said =
      actor.appointments.map(({ post, bodyKind }) => `${post} ${bodyKind}`).join() || 'system duty';
    assert.equal(mayReadTargets(actor), reads, said);
    assert.equal(maySetTargets(actor), sets, said);
    assert.equal(targetScope(actor).kind, sets ? 'all' : 'own', said);
  }
});
