import type { Actor } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { mayCheckSchool } from '../school-scope/policy.ts';
import type { Maker } from './vocabulary/contract.ts';

/** Whoever leads the school checks for it; a research officer who does not goes in for the district. */
export const makerOf = (actor: Actor, schoolId: string): Maker =>
  schoolsLedBy(actor).includes(schoolId) ? 'school' : 'district';

/** The checker alone, as long as the post allows to check there. */
export const mayCorrectWriting = (
  actor: Actor,
  row: { readonly checkedBy: string; readonly schoolId: string },
): boolean => row.checkedBy === actor.personId && mayCheckSchool(actor, row.schoolId);
