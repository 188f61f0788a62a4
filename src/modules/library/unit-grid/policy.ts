import type { Actor } from '#modules/organisation/contract.ts';
import { isInReach, itemScope, type Placed } from '../item/policy.ts';

/** How complete the system is, over subjects: for the leading group, and officers in their fields. */
export const maySeeCompleteness = (actor: Actor): boolean => {
  const { everything, officer } = itemScope(actor);
  return everything || officer.all || officer.fields.length > 0;
};

export const isInCompleteness = (actor: Actor, place: Placed): boolean => {
  const { everything, officer } = itemScope(actor);
  return everything || isInReach(officer, place);
};
