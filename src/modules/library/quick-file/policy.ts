import type { Actor } from '#modules/organisation/contract.ts';
import { mayWriteItem, ownSchools, type Placed } from '../item/policy.ts';

/** The core group's where one writes for the district, else the own school's; undefined where one writes for neither. */
export const ownerOfFile = (
  actor: Actor,
  place: Placed,
): { readonly schoolId: string | null } | undefined => {
  if (mayWriteItem(actor, { ...place, schoolId: null })) return { schoolId: null };
  const schoolId = ownSchools(actor).find((one) => mayWriteItem(actor, { ...place, schoolId: one }));
  return schoolId === undefined ? undefined : { schoolId };
};
