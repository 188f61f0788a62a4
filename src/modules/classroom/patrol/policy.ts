import type { Actor } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';

/** Everybody on the roll may be put on a school's rota; whether one is, the rows say. */
export const mayPatrol = (actor: Actor): boolean => actor.personId !== null;

/** Principal, vice-principal and dean keep rota and corridor, and read their school's patrols. */
export const mayLeadPatrols = (actor: Actor): boolean =>
  actor.personId !== null && schoolsLedBy(actor).length > 0;

export const mayLeadPatrolsOf = (actor: Actor, schoolId: string): boolean =>
  mayLeadPatrols(actor) && schoolsLedBy(actor).includes(schoolId);

/** Whose patrols a person reads: one's own, and those of schools one leads. Nobody above the school. */
export interface PatrolScope {
  readonly personId: string | null;
  readonly ledSchoolIds: readonly string[];
}

export const patrolScope = (actor: Actor): PatrolScope => ({
  personId: actor.personId,
  ledSchoolIds: actor.personId === null ? [] : schoolsLedBy(actor),
});

/** Only its patroller takes a patrol back, and only once. */
export const mayEditPatrol = (
  actor: Actor,
  patrol: { readonly patrollerId: string; readonly withdrawn: boolean },
): boolean => patrol.patrollerId === actor.personId && !patrol.withdrawn;

/** What to follow up is the school leaders' choice. */
export const mayPassOn = (
  actor: Actor,
  patrol: { readonly schoolId: string; readonly withdrawn: boolean },
): boolean => mayLeadPatrolsOf(actor, patrol.schoolId) && !patrol.withdrawn;
