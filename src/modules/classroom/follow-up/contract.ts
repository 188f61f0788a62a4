import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, subject } from '#modules/organisation/contract.ts';
import { filledText, instant, slot, text } from '../shapes/contract.ts';

const lesson = {
  dayOn: day,
  slotFrom: slot.nullable(),
  slotTo: slot.nullable(),
  classLabel: z.string(),
  grade: grade.nullable(),
  subject: subject.nullable(),
  topic: z.string(),
};

/** An agreed change that nobody has looked at again. */
const openFollowUp = z.object({
  /** Of the record after which it was agreed. */
  observationId: z.uuid(),
  ...lesson,
  observerName: z.string(),
  teacherName: z.string(),
  agreedChange: z.string(),
  plannedOn: day.nullable(),
  plannedSlot: slot.nullable(),
  version: z.number(),
});
export type OpenFollowUp = z.infer<typeof openFollowUp>;

const followUp = z.object({
  agreedChange: z.string(),
  plannedOn: day.nullable(),
  plannedSlot: slot.nullable(),
  version: z.number(),
  /** Null while it is open. */
  closed: z
    .object({
      /** The later lesson; null when it was ended with a reason. */
      look: z.object({ id: z.uuid(), ...lesson }).nullable(),
      reason: z.string(),
      byName: z.string(),
      at: instant,
    })
    .nullable(),
  may: z.object({ plan: z.boolean(), close: z.boolean() }),
});
export type FollowUp = z.infer<typeof followUp>;

const page = { cursor: dayCursor.optional(), limit: z.number().int().min(1).max(100).default(30) };
const listed = z.object({
  rows: z.array(openFollowUp),
  nextCursor: z.string().nullable(),
  asOf: instant,
});
const edit = { observationId: z.uuid(), version: z.number().int().min(1) };
const changed = z.object({ version: z.number() });

export const followUpContract = {
  getFollowUp: oc.input(z.object({ observationId: z.uuid() })).output(
    z.object({
      followUp: followUp.nullable(),
      /** What this record's observer agreed on with the same teacher before it, and may look at here. */
      earlier: z.array(openFollowUp),
    }),
  ),
  planFollowUp: oc
    .input(
      z
        .object({ ...edit, plannedOn: day.nullable(), plannedSlot: slot.nullable() })
        .refine(({ plannedOn, plannedSlot }) => plannedSlot === null || plannedOn !== null, {
          path: ['plannedOn'],
          message: '选了节次，请再选日期',
        }),
    )
    .output(changed),
  /** Links the lesson in which the change was looked at again. */
  lookAgain: oc.input(z.object({ ...edit, lookId: z.uuid(), seen: text(500) })).output(changed),
  endFollowUp: oc.input(z.object({ ...edit, reason: filledText(200) })).output(changed),
  /** Open ones the caller agreed on as the observer, the oldest first. */
  listMyFollowUps: oc
    .input(z.object({ ...page, teacherId: z.uuid().optional(), dueBy: day.optional() }).prefault({}))
    .output(listed),
  /** Open ones agreed on with the caller as the teacher, the oldest first. */
  listChangesIAgreed: oc.input(z.object(page).prefault({})).output(listed),
};
