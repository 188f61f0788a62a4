import { oc } from '@orpc/contract';
import { z } from 'zod';
import { grade, id, subject } from '#modules/organisation/contract.ts';
import { sectionKey } from '../content/contract.ts';
import { itemKind } from '../shapes/contract.ts';
import { wordDesign } from '../word-in/contract.ts';

/** A section's text that belongs at the end of another one. */
export const sectionMove = z.object({ from: sectionKey, to: sectionKey });

const broughtWord = wordDesign.extend({
  id,
  name: z.string(),
  kind: itemKind,
  /** What the head of the file says, as far as the platform knows it; null is left to the person. */
  proposed: z.object({
    title: z.string().nullable(),
    subject: subject.nullable(),
    grade: grade.nullable(),
    volumeId: id.nullable(),
    unitId: id.nullable(),
  }),
});
export type BroughtWord = z.infer<typeof broughtWord>;

export const wordStartContract = {
  /** What was read in a Word file of the caller's own; nothing of it is in the library yet. */
  getBroughtWord: oc.input(z.object({ id })).output(broughtWord),
};
