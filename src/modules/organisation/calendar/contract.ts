import { oc } from '@orpc/contract';
import { z } from 'zod';
import { changed, day, done, id, line, made, rowsVersion, stage, version } from '../shapes/contract.ts';

export const specialDay = z.object({
  dayOn: day,
  isTeachingDay: z.boolean(),
  /** On a make-up day: the weekday (1–7) whose timetable is taught. */
  followsWeekday: z.number().int().min(1).max(7).nullable(),
  note: z.string(),
});

export const termRow = z.object({
  id,
  schoolYear: z.number().int(),
  term: z.number().int(),
  name: z.string(),
  startsOn: day,
  endsOn: day,
  teachingDays: z.number().int(),
  teachingDaysElapsed: z.number().int(),
  version,
});
export type TermRow = z.infer<typeof termRow>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const bellSlot = z.object({ slot: z.number().int().min(1).max(12), startsAt: clock, endsAt: clock });
export type BellSlot = z.infer<typeof bellSlot>;

const termDates = z
  .object({ startsOn: day, endsOn: day })
  .refine(({ startsOn, endsOn }) => endsOn > startsOn, { message: '结束日期应在开始日期之后' });

export const calendarContract = {
  listTerms: oc.input(z.object({})).output(z.object({ asOf: day, rows: z.array(termRow) })),
  getTerm: oc
    .input(z.object({ termId: id }))
    .output(termRow.extend({ specialDays: z.array(specialDay), may: z.object({ edit: z.boolean() }) })),
  addTerm: oc
    .input(
      termDates.extend({
        schoolYear: z.number().int().min(2000).max(2100),
        term: z.union([z.literal(1), z.literal(2)]),
      }),
    )
    .output(made),
  editTerm: oc.input(termDates.extend({ termId: id, version })).output(changed),
  setCalendarDay: oc
    .input(specialDay.omit({ note: true }).extend({ termId: id, version, note: line(60) }))
    .output(changed),
  /** The day follows the rule again: taught from Monday to Friday. */
  clearCalendarDay: oc.input(z.object({ termId: id, version, dayOn: day })).output(changed),
  getBellSlots: oc.input(z.object({ schoolId: id.nullable(), stage })).output(
    z.object({
      slots: z.array(bellSlot),
      /** False where the school follows the district's default table. */
      ownTable: z.boolean(),
      version: rowsVersion,
      may: z.object({ edit: z.boolean() }),
    }),
  ),
  /** An empty table for a school means that it follows the district's again. */
  setBellSlots: oc
    .input(
      z.object({ schoolId: id.nullable(), stage, version: rowsVersion, slots: z.array(bellSlot).max(12) }),
    )
    .output(done),
};
