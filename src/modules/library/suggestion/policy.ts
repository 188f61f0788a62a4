import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, isResearchOfficer } from '#modules/organisation/rules.ts';
import { mayWriteItem, type Owned, ownSchools, type Reach, writingReach } from '../item/policy.ts';
import type { SuggestionState } from '../vocabulary/contract.ts';

/** One's own, those of one's school, and those of one's field. */
export interface SuggestionScope {
  readonly personId: string | null;
  readonly schoolIds: readonly string[];
  readonly everything: boolean;
  readonly writing: Reach;
}

export const suggestionScope = (actor: Actor): SuggestionScope => ({
  personId: actor.personId,
  schoolIds: ownSchools(actor),
  everything: isInLeadingGroup(actor) && !isResearchOfficer(actor),
  writing: writingReach(actor),
});

interface Standing {
  readonly personId: string;
  readonly state: SuggestionState;
}

/** The core group of the item's field, never the proposer over their own. */
export const mayDecideSuggestion = (actor: Actor, item: Owned, { personId, state }: Standing): boolean =>
  state === 'waiting' && personId !== actor.personId && mayWriteItem(actor, item);

export const mayWithdrawSuggestion = (actor: Actor, { personId, state }: Standing): boolean =>
  state === 'waiting' && personId === actor.personId;

export const mayDecideSome = (actor: Actor): boolean => {
  const reach = writingReach(actor);
  return actor.personId !== null && (reach.all || reach.fields.length > 0);
};
