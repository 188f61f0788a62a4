import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, isResearchOfficer, maySign } from '#modules/organisation/rules.ts';

export const mayReadClassroomSettings = (actor: Actor): boolean => isInLeadingGroup(actor);

/** The research office, and head and deputies of the leading group. */
export const maySetClassroomSettings = (actor: Actor): boolean =>
  actor.personId !== null && (isResearchOfficer(actor) || maySign(actor));
