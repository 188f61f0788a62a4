import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, subject } from '#modules/organisation/contract.ts';
import { aspects, faults, makers, mostSample } from './vocabulary/contract.ts';

const count = z.number().int().min(0);
const ofSample = z.number().int().min(0).max(mostSample);

/** What the checker writes: counts of a sample; no field for a pupil's name. */
export const writingContent = z
  .strictObject({
    dayOn: day,
    classId: z.uuid().nullable(),
    /** Where no class is chosen. */
    grade: grade.nullable(),
    subject,
    sample: z.number().int().min(1).max(mostSample),
    posture: ofSample,
    grip: ofSample,
    form: ofSample,
    neat: ofSample,
    faults: z.array(z.enum(faults)).max(faults.length),
    faultNote: z.string().trim().max(300),
    advice: z.string().trim().max(500),
  })
  .refine((content) => aspects.every((aspect) => content[aspect] <= content.sample), {
    message: '合格人数不能多于抽查人数',
  });
export type WritingContent = z.infer<typeof writingContent>;

const totals = { checks: count, sample: count, posture: count, grip: count, form: count, neat: count };
const writingTotals = z.object(totals);
export type WritingTotals = z.infer<typeof writingTotals>;

const writingRow = z.object({
  id: z.uuid(),
  schoolId: z.uuid(),
  schoolName: z.string(),
  dayOn: day,
  grade,
  /** Null for the district. */
  classLabel: z.string().nullable(),
  subject,
  madeAs: z.enum(makers),
  sample: count,
  posture: count,
  grip: count,
  form: count,
  neat: count,
  faults: z.array(z.enum(faults)),
});
export type WritingRow = z.infer<typeof writingRow>;

const writingCheck = writingRow.extend({
  version: count,
  classId: z.uuid().nullable(),
  faultNote: z.string(),
  advice: z.string(),
  checkedByName: z.string(),
  /** Contents before the one that stands, oldest first. */
  corrections: z.array(z.object({ version: count, reason: z.string(), at: z.iso.datetime() })),
  may: z.object({ correct: z.boolean() }),
});
export type WritingCheck = z.infer<typeof writingCheck>;

const named = z.object({ id: z.uuid(), name: z.string() });
const edit = { id: z.uuid(), version: z.int().min(1).max(10_000) };
const saved = z.object({ id: z.uuid(), version: count });
const reason = z.string().trim().min(1, '请写明原因').max(200);

export const writingFilter = {
  schoolId: z.uuid().optional(),
  from: day.optional(),
  to: day.optional(),
  grade: grade.optional(),
  subject: subject.optional(),
  classId: z.uuid().optional(),
  fault: z.enum(faults).optional(),
};

export const writingCheckContract = {
  /** Schools one may check, and the classes of the chosen one on the day. */
  startWritingCheck: oc
    .input(z.strictObject({ schoolId: z.uuid().optional(), dayOn: day.optional() }))
    .output(
      z.object({
        today: day,
        school: named.nullable(),
        schools: z.array(named),
        classes: z.array(z.object({ id: z.uuid(), label: z.string(), grade })),
      }),
    ),
  recordWritingCheck: oc
    .input(z.strictObject({ id: z.uuid(), schoolId: z.uuid(), content: writingContent }))
    .output(saved),
  correctWritingCheck: oc.input(z.strictObject({ ...edit, content: writingContent, reason })).output(saved),
  withdrawWritingCheck: oc.input(z.strictObject({ ...edit, reason })).output(saved),
  getWritingCheck: oc.input(z.strictObject({ id: z.uuid() })).output(writingCheck),
  listWritingChecks: oc
    .input(
      z.strictObject({
        ...writingFilter,
        cursor: dayCursor.optional(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .output(
      z.object({
        rows: z.array(writingRow),
        total: writingTotals,
        nextCursor: z.string().nullable(),
        asOf: z.iso.datetime(),
      }),
    ),
  /** A term's weeks: one school's, or with none named all in scope together and each for itself. */
  writingTrend: oc
    .input(z.strictObject({ termId: z.uuid().optional(), schoolId: z.uuid().optional() }))
    .output(
      z.object({
        term: z.object({ id: z.uuid(), name: z.string(), from: day, to: day }),
        school: named.nullable(),
        total: writingTotals,
        weeks: z.array(writingTotals.extend({ week: count, from: day, to: day })),
        /** In the district's usual order. */
        schools: z.array(writingTotals.extend({ schoolId: z.uuid(), schoolName: z.string() })),
        /** Of one's own school only. */
        classes: z.array(writingTotals.extend({ classId: z.uuid(), classLabel: z.string() })),
        faults: z.array(z.object({ fault: z.enum(faults), checks: count })),
        mayCheck: z.boolean(),
        asOf: z.iso.datetime(),
      }),
    ),
};
