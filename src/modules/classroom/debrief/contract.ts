import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, subject } from '#modules/organisation/contract.ts';
import { filledText, instant, slot, text } from '../shapes/contract.ts';

const named = z.object({ id: z.uuid(), name: z.string() });

const debriefRow = z.object({
  id: z.uuid(),
  dayOn: day,
  slotFrom: slot,
  slotTo: slot,
  schoolName: z.string(),
  classLabel: z.string(),
  grade,
  subject,
  teacherName: z.string(),
  topic: z.string(),
  calledByName: z.string(),
  concluded: z.boolean(),
});
export type DebriefRow = z.infer<typeof debriefRow>;

const debriefDetail = debriefRow.extend({
  /** 说课: what the teacher said about the plan. */
  planGist: z.string(),
  /** 纪要. */
  gist: z.string(),
  version: z.number(),
  participants: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      /** What this observer looked at. */
      focus: z.string(),
      version: z.number(),
    }),
  ),
  notes: z.array(z.object({ id: z.uuid(), personName: z.string(), text: z.string(), at: instant })),
  /** Each concluded gist, the first and every amendment. */
  versions: z.array(z.object({ number: z.number(), reason: z.string(), madeAt: instant })),
  /** Of the caller; null when one reads it by a post or as the teacher. */
  mine: z.object({ focus: z.string(), version: z.number() }).nullable(),
  may: z.object({ write: z.boolean(), talk: z.boolean() }),
});
export type DebriefDetail = z.infer<typeof debriefDetail>;

const gists = { planGist: text(2000), gist: text(4000) };
const edit = { id: z.uuid(), version: z.number().int().min(1) };
const changed = z.object({ version: z.number() });

export const debriefContract = {
  /** Of a lesson the caller has observed: its meeting, and who else has a finished record of it. */
  findDebriefOfLesson: oc
    .input(z.object({ observationId: z.uuid() }))
    .output(z.object({ debriefId: z.uuid().nullable(), joined: z.boolean(), observers: z.array(named) })),
  /** Calls the meeting about an observed lesson, or joins the one there is. */
  callDebrief: oc
    .input(z.object({ observationId: z.uuid(), participantIds: z.array(z.uuid()).max(30) }))
    .output(z.object({ id: z.uuid() })),
  getDebrief: oc.input(z.object({ id: z.uuid() })).output(debriefDetail),
  addDebriefParticipant: oc
    .input(z.object({ id: z.uuid(), personId: z.uuid() }))
    .output(z.object({ id: z.uuid() })),
  saveDebriefFocus: oc.input(z.object({ ...edit, focus: text(300) })).output(changed),
  addDebriefNote: oc
    .input(z.object({ id: z.uuid(), text: filledText(1000) }))
    .output(z.object({ id: z.uuid() })),
  saveDebriefGist: oc.input(z.object({ ...edit, ...gists })).output(changed),
  /** The first time concludes it; afterwards an amendment with its reason, beside what stood. */
  concludeDebrief: oc.input(z.object({ ...edit, ...gists, reason: text(200) })).output(changed),
  listMyDebriefs: oc
    .input(
      z
        .object({
          cursor: dayCursor.optional(),
          limit: z.number().int().min(1).max(100).default(30),
          open: z.boolean().optional(),
        })
        .prefault({}),
    )
    .output(z.object({ rows: z.array(debriefRow), nextCursor: z.string().nullable(), asOf: instant })),
};
