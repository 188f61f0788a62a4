import { oc } from '@orpc/contract';
import { z } from 'zod';
import { itemKinds } from '../vocabulary/contract.ts';

/** What the page on which a draft is written has to know before it opens the document itself. */
const draft = z.object({
  id: z.uuid(),
  title: z.string(),
  kind: z.enum(itemKinds),
  mayEdit: z.boolean(),
  me: z.object({ id: z.uuid(), name: z.string() }),
});
export type Draft = z.infer<typeof draft>;

export const coEditingContract = {
  getDraft: oc.input(z.object({ id: z.uuid() })).output(draft),
};
