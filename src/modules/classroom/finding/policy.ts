import type { Actor } from '#modules/organisation/contract.ts';
import { holdsIn, isInLeadingGroup, maySign, schoolsLedBy, schoolsOf } from '#modules/organisation/rules.ts';
import type { FindingAct, FindingKind, FindingRole, FindingSide, ResponsiblePost } from './contract.ts';
import { findingActs, responsiblePosts } from './contract.ts';
import { mayFollow, type Standing, wayOn } from './rules.ts';

export interface FindingFacts {
  readonly kind: FindingKind;
  readonly schoolId: string;
  readonly foundBy: string;
}

const isDistrictManager = (actor: Actor): boolean => actor.personId !== null && isInLeadingGroup(actor);
const ledBy = (actor: Actor): readonly string[] => (actor.personId === null ? [] : schoolsLedBy(actor));

/** Schools inside which a person may note a finding: leaders and subject leads. */
export const schoolsToFindIn = (actor: Actor): readonly string[] =>
  actor.personId === null ? [] : schoolsOf(actor, [...responsiblePosts, 'subject-lead']);

/** Leading group, research office and the core groups that go on visits with it. */
export const mayFindForDistrict = (actor: Actor): boolean =>
  actor.personId !== null &&
  (isInLeadingGroup(actor) || holdsIn(actor, 'core-group') || holdsIn(actor, 'grade-team'));

export const mayFind = (actor: Actor): boolean =>
  mayFindForDistrict(actor) || schoolsToFindIn(actor).length > 0;

export const mayFindAt = (actor: Actor, kind: FindingKind, schoolId: string): boolean =>
  kind === 'district' ? mayFindForDistrict(actor) : schoolsToFindIn(actor).includes(schoolId);

/** Registers, hands over, cancels. */
export const mayManage = (actor: Actor, kind: FindingKind, schoolId: string): boolean =>
  kind === 'district' ? isDistrictManager(actor) : ledBy(actor).includes(schoolId);

export const mayManageSome = (actor: Actor): boolean => isDistrictManager(actor) || ledBy(actor).length > 0;

/** Somebody may be named inside a school without any post beside teaching. */
export const mayReadFindings = (actor: Actor): boolean => actor.personId !== null;

export const mayReadFigures = (actor: Actor): boolean => isDistrictManager(actor) || ledBy(actor).length > 0;

/** Whose findings a person may see. */
export interface FindingScope {
  readonly personId: string | null;
  /** Everything from the district to a school; of findings inside schools nothing. */
  readonly allDistrict: boolean;
  readonly ledSchoolIds: readonly string[];
}

export const findingScope = (actor: Actor): FindingScope => ({
  personId: actor.personId,
  allDistrict: isDistrictManager(actor),
  ledSchoolIds: ledBy(actor),
});

/** Plain data that says what waits for a person. */
export interface WaitingScope extends FindingScope {
  readonly postsHeld: readonly { readonly schoolId: string; readonly post: ResponsiblePost }[];
  /** Stands in where somebody of the district has left. */
  readonly standsInForDistrict: boolean;
}

export const waitingScope = (actor: Actor): WaitingScope => ({
  ...findingScope(actor),
  standsInForDistrict: actor.personId !== null && maySign(actor),
  postsHeld:
    actor.personId === null
      ? []
      : responsiblePosts.flatMap((post) => schoolsOf(actor, [post]).map((schoolId) => ({ schoolId, post }))),
});

/** Names of the school's people stay in the school: above it one reads the school and the post. */
export const maySeeNames = (actor: Actor, { kind, schoolId }: FindingFacts): boolean =>
  kind === 'school' || ledBy(actor).includes(schoolId);

const holdsPost = (actor: Actor, schoolId: string, posts: readonly ResponsiblePost[]): boolean =>
  actor.personId !== null && schoolsOf(actor, posts).includes(schoolId);

/** The person named, else whoever holds the post; from the district to a school always the principal too. */
export const isResponsible = (
  actor: Actor,
  { kind, schoolId }: FindingFacts,
  standing: Standing,
): boolean => {
  if (standing.responsibleId !== null) return standing.responsibleId === actor.personId;
  if (standing.responsiblePost === null) return false;
  return holdsPost(
    actor,
    schoolId,
    kind === 'district' ? [standing.responsiblePost, 'principal'] : [standing.responsiblePost],
  );
};

const isManager = (actor: Actor, { kind, schoolId }: FindingFacts): boolean =>
  mayManage(actor, kind, schoolId);

type Rule = (actor: Actor, facts: FindingFacts, standing: Standing) => boolean;

const byChecker: Rule = (actor, facts, standing) =>
  actor.personId === standing.checkerId &&
  isManager(actor, facts) &&
  !isResponsible(actor, facts, standing) &&
  !standing.workedBy.includes(actor.personId ?? '');
const byResponsible: Rule = (actor, facts, standing) =>
  isResponsible(actor, facts, standing) && actor.personId !== standing.checkerId;
/** Who handed it over; for somebody who is gone, head or deputy of the leading group, or the principal. */
const byWhoHandedOver: Rule = (actor, facts, standing) =>
  isManager(actor, facts) &&
  !isResponsible(actor, facts, standing) &&
  (actor.personId === standing.handedOverBy ||
    (facts.kind === 'district' ? maySign(actor) : holdsPost(actor, facts.schoolId, ['principal'])));
const byManager: Rule = (actor, facts, standing) =>
  isManager(actor, facts) && !isResponsible(actor, facts, standing);

const ruleOf: Readonly<Record<FindingAct, Rule>> = {
  // Recorded with the finding itself, never afterwards.
  find: () => false,
  register: isManager,
  'hand-over': isManager,
  accept: byResponsible,
  plan: byResponsible,
  'report-done': byResponsible,
  recheck: byChecker,
  close: byChecker,
  'send-back': byChecker,
  answer: (actor, facts, standing) =>
    isResponsible(actor, facts, standing) ||
    (facts.kind === 'district' && ledBy(actor).includes(facts.schoolId)),
  reply: byWhoHandedOver,
  'ask-extension': byResponsible,
  'grant-extension': byWhoHandedOver,
  'refuse-extension': byWhoHandedOver,
  'change-checker': byManager,
  cancel: (actor, facts, standing) =>
    standing.state === 'found' && actor.personId === facts.foundBy
      ? mayFindAt(actor, facts.kind, facts.schoolId)
      : byManager(actor, facts, standing),
};

export const mayTake = (actor: Actor, act: FindingAct, facts: FindingFacts, standing: Standing): boolean =>
  actor.personId !== null && mayFollow(standing, act) && ruleOf[act](actor, facts, standing);

/** What somebody may do now, the way on first. */
export const actsFor = (actor: Actor, facts: FindingFacts, standing: Standing): FindingAct[] =>
  findingActs
    .filter((act) => mayTake(actor, act, facts, standing))
    .toSorted((a, b) => Number(b === wayOn[standing.state]) - Number(a === wayOn[standing.state]));

const schoolRoles = [...responsiblePosts, 'subject-lead'] as const;

/** The capacity somebody acts in, weightiest first. */
export const roleOf = (actor: Actor, side: FindingSide, schoolId: string): FindingRole => {
  if (side === 'school')
    return schoolRoles.find((post) => schoolsOf(actor, [post]).includes(schoolId)) ?? 'teacher';
  const leading = (['head', 'deputy'] as const).find((post) => holdsIn(actor, 'leading-group', [post]));
  return leading ?? (isInLeadingGroup(actor) ? 'research-officer' : 'core-member');
};

const schoolActs: readonly FindingAct[] = ['accept', 'plan', 'report-done', 'answer', 'ask-extension'];

/** For whom an act is taken: inside a school everything is the school's. */
export const sideOf = (kind: FindingKind, act: FindingAct): FindingSide =>
  kind === 'school' || schoolActs.includes(act) ? 'school' : 'district';
