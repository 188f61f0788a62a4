import type { Actor, BodyKind, Duty, Post } from './contract.ts';

const schoolLeaderPosts: readonly Post[] = ['principal', 'vice-principal', 'dean'];

/** Schools where the actor is principal, vice-principal or dean. */
export const schoolsLedBy = (actor: Actor): readonly string[] => schoolsOf(actor, schoolLeaderPosts);

/** Schools where the actor holds one of the posts. */
export const schoolsOf = (actor: Actor, posts: readonly Post[]): readonly string[] => [
  ...new Set(
    actor.appointments.flatMap(({ post, schoolId, bodyId }) =>
      schoolId !== null && bodyId === null && posts.includes(post) ? [schoolId] : [],
    ),
  ),
];

export const holdsIn = (actor: Actor, kind: BodyKind, posts?: readonly Post[]): boolean =>
  actor.appointments.some(
    ({ bodyKind, post }) => bodyKind === kind && (posts === undefined || posts.includes(post)),
  );

/** Head and deputies are named; the members are the whole research office, by rule (notice 三(一)). */
export const isInLeadingGroup = (actor: Actor): boolean =>
  holdsIn(actor, 'leading-group') || holdsIn(actor, 'research-office');

/** Signs documents: head or deputy of the leading group. */
export const maySign = (actor: Actor): boolean => holdsIn(actor, 'leading-group', ['head', 'deputy']);

export const isResearchOfficer = (actor: Actor): boolean => holdsIn(actor, 'research-office');

export const hasDuty = (actor: Actor, duty: Duty): boolean => actor.duties.includes(duty);
