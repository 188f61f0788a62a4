import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#modules/organisation/contract.ts';
import { holding } from '#modules/organisation/testing.ts';
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

const people = {
  drafter: holding('research-officer', { bodyKind: 'research-office' }, 'drafter'),
  editor: holding('research-officer', { bodyKind: 'research-office' }, 'editor'),
  // The lead of a core group is a research officer by rule.
  officer: holding('lead', { bodyKind: 'core-group' }, 'officer'),
  head: holding('head', { bodyKind: 'leading-group' }, 'head'),
  deputy: holding('deputy', { bodyKind: 'leading-group' }, 'deputy'),
  groupMember: holding('member', { bodyKind: 'leading-group' }, 'groupMember'),
  principal: holding('principal', { schoolId: 'school' }, 'principal'),
  vicePrincipal: holding('vice-principal', { schoolId: 'school' }, 'vice'),
  dean: holding('dean', { schoolId: 'school' }, 'dean'),
  subjectLead: holding('subject-lead', { schoolId: 'school' }, 'subject'),
  teacher: holding('teacher', { schoolId: 'school' }, 'teacher'),
  coreMember: holding('member', { bodyKind: 'core-group' }, 'core'),
  consortiumHead: holding('head', { bodyKind: 'consortium' }, 'consortium'),
  nobodysAccount: holding('research-officer', { bodyKind: 'research-office' }, null),
  administrator: {
    ...holding('teacher', {}, null),
    appointments: [],
    duties: ['system', 'security', 'audit'],
  },
} as const satisfies Record<string, Actor>;
type Who = keyof typeof people;

const circular = (state: CircularState): CircularFacts => ({
  kind: 'bulletin',
  state,
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
  const draft = circular('draft');
  assert.deepEqual(stepsFor(people.officer, { ...draft, kind: 'notice' }), ['edit', 'check', 'void']);
  assert.deepEqual(stepsFor(people.officer, { ...draft, kind: 'rectification-letter' }), [
    'edit',
    'redraft',
    'check',
    'void',
  ]);
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
