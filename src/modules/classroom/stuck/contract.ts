import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, subject } from '#modules/organisation/contract.ts';
import { observationContent } from '../content/contract.ts';
import { instant, slot } from '../shapes/contract.ts';

/** The file a phone writes of a record that does not leave it (导出的听课记录); `schema` rises with its shape. */
export const exportedRecord = z.object({
  kind: z.literal('yanxun-observation'),
  schema: z.literal(1),
  exportedAt: instant,
  accountId: z.uuid(),
  personId: z.uuid(),
  name: z.string().max(40),
  record: z.object({
    id: z.uuid(),
    version: z.number().int().min(0),
    /** The observer had pressed 完成. */
    finish: z.boolean(),
    rubricId: z.uuid().nullable(),
    content: observationContent,
  }),
});
export type ExportedRecord = z.infer<typeof exportedRecord>;

const file = z.object({ text: z.string().max(200_000) });

const looked = z.object({
  observerName: z.string(),
  exportedAt: instant,
  dayOn: day,
  slotFrom: slot.nullable(),
  slotTo: slot.nullable(),
  schoolName: z.string().nullable(),
  classLabel: z.string(),
  subject: subject.nullable(),
  teacherName: z.string(),
  finish: z.boolean(),
  /** What no longer fits the roster and will be left to the observer, in words. */
  setAside: z.array(z.string()),
  /** The district has the record already. */
  receipt: z.number().nullable(),
});
export type LookedAtRecord = z.infer<typeof looked>;

export const stuckContract = {
  lookAtStuckRecord: oc.input(file).output(looked),
  /** As a draft of its observer, who alone may finish it. */
  bringInStuckRecord: oc.input(file).output(z.object({ receipt: z.number(), observerName: z.string() })),
};
