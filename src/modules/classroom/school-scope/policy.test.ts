import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Actor } from '#modules/organisation/contract.ts';
import { holding } from '#modules/organisation/testing.ts';
import {
  isSchoolInScope,
  mayCheckSchool,
  mayCheckSomeSchool,
  mayReadSchoolChecks,
  maySeeClass,
  schoolScope,
} from './policy.ts';

it('who reads and who makes checks of a school, post by post', () => {
  const nobody: Actor = { ...holding('teacher', {}), appointments: [] };
  const cases: [
    string,
    Actor,
    readOwn: boolean,
    readOther: boolean,
    checkOwn: boolean,
    checkOther: boolean,
    classes: boolean,
  ][] = [
    ['principal', holding('principal', { schoolId: 'own' }), true, false, true, false, true],
    ['vice-principal', holding('vice-principal', { schoolId: 'own' }), true, false, true, false, true],
    ['dean', holding('dean', { schoolId: 'own' }), true, false, true, false, true],
    ['subject lead', holding('subject-lead', { schoolId: 'own' }), false, false, false, false, false],
    ['teacher', holding('teacher', { schoolId: 'own' }), false, false, false, false, false],
    ['officer', holding('research-officer', { bodyKind: 'research-office' }), true, true, true, true, false],
    ['core lead', holding('lead', { bodyKind: 'core-group' }), true, true, true, true, false],
    ['core member', holding('member', { bodyKind: 'core-group' }), false, false, false, false, false],
    ['leading group', holding('head', { bodyKind: 'leading-group' }), true, true, false, false, false],
    ['consortium head', holding('head', { bodyKind: 'consortium' }), false, false, false, false, false],
    [
      'account without person',
      { ...holding('principal', { schoolId: 'own' }, null) },
      true,
      false,
      false,
      false,
      true,
    ],
    [
      'administrator',
      { ...nobody, personId: null, duties: ['system', 'audit'] },
      false,
      false,
      false,
      false,
      false,
    ],
  ];
  for (const [who, actor, readOwn, readOther, checkOwn, checkOther, classes] of cases) {
    const scope = schoolScope(actor);
    assert.equal(isSchoolInScope(scope, 'own'), readOwn, `${who} reads own`);
    assert.equal(isSchoolInScope(scope, 'other'), readOther, `${who} reads other`);
    assert.equal(mayReadSchoolChecks(actor), readOwn || readOther, who);
    assert.equal(mayCheckSchool(actor, 'own'), checkOwn, `${who} checks own`);
    assert.equal(mayCheckSchool(actor, 'other'), checkOther, `${who} checks other`);
    assert.equal(mayCheckSomeSchool(actor), checkOwn || checkOther, who);
    const row = { schoolId: 'own', byPersonId: 'somebody' };
    assert.equal(maySeeClass(scope, row), classes, `${who} sees the class`);
    assert.equal(
      maySeeClass(scope, { schoolId: 'other', byPersonId: 'person' }),
      actor.personId === 'person',
      `${who}: where one was oneself`,
    );
  }
});
