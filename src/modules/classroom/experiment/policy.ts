import type { Actor } from '#modules/organisation/contract.ts';
import { isResearchOfficer } from '#modules/organisation/rules.ts';

/** The research office keeps the district's list. */
export const mayKeepExperiments = (actor: Actor): boolean =>
  actor.personId !== null && isResearchOfficer(actor);

export const mayReadExperiments = (actor: Actor): boolean => actor.personId !== null;
