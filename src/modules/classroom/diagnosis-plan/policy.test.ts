import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holding } from '#modules/organisation/testing.ts';
import { mayListDiagnosisPlans, mayOpenPlan, mayPlanDiagnosis, planScope } from './policy.ts';

const principal = holding('principal', { schoolId: 's1' });
const dean = holding('dean', { schoolId: 's1' }, 'dean');
const teacher = holding('teacher', { schoolId: 's1' });
const officer = holding('research-officer', { bodyKind: 'research-office' });
const deputyHead = holding('deputy', { bodyKind: 'leading-group' });

describe('who makes, lists and opens plans', () => {
  const cases = [
    ['a principal', principal, true, true],
    ['a dean', dean, true, true],
    ['a teacher', teacher, false, false],
    ['a research officer', officer, false, true],
    ['the leading group', deputyHead, false, true],
  ] as const;
  for (const [name, actor, plans, lists] of cases)
    it(name, () => assert.deepEqual([mayPlanDiagnosis(actor), mayListDiagnosisPlans(actor)], [plans, lists]));

  const deputy = { personId: 'deputy', schoolId: 's1', state: 'confirmed' } as const;
  it('the author and, once confirmed, the school’s principal; nobody of the district', () => {
    assert.deepEqual(
      [principal, dean, officer, deputyHead, teacher].map((actor) => mayOpenPlan(actor, deputy)),
      [true, false, false, false, false],
    );
    assert.equal(mayOpenPlan(principal, { ...deputy, state: 'draft' }), false);
    assert.equal(mayOpenPlan(principal, { ...deputy, schoolId: 's2' }), false);
    assert.equal(mayOpenPlan(dean, { ...deputy, personId: 'dean', state: 'draft' }), true);
  });

  it('a dean lists only the own one, a principal the school’s, the district all', () => {
    assert.deepEqual(
      [dean, principal, officer].map((actor) => [
        planScope(actor).allSchools,
        planScope(actor).headedSchoolIds,
      ]),
      [
        [false, []],
        [false, ['s1']],
        [true, []],
      ],
    );
  });
});
