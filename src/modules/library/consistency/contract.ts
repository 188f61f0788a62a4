import { oc } from '@orpc/contract';
import { z } from 'zod';
import { grade, id } from '#modules/organisation/contract.ts';

/** What is published, or what is being written now. */
export const textStates = ['published', 'draft'] as const;
export const ofText = { itemId: id, of: z.enum(textStates) };

const limits = z.object({
  /** 课时: 40 minutes in primary, 45 in junior secondary. */
  lessonMinutes: z.int(),
  /** Of written homework a day, all subjects together; null where no number is set for the grade. */
  homework: z
    .object({ minutes: z.number().nullable(), takeHome: z.boolean(), ground: z.string() })
    .nullable(),
});
export type DesignLimits = z.infer<typeof limits>;

const share = z.number().min(0).max(1);
const table = z.array(z.array(share));

export const consistencyContract = {
  getDesignLimits: oc.input(z.object({ grade })).output(limits),
  /** A paper's items against the goals of the published designs of the same units, unit × level. */
  getPaperAgreement: oc.input(z.object(ofText)).output(
    z.object({
      /** Porter's P; null where it cannot be computed, and then why. */
      index: share.nullable(),
      reason: z.string().nullable(),
      /** Items that could not be placed, for want of unit, level or points. */
      leftOut: z.int(),
      units: z.array(z.object({ id, name: z.string() })),
      /** Rows are units, columns the levels in their order. */
      paper: table,
      goals: table,
    }),
  ),
};
