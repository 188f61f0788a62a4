import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id } from '#modules/organisation/contract.ts';
import { ofText } from '../consistency/contract.ts';
import { row } from '../content/contract.ts';
import { longestQuery } from '../search/vocabulary/contract.ts';
import { instant, placeNames, textbookNames, versionNumber } from '../shapes/contract.ts';

const choice = z.string().regex(/^[a-z]{1,20}$/);

const testItem = z.object({
  id,
  title: z.string(),
  /** Null: the district's. */
  schoolName: z.string().nullable(),
  names: placeNames,
  /** The version that would be taken. */
  number: z.int(),
  cells: row.shape.cells,
  /** Why it may not be picked; null where it may. */
  refusal: z.string().nullable(),
  /** Published papers in which it stands. */
  papers: z.int(),
  /** What the paper calls the rows in which it stands already. */
  here: z.array(z.string()),
});
export type TestItem = z.infer<typeof testItem>;

const pick = z.object({
  rowId: z.string(),
  name: z.string(),
  itemId: id,
  number: z.int(),
  /** Null where the caller may not see the item. */
  title: z.string().nullable(),
  /** The version published now, where it is a later one. */
  newer: z.int().nullable(),
  withdrawn: z.boolean(),
  /** The other rows with the same item. */
  again: z.array(z.string()),
});
export type Pick = z.infer<typeof pick>;

const picked = z.object({ rowId: z.string(), name: z.string() });

/** 选题: test items of the library into a paper that is being written. */
export const pickingContract = {
  /** What can be chosen among, and whether the draft takes anything. */
  openPicking: oc.input(z.object({ roundId: id })).output(
    z.object({
      itemId: id,
      title: z.string(),
      mayPick: z.boolean(),
      /** Of the paper's volume; empty where it names none. */
      units: z.array(z.object({ id, name: z.string() })),
      competencies: z.array(z.string()),
      textbook: textbookNames,
      /** Rows in the draft, and their points together. */
      items: z.int(),
      points: z.number(),
    }),
  ),
  /** Published test items of the paper's volume (of its subject and grade, where it names none), the newest first. */
  listTestItems: oc
    .input(
      z.object({
        roundId: id,
        q: z.string().trim().max(longestQuery).optional(),
        unitId: id.optional(),
        competency: z.string().max(100).optional(),
        level: choice.optional(),
        type: choice.optional(),
        difficulty: choice.optional(),
        cursor: z.string().max(300).optional(),
        limit: z.int().min(1).max(50).default(20),
      }),
    )
    .output(
      z.object({
        rows: z.array(testItem),
        nextCursor: z.string().nullable(),
        asOf: instant,
        /** Words were found in more items than are looked through. */
        capped: z.boolean(),
      }),
    ),
  /** Adds a row at the end of the paper; `number` is the version that was read. */
  pickTestItem: oc.input(z.object({ roundId: id, itemId: id, number: versionNumber })).output(picked),
  /** The row says what the item's version `to` says; nothing does so by itself. */
  renewPick: oc.input(z.object({ roundId: id, rowId: row.shape.id, to: versionNumber })).output(picked),
  /** Where a paper's rows come from, in its order. */
  listPicks: oc.input(z.object(ofText)).output(z.object({ rows: z.array(pick) })),
  /** The papers in which a test item stands; only those that the caller may see are named. */
  listItemUses: oc
    .input(z.object({ itemId: id }))
    .output(z.object({ papers: z.int(), rows: z.array(z.object({ id, title: z.string() })).max(50) })),
};
