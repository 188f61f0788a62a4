import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, subject } from '#modules/organisation/contract.ts';
import { homeworkKinds, standings } from './vocabulary/contract.ts';

const count = z.number().int().min(0);

const homeworkItem = z.strictObject({
  subject,
  minutes: z.number().int().min(1, '请填写分钟数').max(300),
  takeHome: z.boolean(),
  /** The school's own form of the homework design that it was posted from. */
  adaptationId: z.uuid().optional(),
});
export type HomeworkItem = z.infer<typeof homeworkItem>;

const limit = z.object({
  /** Of written homework a day, all subjects together; null: no number, but nothing may be taken home. */
  minutes: z.number().nullable(),
  takeHome: z.boolean(),
  /** The rule it comes from. */
  ground: z.string(),
});
export type HomeworkLimit = z.infer<typeof limit>;

const named = z.object({ id: z.uuid(), name: z.string() });
const kept = z.object({
  version: count,
  items: z.array(homeworkItem),
  savedByName: z.string(),
  savedAt: z.iso.datetime(),
});

const homeworkRow = z.object({
  id: z.uuid(),
  schoolId: z.uuid(),
  schoolName: z.string(),
  dayOn: day,
  grade,
  /** Null for the district. */
  classLabel: z.string().nullable(),
  kind: z.enum(homeworkKinds),
  minutes: count,
  takeHomeMinutes: count,
  standing: z.enum(standings),
  items: z.array(homeworkItem),
});
export type HomeworkRow = z.infer<typeof homeworkRow>;

/** Class-days, and of them those over the limit (or forbidden). */
const homeworkTotals = z.object({ posted: count, postedOver: count, spot: count, spotOver: count });
export type HomeworkTotals = z.infer<typeof homeworkTotals>;

export const homeworkCheckContract = {
  /** One class and day: what stands there, and the limit that holds. */
  openHomework: oc
    .input(
      z.strictObject({
        schoolId: z.uuid().optional(),
        classId: z.uuid().optional(),
        dayOn: day.optional(),
        kind: z.enum(homeworkKinds).optional(),
      }),
    )
    .output(
      z.object({
        today: day,
        dayOn: day,
        kind: z.enum(homeworkKinds),
        kinds: z.array(z.enum(homeworkKinds)),
        school: named.nullable(),
        schools: z.array(named),
        classes: z.array(z.object({ id: z.uuid(), label: z.string(), grade })),
        classId: z.uuid().nullable(),
        /** Subjects taught to the chosen class, for the rows of the form. */
        subjects: z.array(subject),
        limit: limit.nullable(),
        kept: kept.nullable(),
      }),
    ),
  /** `version` 0 for the first of a class, day and kind; else of the one that was read. */
  saveHomework: oc
    .input(
      z.strictObject({
        classId: z.uuid(),
        dayOn: day,
        kind: z.enum(homeworkKinds),
        version: z.int().min(0).max(100_000),
        items: z
          .array(homeworkItem)
          .max(19)
          .refine((items) => new Set(items.map((item) => item.subject)).size === items.length, {
            message: '同一学科填写了两次',
          }),
      }),
    )
    .output(z.object({ id: z.uuid(), version: count, standing: z.enum(standings), sentence: z.string() })),
  listHomework: oc
    .input(
      z.strictObject({
        schoolId: z.uuid().optional(),
        from: day.optional(),
        to: day.optional(),
        grade: grade.optional(),
        kind: z.enum(homeworkKinds).optional(),
        over: z.boolean().optional(),
        cursor: dayCursor.optional(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .output(
      z.object({
        rows: z.array(homeworkRow),
        total: homeworkTotals,
        nextCursor: z.string().nullable(),
        asOf: z.iso.datetime(),
      }),
    ),
  homeworkTrend: oc
    .input(z.strictObject({ termId: z.uuid().optional(), schoolId: z.uuid().optional() }))
    .output(
      z.object({
        term: z.object({ id: z.uuid(), name: z.string(), from: day, to: day }),
        school: named.nullable(),
        total: homeworkTotals,
        weeks: z.array(homeworkTotals.extend({ week: count, from: day, to: day })),
        /** In the district's usual order. */
        schools: z.array(homeworkTotals.extend({ schoolId: z.uuid(), schoolName: z.string() })),
        asOf: z.iso.datetime(),
      }),
    ),
};
