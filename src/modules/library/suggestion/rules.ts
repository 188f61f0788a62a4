import type { Body } from '../content/contract.ts';
import { templateOf } from '../content/rules.ts';
import type { MergedSection } from '../merge/contract.ts';
import { emptyLike, mergeSection } from '../merge/rules.ts';
import type { ItemKind } from '../vocabulary/contract.ts';

/** The section a suggestion was written on, as the draft has it now, as it is proposed; null where there is none. */
export interface SuggestedTexts {
  readonly before: Body | null;
  readonly now: Body | null;
  readonly proposed: Body;
}

/**
 * The same on the page and on the server. A section that the draft does not have comes in as it is proposed; of one that
 * the draft has and the version did not, nothing is known of which is the older text: what differs is a conflict.
 */
export const mergeSuggestion = (
  { before, now, proposed }: SuggestedTexts,
  { kind, section }: { readonly kind: ItemKind; readonly section: string },
): MergedSection => {
  const standing = now ?? proposed;
  return mergeSection(before ?? emptyLike(standing), standing, proposed, {
    key: section,
    columns: templateOf(kind, section)?.columns ?? [],
  });
};
