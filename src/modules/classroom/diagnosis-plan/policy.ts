import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, schoolsLedBy, schoolsOf } from '#modules/organisation/rules.ts';

/** 校长、教学副校长、教务主任 make one each. */
export const mayPlanDiagnosis = (actor: Actor): boolean =>
  actor.personId !== null && schoolsLedBy(actor).length > 0;

export const mayPlanDiagnosisAt = (actor: Actor, schoolId: string): boolean =>
  actor.personId !== null && schoolsLedBy(actor).includes(schoolId);

/** The numbers of plans: the leading group with the research office of all schools, a principal of one's own. */
export const mayListDiagnosisPlans = (actor: Actor): boolean =>
  isInLeadingGroup(actor) || schoolsLedBy(actor).length > 0;

export interface PlanScope {
  readonly allSchools: boolean;
  /** Schools of which every plan is listed. */
  readonly headedSchoolIds: readonly string[];
  readonly personId: string | null;
}

export const planScope = (actor: Actor): PlanScope => ({
  allSchools: isInLeadingGroup(actor),
  headedSchoolIds: schoolsOf(actor, ['principal']),
  personId: actor.personId,
});

/** The words of a plan: its author, and once it is confirmed the principal of the school. */
export const mayOpenPlan = (
  actor: Actor,
  plan: { readonly personId: string; readonly schoolId: string; readonly state: 'draft' | 'confirmed' },
): boolean =>
  plan.personId === actor.personId ||
  (plan.state === 'confirmed' && schoolsOf(actor, ['principal']).includes(plan.schoolId));
