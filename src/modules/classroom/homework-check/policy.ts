import type { Actor } from '#modules/organisation/contract.ts';
import { isResearchOfficer, schoolsLedBy } from '#modules/organisation/rules.ts';

/** One enters for one's own classes, a school's leaders for every class; research officers only look in. */
export const mayOpenHomework = (actor: Actor): boolean => actor.personId !== null;

/** The roster knows no class teacher (班主任): whoever teaches the class this term may post for it. */
export const mayPostHomework = (
  actor: Actor,
  { schoolId, teachesClass }: { readonly schoolId: string; readonly teachesClass: boolean },
): boolean => actor.personId !== null && (teachesClass || schoolsLedBy(actor).includes(schoolId));

export const maySpotCheckHomework = (actor: Actor): boolean =>
  actor.personId !== null && isResearchOfficer(actor);
