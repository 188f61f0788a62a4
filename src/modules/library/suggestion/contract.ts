import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id, version } from '#modules/organisation/contract.ts';
import { body, sectionKey } from '../content/contract.ts';
import { decisions } from '../merge/contract.ts';
import { fingerprint, instant, itemKind, personName, text } from '../shapes/contract.ts';
import { suggestionStates } from '../vocabulary/contract.ts';

const suggestionRow = z.object({
  id,
  version,
  itemId: id,
  kind: itemKind,
  title: z.string(),
  section: sectionKey,
  sectionTitle: z.string(),
  by: personName,
  schoolName: z.string(),
  reason: z.string(),
  happened: z.string(),
  base: z.int(),
  state: z.enum(suggestionStates),
  partly: z.boolean(),
  answer: z.string(),
  mergedIn: z.int().nullable(),
  gatheredInto: id.nullable(),
  /** Of an answer that the proposer has not looked at yet. */
  fresh: z.boolean(),
  madeAt: instant,
});
export type SuggestionRow = z.infer<typeof suggestionRow>;

const suggestionDetail = suggestionRow.extend({
  /** The section in the version it was written on, as it is proposed, and as it stands in the draft or last version. */
  before: body.nullable(),
  proposed: body,
  now: body.nullable(),
  /** Of these three; taking it is refused where they are others by then. */
  shown: fingerprint,
  /** Others on the same section, of whatever school. */
  beside: z.array(suggestionRow),
  adaptationId: id,
  may: z.object({ decide: z.boolean(), withdraw: z.boolean() }),
});
export type SuggestionDetail = z.infer<typeof suggestionDetail>;

const edit = { id, version };
const moved = z.object({ ...edit, state: z.enum(suggestionStates) });

/** Own ones, those of them whose answer was not looked at, what waits for the core group, and what came of an item. */
export const suggestionViews = ['mine', 'answered', 'to-decide', 'item'] as const;

export const suggestionContract = {
  /** Sends a touched section up as it stands. */
  suggest: oc
    .input(
      z.object({
        adaptationId: id,
        section: sectionKey,
        reason: z.string().trim().min(1).max(500),
        happened: text(1000),
      }),
    )
    .output(moved),
  withdrawSuggestion: oc.input(z.object(edit)).output(moved),
  getSuggestion: oc.input(z.object({ id })).output(suggestionDetail),
  /** The same as another one on that section: it goes with that one. */
  gatherSuggestion: oc.input(z.object({ ...edit, into: id.nullable() })).output(moved),
  /**
   * Merges it into the draft of the next version (opened where there is none), by three texts: the section it was
   * written on, the draft's, the proposed one.
   */
  takeSuggestion: oc
    .input(z.object({ ...edit, shown: fingerprint, decisions, partly: z.boolean(), answer: text(500) }))
    .output(moved.extend({ roundId: id })),
  declineSuggestion: oc.input(z.object({ ...edit, answer: z.string().trim().min(1).max(500) })).output(moved),
  /** The proposer has read the answer. */
  readAnswer: oc.input(z.object({ id })).output(z.object({ id })),
  listSuggestions: oc
    .input(
      z.object({
        view: z.enum(suggestionViews),
        itemId: id.optional(),
        section: sectionKey.optional(),
        cursor: id.optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ rows: z.array(suggestionRow), nextCursor: z.string().nullable(), asOf: instant })),
};
