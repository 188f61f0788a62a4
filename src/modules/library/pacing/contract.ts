import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, id, version } from '#modules/organisation/contract.ts';
import { ofText } from '../consistency/contract.ts';

const entry = z.object({
  id: z.string(),
  week: z.int().nullable(),
  /** What is taught: unit or lesson by name, and what is written beside it. */
  text: z.string(),
  hours: z.number().nullable(),
  note: z.string(),
});
export type PacingEntry = z.infer<typeof entry>;

const week = z.object({
  number: z.int(),
  from: day,
  to: day,
  teachingDays: z.int(),
  /** Holidays and make-up days in it. */
  notes: z.array(z.string()),
  /** Lessons of the subject by the timetable of the caller's school, as far as it is known. */
  lessons: z.number().nullable(),
  entries: z.array(entry),
});
export type PacingWeek = z.infer<typeof week>;

const unit = z.object({
  id,
  name: z.string(),
  planned: z.array(z.int()),
  /** Weeks in which the caller's school reflected on a lesson of it; null for whoever has no school. */
  taught: z.array(z.int()).nullable(),
});
export type PacingUnit = z.infer<typeof unit>;

const sentence = z.object({ fits: z.boolean(), sentence: z.string() });

export const pacingContract = {
  /** A pacing guide laid over a term's calendar; without a term, the one its volume is taught in. */
  getPacing: oc.input(z.object({ ...ofText, termId: id.optional() })).output(
    z.object({
      asOf: day,
      term: z.object({ id, name: z.string() }),
      terms: z.array(z.object({ id, name: z.string() })),
      /** Null outside the term. */
      currentWeek: z.int().nullable(),
      weeks: z.array(week),
      /** What has no week, or one outside the term. */
      outside: z.array(entry),
      units: z.array(unit),
      checks: z.array(sentence),
      round: z.object({ id, version, mayShift: z.boolean() }).nullable(),
    }),
  ),
  /** In the draft: what is planned from a week on comes later, or with a negative number earlier. */
  shiftPacing: oc
    .input(
      z.object({
        id,
        version,
        from: z.int().min(1).max(25),
        by: z
          .int()
          .min(-10)
          .max(10)
          .refine((weeks) => weeks !== 0),
      }),
    )
    .output(z.object({ id, version, moved: z.int() })),
};
