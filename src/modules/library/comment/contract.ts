import { oc } from '@orpc/contract';
import { z } from 'zod';
import { columnKey, row, sectionKey } from '../content/contract.ts';

const made = z.strictObject({ client: z.int().min(0), clock: z.int().min(0) });
/**
 * A place in a document that moves with what is written around it (a Yjs relative position). Every page that opens the
 * document looks for it, and Yjs breaks over one that names nothing.
 */
const place = z
  .strictObject({
    type: made.optional(),
    tname: z.string().max(160).optional(),
    item: made.optional(),
    assoc: z.int().min(-1).max(1).optional(),
  })
  .refine(({ type, tname, item }) => [type, tname, item].some((one) => one !== undefined));
export const anchor = z.strictObject({ start: place, end: place });
export type Anchor = z.infer<typeof anchor>;

/** A row of a section that is a table, or one of its cells; of a written cell the anchor names the passage. */
export const cellPlace = z.strictObject({
  row: row.shape.id,
  column: columnKey.nullable(),
});
export type CellPlace = z.infer<typeof cellPlace>;

const words = z.string().trim().min(1).max(2_000);

const reply = z.object({
  id: z.uuid(),
  text: z.string(),
  authorName: z.string(),
  at: z.iso.datetime(),
});
const comment = reply.extend({
  sectionKey,
  anchor: anchor.nullable(),
  cell: cellPlace.nullable(),
  /** The passage as it read when the remark was made. */
  quote: z.string(),
  replies: z.array(reply),
  resolved: z.object({ at: z.iso.datetime(), byName: z.string() }).nullable(),
});
export type Comment = z.infer<typeof comment>;

export const commentContract = {
  listComments: oc
    .input(z.object({ documentId: z.uuid() }))
    .output(z.object({ rows: z.array(comment), mayComment: z.boolean(), asOf: z.iso.datetime() })),
  /** `anchor` null: on the whole of the cell or row, and without one on the section. */
  addComment: oc
    .input(
      z.object({
        documentId: z.uuid(),
        sectionKey,
        anchor: anchor.nullable(),
        cell: cellPlace.nullable().default(null),
        quote: z.string().max(500),
        text: words,
      }),
    )
    .output(z.object({ id: z.uuid() })),
  replyToComment: oc.input(z.object({ id: z.uuid(), text: words })).output(z.object({ id: z.uuid() })),
  resolveComment: oc.input(z.object({ id: z.uuid() })).output(z.object({ id: z.uuid() })),
  reopenComment: oc.input(z.object({ id: z.uuid() })).output(z.object({ id: z.uuid() })),
};
