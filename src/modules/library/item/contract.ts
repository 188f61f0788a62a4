import { oc } from '@orpc/contract';
import { z } from 'zod';
import { grade, id, stage, subject, version } from '#modules/organisation/contract.ts';
import { itemCover } from '../attachment/contract.ts';
import { content, sectionKey } from '../content/contract.ts';
import {
  instant,
  itemKind,
  personName,
  place,
  placeNames,
  text,
  textbookNames,
  title,
  versionNumber,
} from '../shapes/contract.ts';
import { roundStates } from '../vocabulary/contract.ts';
import { sectionMove } from '../word-start/contract.ts';

export const itemRow = place.extend({
  id,
  kind: itemKind,
  title: z.string(),
  summary: z.string(),
  names: placeNames,
  schoolId: id.nullable(),
  /** Null: the district's. */
  schoolName: z.string().nullable(),
  published: z.int().nullable(),
  publishedAt: instant.nullable(),
  /** Of the round that is open, if one is and the caller may know. */
  roundState: z.enum(roundStates).nullable(),
  withdrawn: z.boolean(),
});
export type ItemRow = z.infer<typeof itemRow>;

/** Without an id where they wrote it elsewhere and it came in by a package. */
const writerName = personName.extend({ id: id.nullable() });

/** As it stands in a list. */
export const listedItem = itemRow.extend({ cover: itemCover.nullable() });
export type ListedItem = z.infer<typeof listedItem>;
const itemDetail = itemRow.extend({
  version,
  shared: z.boolean(),
  madeBy: writerName,
  locked: z.array(sectionKey),
  withdrawnReason: z.string().nullable(),
  textbook: textbookNames,
  /** What is read: the published version. */
  current: z
    .object({
      number: z.int(),
      content,
      note: z.string(),
      contributors: z.array(writerName),
      publishedAt: instant,
    })
    .nullable(),
  round: z.object({ id, state: z.enum(roundStates), mainPreparer: personName }).nullable(),
  may: z.object({ write: z.boolean(), edit: z.boolean(), withdraw: z.boolean() }),
});
export type ItemDetail = z.infer<typeof itemDetail>;

const versionRow = z.object({
  number: z.int(),
  title: z.string(),
  note: z.string(),
  contributors: z.array(writerName),
  /** Whose suggestions came out in it, with the sections. */
  credits: z.array(z.object({ name: z.string(), schoolName: z.string(), sections: z.array(sectionKey) })),
  publishedByName: z.string(),
  publishedAt: instant,
});

/**
 * Published, being written, begun by the caller; then, in the fields the caller answers for, the district's that wait
 * to be published, that are published, and that are used outside their authors' schools.
 */
export const itemViews = ['published', 'in-work', 'mine', 'to-publish', 'field', 'used-outside'] as const;

const edit = { id, version };
export const itemContract = {
  startItem: oc
    .input(
      place.extend({
        kind: itemKind,
        title,
        /** Null: for the district. */
        schoolId: id.nullable(),
        /** Of a school's own: whether the other schools will see it. */
        shared: z.boolean(),
        /** What it starts with; without it (and without `word`) the empty form of its kind. */
        content: content.optional(),
        /** A Word file that was brought and read for this kind: its text, with what the person put elsewhere. */
        word: z.object({ id, moves: z.array(sectionMove).max(60) }).optional(),
      }),
    )
    .output(z.object({ id, roundId: id })),
  changeItem: oc
    .input(place.extend({ ...edit, title, summary: text(500), locked: z.array(sectionKey).max(60) }))
    .output(z.object({ version })),
  withdrawItem: oc
    .input(z.object({ ...edit, reason: z.string().trim().min(1).max(200) }))
    .output(z.object({ version })),
  getItem: oc.input(z.object({ id })).output(itemDetail),
  /** That the caller's schools opened a published item; who did is not kept. */
  openItem: oc.input(z.object({ id })).output(z.object({})),
  /** Newest first. */
  listVersions: oc.input(z.object({ id })).output(z.object({ rows: z.array(versionRow) })),
  getVersion: oc.input(z.object({ id, number: versionNumber })).output(versionRow.extend({ content })),
  listItems: oc
    .input(
      z.object({
        view: z.enum(itemViews).default('published'),
        stage: stage.optional(),
        subject: subject.optional(),
        grade: grade.optional(),
        volumeId: id.optional(),
        unitId: id.optional(),
        lessonId: id.optional(),
        kind: itemKind.optional(),
        lifeContext: z.boolean().optional(),
        cursor: z.string().max(300).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ rows: z.array(listedItem), nextCursor: z.string().nullable(), asOf: instant })),
  /** In which fields the caller may start an item for the district, and in which schools one of a school's own. */
  startingItem: oc.input(z.object({})).output(
    z.object({
      /** Null: all of them. */
      fields: z.array(z.object({ stage: stage.nullable(), subject })).nullable(),
      schools: z.array(z.object({ id, name: z.string() })),
    }),
  ),
};
