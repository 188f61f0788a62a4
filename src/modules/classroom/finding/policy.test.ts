import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ActiveAppointment, Actor } from '#modules/organisation/contract.ts';
import type { FindingAct } from './contract.ts';
import {
  actsFor,
  type FindingFacts,
  findingScope,
  mayFind,
  mayFindAt,
  mayReadFigures,
  maySeeNames,
} from './policy.ts';
import { type Recorded, standingFrom } from './rules.ts';

const post = (held: Partial<ActiveAppointment>): ActiveAppointment => ({
  id: 'appointment',
  post: 'teacher',
  bodyId: null,
  bodyKind: null,
  parentBodyId: null,
  schoolId: null,
  stage: null,
  subject: null,
  gradeFrom: null,
  gradeTo: null,
  ...held,
});
const inBody = (kind: NonNullable<ActiveAppointment['bodyKind']>, held: Partial<ActiveAppointment>) =>
  post({ bodyId: 'body', bodyKind: kind, ...held });
const at = (schoolId: string, name: ActiveAppointment['post']) => post({ schoolId, post: name });

const someone = (personId: string, ...appointments: ActiveAppointment[]): Actor => ({
  accountId: personId,
  personId,
  name: personId,
  appointments,
  duties: [],
});

const officer = someone('officer', inBody('research-office', { post: 'research-officer' }));
const colleague = someone('colleague', inBody('core-group', { post: 'lead', subject: 'mathematics' }));
const head = someone('head', inBody('leading-group', { post: 'head' }));
const groupMember = someone('group-member', inBody('core-group', { post: 'member' }));
const principal = someone('principal', at('here', 'principal'));
const vice = someone('vice', at('here', 'vice-principal'));
const dean = someone('dean', at('here', 'dean'));
const subjectLead = someone('subject-lead', at('here', 'subject-lead'));
const teacher = someone('teacher', at('here', 'teacher'));
const elsewhere = someone('elsewhere', at('there', 'principal'));
const principalInOffice = someone(
  'both',
  at('here', 'principal'),
  inBody('research-office', { post: 'member' }),
);
const administrator: Actor = {
  ...someone('administrator'),
  personId: null,
  duties: ['system', 'security', 'audit'],
};
const everybody = [
  officer,
  colleague,
  head,
  groupMember,
  principal,
  vice,
  dean,
  subjectLead,
  teacher,
  elsewhere,
  principalInOffice,
  administrator,
];

const record = (act: FindingAct, personId: string, given: Partial<Recorded> = {}): Recorded => ({
  act,
  personId,
  doneOn: '2024-03-20',
  dayOn: null,
  responsiblePost: null,
  responsibleId: null,
  checkerId: null,
  answerUntil: null,
  ...given,
});
const given = { dayOn: '2024-04-03', answerUntil: '2024-03-25' };

const district: FindingFacts = { kind: 'district', schoolId: 'here', foundBy: 'group-member' };
const inside: FindingFacts = { kind: 'school', schoolId: 'here', foundBy: 'subject-lead' };

const districtWay: readonly Recorded[] = [
  record('find', 'group-member'),
  record('register', 'officer'),
  record('hand-over', 'officer', { ...given, responsiblePost: 'vice-principal', checkerId: 'officer' }),
  record('accept', 'vice'),
  record('plan', 'vice'),
  record('report-done', 'vice'),
  record('recheck', 'officer'),
  record('close', 'officer'),
];
const schoolWay: readonly Recorded[] = [
  record('find', 'subject-lead'),
  record('register', 'dean'),
  record('hand-over', 'dean', { ...given, responsibleId: 'teacher', checkerId: 'dean' }),
  record('accept', 'teacher'),
  record('plan', 'teacher'),
  record('report-done', 'teacher'),
  record('recheck', 'dean'),
  record('close', 'dean'),
];
const asked = record('ask-extension', 'vice', { dayOn: '2024-04-20' });
const answered = record('answer', 'vice');

const manage: readonly FindingAct[] = ['change-checker', 'cancel'];
const work = (act: FindingAct): readonly FindingAct[] => [act, 'answer', 'ask-extension'];
const report: readonly FindingAct[] = ['report-done', 'plan', 'answer', 'ask-extension'];

interface Case {
  readonly state: string;
  readonly facts: FindingFacts;
  readonly events: readonly Recorded[];
  /** Everybody else may do nothing. */
  readonly may: Readonly<Record<string, readonly FindingAct[]>>;
}
const managers = (acts: readonly FindingAct[]) => ({ officer: acts, colleague: acts, head: acts });

const cases: readonly Case[] = [
  {
    state: 'district, found',
    facts: district,
    events: districtWay.slice(0, 1),
    may: {
      ...managers(['register', 'cancel']),
      both: ['register', 'cancel'],
      'group-member': ['cancel'],
    },
  },
  {
    state: 'district, registered',
    facts: district,
    events: districtWay.slice(0, 2),
    may: { ...managers(['hand-over', 'cancel']), both: ['hand-over', 'cancel'] },
  },
  {
    state: 'district, handed over',
    facts: district,
    events: districtWay.slice(0, 3),
    may: {
      ...managers(manage),
      vice: work('accept'),
      principal: work('accept'),
      both: work('accept'),
      dean: ['answer'],
    },
  },
  {
    state: 'district, answered by the school',
    facts: district,
    events: [...districtWay.slice(0, 3), answered],
    may: {
      officer: ['reply', ...manage],
      head: ['reply', ...manage],
      colleague: manage,
      vice: work('accept'),
      principal: work('accept'),
      both: work('accept'),
      dean: ['answer'],
    },
  },
  {
    state: 'district, planned, extension asked',
    facts: district,
    events: [...districtWay.slice(0, 5), asked],
    may: {
      officer: ['grant-extension', 'refuse-extension', ...manage],
      head: ['grant-extension', 'refuse-extension', ...manage],
      colleague: manage,
      vice: ['report-done', 'plan', 'answer'],
      principal: ['report-done', 'plan', 'answer'],
      both: ['report-done', 'plan', 'answer'],
      dean: ['answer'],
    },
  },
  {
    state: 'district, done',
    facts: district,
    events: districtWay.slice(0, 6),
    may: { ...managers(manage), officer: ['recheck', ...manage] },
  },
  {
    state: 'district, recheck',
    facts: district,
    events: districtWay.slice(0, 7),
    may: { ...managers(manage), officer: ['close', 'send-back', ...manage] },
  },
  { state: 'district, closed', facts: district, events: districtWay, may: {} },
  {
    state: 'district, cancelled',
    facts: district,
    events: [...districtWay.slice(0, 4), record('cancel', 'officer')],
    may: {},
  },
  {
    state: 'inside, found',
    facts: inside,
    events: schoolWay.slice(0, 1),
    may: {
      principal: ['register', 'cancel'],
      vice: ['register', 'cancel'],
      dean: ['register', 'cancel'],
      both: ['register', 'cancel'],
      'subject-lead': ['cancel'],
    },
  },
  {
    state: 'inside, handed over to a teacher',
    facts: inside,
    events: schoolWay.slice(0, 3),
    may: {
      principal: manage,
      vice: manage,
      dean: manage,
      both: manage,
      teacher: work('accept'),
    },
  },
  {
    state: 'inside, planned',
    facts: inside,
    events: schoolWay.slice(0, 5),
    may: { principal: manage, vice: manage, dean: manage, both: manage, teacher: report },
  },
  {
    state: 'inside, done',
    facts: inside,
    events: schoolWay.slice(0, 6),
    may: { principal: manage, vice: manage, dean: ['recheck', ...manage], both: manage },
  },
  { state: 'inside, closed', facts: inside, events: schoolWay, may: {} },
];

describe('who may do what', () => {
  for (const { state, facts, events, may } of cases)
    test(state, () => {
      const standing = standingFrom(events);
      assert.ok(standing);
      for (const actor of everybody)
        assert.deepEqual(
          actsFor(actor, facts, standing),
          may[actor.personId ?? ''] ?? [],
          `${actor.personId} at ${state}`,
        );
    });
});

test('who may note what, where', () => {
  const districtFinders = [officer, colleague, head, groupMember, principalInOffice];
  const insideFinders = [principal, vice, dean, subjectLead, principalInOffice];
  for (const actor of everybody) {
    assert.equal(mayFindAt(actor, 'district', 'here'), districtFinders.includes(actor), actor.name);
    assert.equal(mayFindAt(actor, 'school', 'here'), insideFinders.includes(actor), actor.name);
    assert.equal(mayFindAt(actor, 'school', 'there'), actor === elsewhere, actor.name);
    assert.equal(
      mayFind(actor),
      districtFinders.includes(actor) || insideFinders.includes(actor) || actor === elsewhere,
    );
  }
});

test('scope: the district from above, one’s own school, what one is named in, nothing more', () => {
  assert.deepEqual(findingScope(officer), { personId: 'officer', allDistrict: true, ledSchoolIds: [] });
  assert.deepEqual(findingScope(dean), { personId: 'dean', allDistrict: false, ledSchoolIds: ['here'] });
  assert.deepEqual(findingScope(teacher), { personId: 'teacher', allDistrict: false, ledSchoolIds: [] });
  assert.deepEqual(findingScope(groupMember).allDistrict, false);
  assert.deepEqual(findingScope(administrator), { personId: null, allDistrict: false, ledSchoolIds: [] });
  assert.equal(mayReadFigures(teacher), false);
  assert.equal(mayReadFigures(administrator), false);
  assert.equal(mayReadFigures(principal), true);
});

test('above the school its people have no names', () => {
  assert.equal(maySeeNames(officer, district), false);
  assert.equal(maySeeNames(head, district), false);
  assert.equal(maySeeNames(groupMember, district), false);
  assert.equal(maySeeNames(principal, district), true);
  assert.equal(maySeeNames(teacher, inside), true);
});
