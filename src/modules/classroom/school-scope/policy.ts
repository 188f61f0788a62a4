import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, isResearchOfficer, schoolsLedBy } from '#modules/organisation/rules.ts';

/** Whose checks and uses a person reads: the district's leading group all schools', a school's leaders their own. */
export interface SchoolScope {
  readonly allSchools: boolean;
  readonly schoolIds: readonly string[];
  readonly personId: string | null;
}

export const schoolScope = (actor: Actor): SchoolScope => ({
  allSchools: isInLeadingGroup(actor),
  schoolIds: schoolsLedBy(actor),
  personId: actor.personId,
});

export const isSchoolInScope = (scope: SchoolScope, schoolId: string): boolean =>
  scope.allSchools || scope.schoolIds.includes(schoolId);

export const mayReadSchoolChecks = (actor: Actor): boolean =>
  isInLeadingGroup(actor) || schoolsLedBy(actor).length > 0;

/** Research officers go into every school (入校巡查); a school's leaders look at their own. */
export const mayCheckSchool = (actor: Actor, schoolId: string): boolean =>
  actor.personId !== null && (isResearchOfficer(actor) || schoolsLedBy(actor).includes(schoolId));

export const mayCheckSomeSchool = (actor: Actor): boolean =>
  actor.personId !== null && (isResearchOfficer(actor) || schoolsLedBy(actor).length > 0);

/** The district works with schools and grades; which class it was is for the school, and for whoever was there. */
export const maySeeClass = (
  { schoolIds, personId }: SchoolScope,
  row: { readonly schoolId: string; readonly byPersonId: string },
): boolean => schoolIds.includes(row.schoolId) || (personId !== null && row.byPersonId === personId);
