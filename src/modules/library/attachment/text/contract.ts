import { z } from 'zod';
import { block } from '../../content/contract.ts';

/** A Word file as it is read in the page, by `/files/library/attachments/<id>/text`. */
export const attachmentText = z.object({
  blocks: z.array(block),
  /** Pictures as data: addresses, by the hash that the blocks name; those that are too large are not among them. */
  pictures: z.record(z.string(), z.string()),
  /** What stands in the file and not here, counted. */
  leftOut: z.int(),
});
export type AttachmentText = z.infer<typeof attachmentText>;
