import type { Actor } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';

/** The school's leaders keep its line; the district reads sums. */
export const mayKeepBudget = (actor: Actor, schoolId: string): boolean =>
  actor.personId !== null && schoolsLedBy(actor).includes(schoolId);

export const mayKeepSomeBudget = (actor: Actor): boolean =>
  actor.personId !== null && schoolsLedBy(actor).length > 0;
