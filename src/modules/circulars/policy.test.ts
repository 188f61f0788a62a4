import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActiveAppointment, Actor, BodyKind, Post } from '#modules/organisation/contract.ts';
import { type CircularState, circularStates, type Step, steps } from './contract.ts';
import {
  type CircularFacts,
  circularScope,
  mayBrowseCirculars,
  mayDraft,
  mayHandle,
  mayReadReceipts,
  maySetLetterhead,
  maySignCirculars,
  mayTake,
  stepsFor,
} from './policy.ts';

const holding = (
  personId: string | null,
  post: Post,
  place: { bodyKind?: BodyKind; schoolId?: string },
): Actor => ({
  accountId: 'account',
  personId,
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

const people = {
  drafter: holding('drafter', 'research-officer', { bodyKind: 'research-office' }),
  editor: holding('editor', 'research-officer', { bodyKind: 'research-office' }),
  // The lead of a core group is a research officer by rule.
  officer: holding('officer', 'lead', { bodyKind: 'core-group' }),
  head: holding('head', 'head', { bodyKind: 'leading-group' }),
  deputy: holding('deputy', 'deputy', { bodyKind: 'leading-group' }),
  groupMember: holding('groupMember', 'member', { bodyKind: 'leading-group' }),
  principal: holding('principal', 'principal', { schoolId: 'school' }),
  vicePrincipal: holding('vice', 'vice-principal', { schoolId: 'school' }),
  dean: holding('dean', 'dean', { schoolId: 'school' }),
  subjectLead: holding('subject', 'subject-lead', { schoolId: 'school' }),
  teacher: holding('teacher', 'teacher', { schoolId: 'school' }),
  coreMember: holding('core', 'member', { bodyKind: 'core-group' }),
  consortiumHead: holding('consortium', 'head', { bodyKind: 'consortium' }),
  nobodysAccount: holding(null, 'research-officer', { bodyKind: 'research-office' }),
  administrator: {
    ...holding(null, 'teacher', {}),
    appointments: [],
    duties: ['system', 'security', 'audit'],
  },
} as const satisfies Record<string, Actor>;
type Who = keyof typeof people;

const circular = (state: CircularState): CircularFacts => ({
  state,
  topic: 'principal-observation',
  draftedBy: 'drafter',
  editedBy: 'editor',
});

/** Everything that is allowed; whatever is not named here is refused. */
const allowed: Readonly<Record<Step, Partial<Record<CircularState, readonly Who[]>>>> = {
  edit: { draft: ['drafter', 'editor', 'officer'] },
  redraft: { draft: ['drafter', 'editor', 'officer'] },
  check: { draft: ['officer'] },
  return: { checked: ['drafter', 'editor', 'officer', 'head', 'deputy'], signed: ['head', 'deputy'] },
  sign: { checked: ['head', 'deputy'] },
  issue: { signed: ['drafter', 'editor', 'officer', 'head', 'deputy'] },
  void: { draft: ['drafter', 'editor', 'officer'], issued: ['head', 'deputy'] },
};

const isWho = (name: string): name is Who => name in people;
const everybody = Object.keys(people).filter(isWho);

test('post × step × state: exactly what is named is allowed', () => {
  for (const step of steps)
    for (const state of circularStates)
      for (const who of everybody)
        assert.equal(
          mayTake(people[who], step, circular(state)),
          allowed[step][state]?.includes(who) ?? false,
          `${who} ${step} ${state}`,
        );
});

test('a notice has no figures to draft again from', () => {
  const notice = { ...circular('draft'), topic: null };
  assert.deepEqual(stepsFor(people.officer, notice), ['edit', 'check', 'void']);
});

test('post × endpoint', () => {
  const office: readonly Who[] = ['drafter', 'editor', 'officer'];
  const signers: readonly Who[] = ['head', 'deputy'];
  const group: readonly Who[] = [...office, ...signers, 'groupMember', 'nobodysAccount'];
  const leaders: readonly Who[] = ['principal', 'vicePrincipal', 'dean'];
  const expected: [name: string, may: (actor: Actor) => boolean, who: readonly Who[]][] = [
    ['browse', mayBrowseCirculars, [...group, ...leaders]],
    ['draft', mayDraft, office],
    ['sign', maySignCirculars, signers],
    ['handle', mayHandle, [...office, ...signers]],
    ['receipts', mayReadReceipts, group],
    ['letterhead', maySetLetterhead, [...office, ...signers]],
  ];
  for (const [name, may, who] of expected)
    for (const one of everybody) assert.equal(may(people[one]), who.includes(one), `${one} ${name}`);
});

test('drafts are within the leading group’s scope only', () => {
  for (const who of everybody)
    assert.equal(
      circularScope(people[who]).kind,
      ['drafter', 'editor', 'officer', 'head', 'deputy', 'groupMember', 'nobodysAccount'].includes(who)
        ? 'all'
        : 'issued',
      who,
    );
});
