import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ActiveAppointment, Actor } from '#modules/organisation/contract.ts';
import { newId } from '#platform/ids.ts';
import {
  type CalibrationPart,
  type CalibrationState,
  type CalibrationStep,
  calibrationParts,
  calibrationStates,
} from './contract.ts';
import {
  calibrationScope,
  calibrationStepsFor,
  mayOrganise,
  mayRate,
  maySeeOwnResult,
  maySeeSum,
  mayTakePart,
} from './policy.ts';

const actor = (held: Partial<ActiveAppointment> | null, personId: string | null = newId()): Actor => ({
  accountId: newId(),
  personId,
  name: '甲',
  duties: [],
  appointments:
    held === null
      ? []
      : [
          {
            id: newId(),
            bodyId: null,
            parentBodyId: null,
            schoolId: null,
            gradeFrom: null,
            gradeTo: null,
            post: 'teacher',
            bodyKind: null,
            stage: null,
            subject: null,
            ...held,
          },
        ],
});
const schoolId = newId();
const people: readonly (readonly [who: string, actor: Actor, organises: boolean])[] = [
  ['head of the leading group', actor({ bodyKind: 'leading-group', post: 'head' }), true],
  ['research officer', actor({ bodyKind: 'research-office', post: 'research-officer' }), true],
  ['lead of a core group', actor({ bodyKind: 'core-group', post: 'lead' }), true],
  ['member of a core group', actor({ bodyKind: 'core-group', post: 'member' }), false],
  ['head of a consortium', actor({ bodyKind: 'consortium', post: 'head' }), false],
  ['principal', actor({ post: 'principal', schoolId }), false],
  ['vice-principal', actor({ post: 'vice-principal', schoolId }), false],
  ['teacher', actor({ post: 'teacher', schoolId }), false],
  ['nobody of the roster', actor(null, null), false],
  ['an officer’s account without its person', actor({ bodyKind: 'research-office' }, null), false],
];

describe('who organises and takes part', () => {
  for (const [who, one, organises] of people)
    it(who, () => {
      assert.equal(mayOrganise(one), organises);
      assert.equal(mayTakePart(one), one.personId !== null);
      assert.deepEqual(calibrationScope(one), { personId: one.personId, all: organises });
    });
});

describe('what may be done and seen in each state', () => {
  const steps: Readonly<Record<CalibrationState, readonly CalibrationStep[]>> = {
    draft: ['change', 'open'],
    open: ['extend', 'close'],
    closed: [],
  };
  const invitations: readonly (CalibrationPart | null)[] = [...calibrationParts, null];
  for (const [who, one, organises] of people)
    for (const state of calibrationStates)
      it(`${who}, ${state}`, () => {
        assert.deepEqual(calibrationStepsFor(one, { state }), organises ? steps[state] : []);
        assert.equal(maySeeSum(one, { state }), organises && state === 'closed');
        for (const invitedAs of invitations) {
          const takesPart = one.personId !== null && invitedAs !== null;
          assert.equal(mayRate(one, { state, invitedAs }), takesPart && state === 'open');
          assert.equal(maySeeOwnResult(one, { state, invitedAs }), takesPart && state === 'closed');
        }
      });
});
