import { oc } from '@orpc/contract';
import { z } from 'zod';
import { textbookNames } from '../shapes/contract.ts';
import { itemKinds } from '../vocabulary/contract.ts';

/** What the page on which a draft is written has to know before it opens the document itself. */
const draft = z.object({
  id: z.uuid(),
  title: z.string(),
  kind: z.enum(itemKinds),
  mayEdit: z.boolean(),
  /** Sections that may be read and not written, by key. */
  locked: z.array(z.string()),
  /** Sections of the version that an adaptation is made from: they keep their names and places. */
  linked: z.array(z.string()),
  /** 核心素养 of the subject by name; empty where the district has no list. */
  competencies: z.array(z.string()),
  /** Units and lessons of its volume: what may be chosen. */
  textbook: textbookNames,
  /** What its cells mean already, of other volumes too. */
  meant: textbookNames,
  me: z.object({ id: z.uuid(), name: z.string() }),
});
export type Draft = z.infer<typeof draft>;

export const coEditingContract = {
  getDraft: oc.input(z.object({ id: z.uuid() })).output(draft),
};
