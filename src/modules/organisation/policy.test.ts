import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActiveAppointment, Actor, Duty } from './contract.ts';
import {
  mayAppoint,
  mayDecideNomination,
  mayKeepBells,
  mayKeepCalendar,
  mayKeepDirectory,
  mayKeepTeaching,
  mayNominate,
  maySeePhone,
  mayShapeBodies,
  nominationScope,
  phoneScope,
} from './policy.ts';

const own = 'school-own';
const other = 'school-other';
const consortium = 'consortium-own';
const elsewhere = 'consortium-other';

const held = (
  appointment: Partial<ActiveAppointment> & Pick<ActiveAppointment, 'post'>,
): ActiveAppointment => ({
  id: 'appointment',
  bodyId: null,
  bodyKind: null,
  parentBodyId: null,
  schoolId: null,
  stage: null,
  subject: null,
  gradeFrom: null,
  gradeTo: null,
  ...appointment,
});

const actor = (appointments: readonly ActiveAppointment[], duties: readonly Duty[] = []): Actor => ({
  accountId: 'account',
  personId: 'person',
  name: '某人',
  appointments,
  duties,
});

const inBody = (
  bodyKind: NonNullable<ActiveAppointment['bodyKind']>,
  post: ActiveAppointment['post'],
  more: Partial<ActiveAppointment> = {},
) => held({ bodyKind, bodyId: `${bodyKind}-own`, post, ...more });

const group = { parentBodyId: consortium, subject: 'chinese', stage: 'primary', schoolId: own } as const;

/** Everyone there is in the module's eyes; whoever is not named in a row below may not. */
const everyone = {
  'system duty': actor([], ['system']),
  'security duty': actor([], ['security']),
  'audit duty': actor([], ['audit']),
  'leading group head': actor([inBody('leading-group', 'head')]),
  'leading group deputy': actor([inBody('leading-group', 'deputy')]),
  'research officer': actor([inBody('research-office', 'research-officer')]),
  'consortium head': actor([inBody('consortium', 'head', { bodyId: consortium })]),
  'core group lead': actor([inBody('core-group', 'lead', { subject: 'chinese', stage: 'primary' })]),
  'core group member': actor([inBody('core-group', 'member', { subject: 'chinese', stage: 'primary' })]),
  'grade lead': actor([inBody('grade-team', 'grade-lead')]),
  'grade team member': actor([inBody('grade-team', 'member')]),
  'subject group lead': actor([inBody('subject-group', 'lead', group)]),
  'subject group subject-lead': actor([inBody('subject-group', 'subject-lead', group)]),
  'subject group member': actor([inBody('subject-group', 'member', group)]),
  principal: actor([held({ post: 'principal', schoolId: own })]),
  'vice-principal': actor([held({ post: 'vice-principal', schoolId: own })]),
  dean: actor([held({ post: 'dean', schoolId: own })]),
  'school subject-lead': actor([held({ post: 'subject-lead', schoolId: own, subject: 'chinese' })]),
  teacher: actor([held({ post: 'teacher', schoolId: own })]),
  nobody: actor([]),
} as const;
type Who = keyof typeof everyone;

/** The notice takes a core group's leads from the research office. */
const officers = ['research officer', 'core group lead'] as const;
const leaders = ['principal', 'vice-principal', 'dean'] as const;

const table: readonly [what: string, may: (who: Actor) => boolean, allowed: readonly Who[]][] = [
  ['keep the directory', mayKeepDirectory, ['system duty']],
  ['shape bodies', mayShapeBodies, ['system duty', ...officers]],
  ['keep the calendar', mayKeepCalendar, ['system duty', ...officers]],
  ['keep teaching of the own school', (who) => mayKeepTeaching(who, own), ['system duty', ...leaders]],
  ['keep teaching of another school', (who) => mayKeepTeaching(who, other), ['system duty']],
  ['keep teaching of nobody’s school', (who) => mayKeepTeaching(who, null), ['system duty']],
  ['keep bells of the own school', (who) => mayKeepBells(who, own), ['system duty', ...leaders]],
  ['keep the default bells', (who) => mayKeepBells(who, null), ['system duty', ...officers]],
  ['appoint a principal', (who) => mayAppoint(who, { bodyKind: null, post: 'principal' }), ['system duty']],
  [
    'appoint to the leading group',
    (who) => mayAppoint(who, { bodyKind: 'leading-group', post: 'deputy' }),
    ['system duty'],
  ],
  [
    'appoint to the research office',
    (who) => mayAppoint(who, { bodyKind: 'research-office', post: 'research-officer' }),
    ['system duty'],
  ],
  ...(['core-group', 'grade-team', 'consortium', 'subject-group'] as const).map(
    (bodyKind): [string, (who: Actor) => boolean, readonly Who[]] => [
      `appoint to a ${bodyKind}`,
      (who) => mayAppoint(who, { bodyKind, post: 'member' }),
      ['system duty', ...officers],
    ],
  ),
  [
    'appoint a lead of a core group',
    (who) => mayAppoint(who, { bodyKind: 'core-group', post: 'lead' }),
    ['system duty'],
  ],
  ['see phones of the own school', (who) => maySeePhone(phoneScope(who), own), ['system duty', ...leaders]],
  ['see phones of another school', (who) => maySeePhone(phoneScope(who), other), ['system duty']],
  ['see phones of people without a school', (who) => maySeePhone(phoneScope(who), null), ['system duty']],
  ['nominate for the own school', (who) => mayNominate(who, own), leaders],
  ['nominate for another school', (who) => mayNominate(who, other), []],
  [
    'decide a nomination of the own subject and consortium',
    (who) => mayDecideNomination(who, { consortiumId: consortium, stage: 'primary', subject: 'chinese' }),
    ['consortium head', 'subject group lead', 'subject group subject-lead'],
  ],
  [
    'decide a nomination of another subject',
    (who) => mayDecideNomination(who, { consortiumId: consortium, stage: 'primary', subject: 'science' }),
    ['consortium head'],
  ],
  [
    'decide a nomination of another consortium',
    (who) => mayDecideNomination(who, { consortiumId: elsewhere, stage: 'primary', subject: 'chinese' }),
    [],
  ],
  [
    'see all nominations',
    (who) => nominationScope(who).all,
    ['system duty', 'leading group head', 'leading group deputy', ...officers],
  ],
];

const whos = Object.entries(everyone);

for (const [what, may, allowed] of table)
  test(`who may ${what}`, () => {
    const able = whos.filter(([, who]) => may(who)).map(([name]) => name);
    assert.deepEqual(able.sort(), [...allowed].sort());
  });

test('the scope of nominations holds the schools led and the groups decided, nothing else', () => {
  assert.deepEqual(nominationScope(everyone.principal), {
    all: false,
    schoolIds: [own],
    consortiumIds: [],
    subjectGroups: [],
  });
  assert.deepEqual(nominationScope(everyone['subject group lead']), {
    all: false,
    schoolIds: [],
    consortiumIds: [],
    subjectGroups: [{ consortiumId: consortium, subject: 'chinese' }],
  });
  assert.deepEqual(nominationScope(everyone.teacher), {
    all: false,
    schoolIds: [],
    consortiumIds: [],
    subjectGroups: [],
  });
});
