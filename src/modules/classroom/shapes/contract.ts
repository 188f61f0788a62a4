import { z } from 'zod';
import { mostSlots, steps } from '../vocabulary/contract.ts';

/** PostgreSQL keeps every character but NUL. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes('\0'), '文字中有无法保存的字符');
/** Text that says something. */
export const filledText = (most: number) => text(most).refine((value) => value.trim() !== '', '请填写文字');
export const instant = z.iso.datetime();
export const slot = z.number().int().min(1).max(mostSlots);

/** What was noted on one criterion. */
export const criterionEntry = z.object({
  code: z.string().regex(/^[A-Z][0-9]{1,2}$/),
  step: z.enum(steps).nullable(),
  evidence: text(500),
});
export type CriterionEntry = z.infer<typeof criterionEntry>;

export const rubricCriterion = z.object({ code: z.string(), label: z.string(), wording: z.string() });
export type RubricCriterion = z.infer<typeof rubricCriterion>;
