import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, schoolsLedBy } from '#modules/organisation/rules.ts';

/** Those who lead a school, and the district's leading group with the research office. Nobody else. */
export const mayReadEvaluation = (actor: Actor): boolean =>
  isInLeadingGroup(actor) || schoolsLedBy(actor).length > 0;

/** The ledger of all units; a school's leaders see their own school only. */
export const mayReadDistrict = (actor: Actor): boolean => isInLeadingGroup(actor);

export interface EvaluationScope {
  readonly allSchools: boolean;
  readonly schoolIds: readonly string[];
}

export const evaluationScope = (actor: Actor): EvaluationScope => ({
  allSchools: isInLeadingGroup(actor),
  schoolIds: schoolsLedBy(actor),
});

export const mayReadSchool = (actor: Actor, schoolId: string): boolean => {
  const { allSchools, schoolIds } = evaluationScope(actor);
  return allSchools || schoolIds.includes(schoolId);
};

/** Counts are for all in scope; the records with their teachers only for the school's own leaders and the observer. */
export const mayOpenRows = (
  actor: Actor,
  progress: { readonly personId: string; readonly schoolId: string },
): boolean => actor.personId === progress.personId || schoolsLedBy(actor).includes(progress.schoolId);
