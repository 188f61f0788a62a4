import { z } from 'zod';
import { block, body, row, section, sectionKey } from '../content/contract.ts';

/** How a conflict may be ended; `own` is a text of one's own. */
export const choices = ['ours', 'theirs', 'both', 'own'] as const;
export type Choice = (typeof choices)[number];

const anyConflict = {
  /** Unlike any other of this merge, and the same whenever the same three contents are merged. */
  id: z.string().min(1).max(200),
  section: z.string(),
  choices: z.array(z.enum(choices)),
};
const cellText = z.string().nullable();
const order = z.array(z.string());

/**
 * What cannot be merged without a person, with all three sides of it; null is a side on which it does not exist.
 * `ours` is the adapted content, `theirs` the newer version of what it was taken from, `base` the version it was taken from.
 */
export const mergeConflict = z.discriminatedUnion('place', [
  z.strictObject({
    ...anyConflict,
    place: z.literal('title'),
    base: z.string().nullable(),
    ours: z.string(),
    theirs: z.string(),
  }),
  /** Deleted on one side and edited on the other. */
  z.strictObject({
    ...anyConflict,
    place: z.literal('section'),
    base: section,
    ours: section.nullable(),
    theirs: section.nullable(),
  }),
  /** Of another form, text or rows, than on the other side. */
  z.strictObject({ ...anyConflict, place: z.literal('form'), base: body, ours: body, theirs: body }),
  z.strictObject({
    ...anyConflict,
    place: z.literal('blocks'),
    base: z.array(block),
    ours: z.array(block),
    theirs: z.array(block),
  }),
  /** Deleted on one side and edited on the other. */
  z.strictObject({
    ...anyConflict,
    place: z.literal('row'),
    base: row,
    ours: row.nullable(),
    theirs: row.nullable(),
  }),
  z.strictObject({
    ...anyConflict,
    place: z.literal('cell'),
    row: z.string(),
    column: z.string(),
    base: cellText,
    ours: cellText,
    theirs: cellText,
  }),
  /** Ids of rows, or keys of sections, in each side's order, with all that the other side added. */
  z.strictObject({ ...anyConflict, place: z.literal('order'), base: order, ours: order, theirs: order }),
]);
export type MergeConflict = z.infer<typeof mergeConflict>;

const conflictId = z.string();
const mergedRow = z.strictObject({
  id: z.string(),
  /** A row that is itself in conflict has no cells of its own. */
  conflict: conflictId.nullable(),
  cells: row.shape.cells,
  /** By column. */
  cellConflicts: z.record(z.string(), conflictId),
});
export type MergedRow = z.infer<typeof mergedRow>;

const textPiece = z.union([
  z.strictObject({ blocks: z.array(block) }),
  z.strictObject({ conflict: conflictId }),
]);
export type MergedPiece = z.infer<typeof textPiece>;

export const mergedBody = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('text'), pieces: z.array(textPiece) }),
  /** `rows` stand in order unless `orderConflict` says that the order is in conflict. */
  z.strictObject({
    form: z.literal('rows'),
    rows: z.array(mergedRow),
    orderConflict: conflictId.nullable(),
  }),
  z.strictObject({ form: z.literal('conflict'), conflict: conflictId }),
]);
export type MergedBody = z.infer<typeof mergedBody>;

/** One section's body merged; without conflicts it is finished. */
export const mergedSection = z.strictObject({ body: mergedBody, conflicts: z.array(mergeConflict) });
export type MergedSection = z.infer<typeof mergedSection>;

export const mergedContent = z.strictObject({
  sections: z.array(
    z.union([
      z.strictObject({
        key: sectionKey,
        /** The old title while it is in conflict. */
        title: z.string(),
        titleConflict: conflictId.nullable(),
        body: mergedBody,
      }),
      z.strictObject({ key: sectionKey, conflict: conflictId }),
    ]),
  ),
  orderConflict: conflictId.nullable(),
  conflicts: z.array(mergeConflict),
});
export type MergedContent = z.infer<typeof mergedContent>;

/** By conflict. Own text holds paragraphs line by line, `$LaTeX$` and `![alt](sha256)` as in cells. */
export const decision = z.discriminatedUnion('choice', [
  z.strictObject({ choice: z.enum(['ours', 'theirs', 'both']) }),
  z.strictObject({ choice: z.literal('own'), text: z.string().max(20_000) }),
]);
export type Decision = z.infer<typeof decision>;
export const decisions = z.record(anyConflict.id, decision);
export type Decisions = Readonly<Record<string, Decision>>;
