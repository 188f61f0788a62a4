import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActiveAppointment, Actor, Duty, Stage, Subject } from '#modules/organisation/contract.ts';
import {
  curriculumScope,
  isWithinCurriculum,
  mayKeepCompetencies,
  mayKeepCurriculum,
  mayKeepSomeCurriculum,
} from './policy.ts';

const actor = (held: readonly Partial<ActiveAppointment>[], duties: readonly Duty[] = []): Actor => ({
  accountId: 'account',
  personId: 'person',
  name: '某人',
  duties,
  appointments: held.map((one) => ({
    id: 'appointment',
    post: 'member',
    bodyId: null,
    bodyKind: null,
    parentBodyId: null,
    schoolId: null,
    stage: null,
    subject: null,
    gradeFrom: null,
    gradeTo: null,
    ...one,
  })),
});

const primaryMaths = { subject: 'mathematics', stage: 'primary' } as const;
const group = { bodyKind: 'core-group', ...primaryMaths } as const;

const people = {
  'system duty': actor([], ['system']),
  'security duty': actor([], ['security']),
  'audit duty': actor([], ['audit']),
  'leading group head': actor([{ bodyKind: 'leading-group', post: 'head' }]),
  'office member': actor([{ bodyKind: 'research-office', post: 'research-officer' }]),
  'lead of primary mathematics': actor([{ ...group, post: 'lead' }]),
  'lead of both stages': actor([{ ...group, stage: null, post: 'lead' }]),
  'grade lead of primary mathematics': actor([{ ...group, post: 'grade-lead' }]),
  'member of primary mathematics': actor([{ ...group, post: 'member' }]),
  'subject group lead': actor([{ bodyKind: 'subject-group', post: 'lead', ...primaryMaths }]),
  principal: actor([{ post: 'principal', schoolId: 'school' }]),
  'subject lead of a school': actor([{ post: 'subject-lead', schoolId: 'school', ...primaryMaths }]),
  teacher: actor([{ post: 'teacher', schoolId: 'school' }]),
  nobody: actor([]),
} as const;
type Name = keyof typeof people;

const places: readonly (readonly [Subject, Stage, readonly Name[]])[] = [
  ['mathematics', 'primary', ['lead of primary mathematics', 'lead of both stages']],
  ['mathematics', 'junior', ['lead of both stages']],
  ['chinese', 'primary', []],
];
const always: readonly Name[] = ['system duty', 'office member'];

test('who keeps the textbooks of a subject in a stage', () => {
  for (const [subject, stage, more] of places)
    for (const [name, person] of Object.entries(people)) {
      const expected = [...always, ...more].some((one) => one === name);
      assert.equal(mayKeepCurriculum(person, { subject, stage }), expected, `${name}: ${stage} ${subject}`);
      assert.equal(isWithinCurriculum(curriculumScope(person), { subject, stage }), expected);
    }
});

test('who reaches the pages to keep them, and who adds competencies', () => {
  for (const [name, person] of Object.entries(people)) {
    const keeps = [...always, 'lead of primary mathematics', 'lead of both stages'].includes(name);
    assert.equal(mayKeepSomeCurriculum(person), keeps, name);
    assert.equal(mayKeepCompetencies(person, 'mathematics'), keeps, name);
    assert.equal(
      mayKeepCompetencies(person, 'history'),
      always.some((one) => one === name),
      name,
    );
  }
});
