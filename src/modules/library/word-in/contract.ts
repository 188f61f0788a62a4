import { z } from 'zod';
import { content } from '../content/contract.ts';

/** Where a piece of a Word file went, for the preview. */
export const wordPlace = z.object({
  /** As the person counts: 第3段, 表1第2行. */
  at: z.string(),
  /** The words by which it was recognised, or its beginning. */
  label: z.string(),
  /** The section's key; null for what became a fact of the head (title, subject …). */
  section: z.string().nullable(),
  /** The section's title, or the name of the fact. */
  title: z.string(),
  /** False: a guess that a person should look at. */
  sure: z.boolean(),
});
export type WordPlace = z.infer<typeof wordPlace>;

/** What the head of the file says, as it stands there. */
export const wordHints = z.object({
  title: z.string().nullable(),
  subject: z.string().nullable(),
  grade: z.string().nullable(),
  edition: z.string().nullable(),
  unit: z.string().nullable(),
  lessonHour: z.string().nullable(),
  /** All that was recognised in the head, those above among them. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type WordHints = z.infer<typeof wordHints>;
export type HintName = Exclude<keyof WordHints, 'facts'>;

export const wordDesign = z.object({
  /** Every section of the kind's template in order, and after each what the file has of its own. */
  content,
  hints: wordHints,
  where: z.array(wordPlace),
  leftOut: z.array(z.object({ text: z.string(), reason: z.string() })),
  /** Chinese sentences. */
  warnings: z.array(z.string()),
});
export type WordDesign = z.infer<typeof wordDesign>;
