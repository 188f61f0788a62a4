import type { Actor, Stage, Subject } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, isResearchOfficer, schoolsLedBy } from '#modules/organisation/rules.ts';
import { forbidden } from '#platform/refusal.ts';

/** A subject in one stage, or in both. */
export interface Field {
  readonly stage: Stage | null;
  readonly subject: Subject;
}

/** Fields in which a post lets somebody act; `all` where it is bound to none. */
export interface Reach {
  readonly all: boolean;
  readonly fields: readonly Field[];
}

export interface Placed {
  readonly stage: Stage;
  readonly subject: Subject;
}

export const isInReach = ({ all, fields }: Reach, { stage, subject }: Placed): boolean =>
  all || fields.some((field) => field.subject === subject && (field.stage ?? stage) === stage);

const reachOf = (actor: Actor, counts: (held: Actor['appointments'][number]) => boolean): Reach => {
  const held = actor.appointments.filter(counts);
  return {
    all: held.some(({ bodyKind, subject }) => bodyKind === 'research-office' && subject === null),
    fields: held.flatMap(({ stage, subject }) => (subject === null ? [] : [{ stage, subject }])),
  };
};

/** Where one writes for the district: in the core group (中心组) with its grade teams, and in the research office. */
export const writingReach = (actor: Actor): Reach =>
  reachOf(
    actor,
    ({ bodyKind }) =>
      bodyKind === 'core-group' || bodyKind === 'grade-team' || bodyKind === 'research-office',
  );

/** Where one answers for what is published: lead of the core group, or the research office (decision 0003). */
export const officerReach = (actor: Actor): Reach =>
  reachOf(
    actor,
    ({ bodyKind, post }) => bodyKind === 'research-office' || (bodyKind === 'core-group' && post === 'lead'),
  );

/** Whose work it is: an account that stands for no person does none. */
export const ownPersonId = ({ actor }: { readonly actor: Actor }, work = '编写资源'): string => {
  if (actor.personId === null) throw forbidden(`您的账号没有对应的教师，不能${work}。`);
  return actor.personId;
};

/** Schools one works in, by any post. */
export const ownSchools = (actor: Actor): readonly string[] => [
  ...new Set(
    actor.appointments.flatMap(({ schoolId, bodyId }) =>
      schoolId !== null && bodyId === null ? [schoolId] : [],
    ),
  ),
];

const headsSubject = (actor: Actor, schoolId: string, subject: Subject): boolean =>
  actor.appointments.some(
    (held) =>
      held.post === 'subject-lead' &&
      held.bodyId === null &&
      held.schoolId === schoolId &&
      held.subject === subject,
  );

/** The district's where `schoolId` is null, otherwise one school's own. */
export interface Owned extends Placed {
  readonly schoolId: string | null;
}

export const mayWriteItem = (actor: Actor, item: Owned): boolean =>
  actor.personId !== null &&
  (item.schoolId === null ? isInReach(writingReach(actor), item) : ownSchools(actor).includes(item.schoolId));

/** Approves a school's own, and publishes what was approved. */
export const mayPublishItem = (actor: Actor, item: Owned): boolean =>
  actor.personId !== null &&
  (item.schoolId === null
    ? isInReach(officerReach(actor), item)
    : schoolsLedBy(actor).includes(item.schoolId) || headsSubject(actor, item.schoolId, item.subject));

export interface Kept extends Owned {
  readonly published: number | null;
  /** Who began it, and the main preparer of the version that is read. */
  readonly preparers: readonly string[];
}

/**
 * Changes what is about an item, its title, place and attachments: until the first publication whoever writes it, then
 * only those who answer for it (decision 0014).
 */
export const mayKeepItem = (actor: Actor, item: Kept): boolean =>
  mayPublishItem(actor, item) ||
  (mayWriteItem(actor, item) &&
    (item.published === null || (actor.personId !== null && item.preparers.includes(actor.personId))));

export const mayWriteSomething = (actor: Actor): boolean => {
  const { all, fields } = writingReach(actor);
  return actor.personId !== null && (all || fields.length > 0 || ownSchools(actor).length > 0);
};

/** What stands open to everybody who is signed in, what one's school has, and what is being written in one's fields. */
export interface ItemScope {
  readonly personId: string | null;
  readonly schoolIds: readonly string[];
  /** Reads everything of the district and whatever schools published. */
  readonly everything: boolean;
  readonly writing: Reach;
  readonly officer: Reach;
}

export const itemScope = (actor: Actor): ItemScope => ({
  personId: actor.personId,
  schoolIds: ownSchools(actor),
  everything: isInLeadingGroup(actor) && !isResearchOfficer(actor),
  writing: writingReach(actor),
  officer: officerReach(actor),
});

export const mayUseLibrary = (actor: Actor): boolean => actor.personId !== null || actor.duties.length > 0;
