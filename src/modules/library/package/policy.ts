import type { Actor } from '#modules/organisation/contract.ts';
import { hasDuty, holdsIn, schoolsLedBy } from '#modules/organisation/rules.ts';

/** For the district: the research office, and the system duty that stands in for it. */
export const mayBringForDistrict = (actor: Actor): boolean =>
  hasDuty(actor, 'system') || holdsIn(actor, 'research-office');

/** For a school's own: who leads it. */
export const mayBringFor = (actor: Actor, schoolId: string | null): boolean =>
  schoolId === null ? mayBringForDistrict(actor) : schoolsLedBy(actor).includes(schoolId);

export const mayBringPackages = (actor: Actor): boolean =>
  mayBringForDistrict(actor) || schoolsLedBy(actor).length > 0;
