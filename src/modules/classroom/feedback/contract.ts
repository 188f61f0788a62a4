import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, subject } from '#modules/organisation/contract.ts';
import { instant } from '../shapes/contract.ts';
import { steps } from '../vocabulary/contract.ts';

const noted = z.object({
  observationId: z.uuid(),
  dayOn: day,
  subject: subject.nullable(),
  classLabel: z.string(),
  observerName: z.string(),
  code: z.string(),
  /** Of the edition the record was written by. */
  label: z.string(),
  position: z.number(),
  step: z.enum(steps),
  evidence: z.string(),
});
export type NotedForMe = z.infer<typeof noted>;

export const feedbackContract = {
  /** What was noted per criterion in lessons of the caller's own, a page of records at a time, newest first. */
  listCriteriaFeedbackToMe: oc
    .input(
      z
        .object({ cursor: dayCursor.optional(), limit: z.number().int().min(1).max(100).default(40) })
        .prefault({}),
    )
    .output(z.object({ rows: z.array(noted), nextCursor: z.string().nullable(), asOf: instant })),
};
