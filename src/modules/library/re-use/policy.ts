import type { Actor } from '#modules/organisation/contract.ts';
import { isInReach, itemScope, mayWriteItem, type Owned } from '../item/policy.ts';

/** Counts help those who write it and those who answer for it; a school is not to be compared by them. */
export const mayReadReuse = (actor: Actor, item: Owned): boolean => {
  const { everything, officer } = itemScope(actor);
  return everything || mayWriteItem(actor, item) || isInReach(officer, item);
};

export const mayReadReuseShare = (actor: Actor): boolean => {
  const { everything, officer } = itemScope(actor);
  return everything || officer.all || officer.fields.length > 0;
};
