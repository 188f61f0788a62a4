import { oc } from '@orpc/contract';
import { z } from 'zod';
import { grade, id, stage, subject } from '#modules/organisation/contract.ts';
import { listedItem } from '../item/contract.ts';
import { instant, itemKind } from '../shapes/contract.ts';
import { itemOwners, longestQuery, mostSuggestions } from './vocabulary/contract.ts';

/** A part of a text, from a place to before a place, in UTF-16 units. */
const range = z.object({ from: z.int(), to: z.int() });
export type Range = z.infer<typeof range>;

const foundItem = listedItem.extend({
  titleMarks: z.array(range),
  /** The words around the first hit in the text; null where only title, place or kind say what was asked for. */
  excerpt: z.object({ text: z.string(), marks: z.array(range) }).nullable(),
});
export type FoundItem = z.infer<typeof foundItem>;

const q = z.string().trim().min(1).max(longestQuery);
const filters = {
  stage: stage.optional(),
  subject: subject.optional(),
  grade: grade.optional(),
  volumeId: id.optional(),
  unitId: id.optional(),
  lessonId: id.optional(),
  kind: itemKind.optional(),
  owner: z.enum(itemOwners).optional(),
  /** Only what says how it joins its knowledge with pupils' life. */
  lifeContext: z.boolean().optional(),
};

export const searchContract = {
  /** Title first, then unit and lesson, then text; the newest first among equals. */
  searchItems: oc
    .input(
      z.object({
        q,
        ...filters,
        cursor: z.string().max(300).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(
      z.object({
        rows: z.array(foundItem),
        nextCursor: z.string().nullable(),
        asOf: instant,
        /** Of all pages together. */
        count: z.int(),
        /** There are more than these, older ones. */
        capped: z.boolean(),
        /** A single character was looked for in titles only. */
        titlesOnly: z.boolean(),
      }),
    ),
  suggestTitles: oc
    .input(z.object({ q, ...filters }))
    .output(
      z.object({ rows: z.array(z.object({ id, kind: itemKind, title: z.string() })).max(mostSuggestions) }),
    ),
};
