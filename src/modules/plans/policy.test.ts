import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActiveAppointment, Actor, BodyKind, Post } from '#modules/organisation/contract.ts';
import { mayReadTargets, maySetTargets, targetScope } from './policy.ts';

const holding = (post: Post, place: { bodyKind?: BodyKind; schoolId?: string }): Actor => ({
  accountId: 'account',
  personId: 'person',
  name: '某人',
  duties: [],
  appointments: [
    {
      id: 'appointment',
      post,
      bodyId: place.bodyKind === undefined ? null : 'body',
      bodyKind: place.bodyKind ?? null,
      parentBodyId: null,
      schoolId: place.schoolId ?? null,
      stage: null,
      subject: null,
      gradeFrom: null,
      gradeTo: null,
    } satisfies ActiveAppointment,
  ],
});

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
