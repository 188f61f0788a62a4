import { oc } from '@orpc/contract';
import { z } from 'zod';
import { roomKinds } from '#modules/classroom/room-use/vocabulary/contract.ts';
import { day, dayCursor, grade, type Post, stages, subject } from '#modules/organisation/contract.ts';
import { paces } from '#modules/plans/contract.ts';

/** Who leads a school and observes there; only the principal owes a number. */
export const leaderPosts = ['principal', 'vice-principal', 'dean'] as const satisfies readonly Post[];
export type LeaderPost = (typeof leaderPosts)[number];

const count = z.number().int().min(0);

const termOfFigures = z.object({
  id: z.uuid(),
  name: z.string(),
  startsOn: day,
  endsOn: day,
  elapsedTeachingDays: count,
  totalTeachingDays: count,
});
export type TermOfFigures = z.infer<typeof termOfFigures>;

const totals = {
  lessons: count,
  records: count,
  /** Records whose teacher was told; of `records`. */
  fedBack: count,
};

const standing = z.object({
  /** Null: no number is owed. */
  amount: count.nullable(),
  done: count,
  /** Unrounded. */
  expected: z.number().nullable(),
  pace: z.enum(paces).nullable(),
  perWeekNeeded: z.number().nullable(),
  sentence: z.string(),
});

const week = z.object({ week: count, from: day, to: day, teachingDays: count, lessons: count });

const observerProgress = z.object({
  personId: z.uuid(),
  personName: z.string(),
  post: z.enum(leaderPosts),
  schoolId: z.uuid(),
  schoolName: z.string(),
  ...standing.shape,
  /** Where the number owed comes from. */
  clause: z.string().nullable(),
  ...totals,
  grades: z.array(z.object({ grade, lessons: count })),
  subjects: z.array(z.object({ subject, lessons: count })),
  teachers: count,
  away: count,
  weeks: z.array(week),
  /** Whether the one who asks may open the records themselves. */
  mayOpenRows: z.boolean(),
});
export type ObserverProgress = z.infer<typeof observerProgress>;

const asOf = z.iso.datetime();
const figuresOf = {
  term: termOfFigures,
  asOf,
  /** The rule of counting in words. */
  rule: z.string(),
};

const progressAnswer = z.object({
  ...figuresOf,
  /** One for each leading post the person holds or held in the term; the principal's first. */
  posts: z.array(observerProgress),
});
export type ProgressAnswer = z.infer<typeof progressAnswer>;

const countedLesson = z.object({
  id: z.uuid(),
  dayOn: day,
  slotFrom: count,
  slotTo: count,
  lessons: count,
  schoolName: z.string(),
  grade,
  subject,
  fedBack: z.boolean(),
  away: z.boolean(),
  late: z.boolean(),
});
export type CountedLesson = z.infer<typeof countedLesson>;

/** The filter behind a figure: the rows it lists sum to the figure. */
const figureFilter = z.strictObject({
  personId: z.uuid(),
  schoolId: z.uuid(),
  post: z.enum(leaderPosts),
  termId: z.uuid(),
  grade: grade.optional(),
  subject: subject.optional(),
  week: z.number().int().min(1).max(40).optional(),
  fedBack: z.boolean().optional(),
  away: z.boolean().optional(),
});
export type FigureFilter = z.infer<typeof figureFilter>;

const criterionPart = z.object({
  letter: z.string(),
  text: z.string(),
  /** The record that doing the work leaves behind. */
  evidence: z.string(),
  /** Whether numbers are computed for this part now. */
  measured: z.boolean(),
});
const criterion = z.object({
  code: z.string(),
  name: z.string(),
  /** The notice's own words. */
  text: z.string(),
  points: z.number(),
  limitNote: z.string().nullable(),
  parts: z.array(criterionPart),
});
export type Criterion = z.infer<typeof criterion>;

const schoolEvaluation = z.object({
  ...figuresOf,
  school: z.object({ id: z.uuid(), name: z.string() }),
  framework: z.object({ title: z.string(), version: count, clause: z.string(), note: z.string() }),
  criteria: z.array(criterion),
  /** E4: everybody who leads the school in the term. */
  observers: z.array(observerProgress),
  /** E10: checks of the term, and what their samples came to. */
  writing: z.object({
    checks: count,
    byDistrict: count,
    sample: count,
    posture: count,
    grip: count,
    form: count,
    neat: count,
  }),
  /** E1: class-days of the term with written homework posted or looked into, and of them those over the limit. */
  homework: z.object({ posted: count, postedOver: count, spot: count, spotOver: count }),
  /** E3: rooms and their uses in the term, experiments and money of the school year. */
  conditions: z.object({
    rooms: z.array(z.object({ kind: z.enum(roomKinds), rooms: count, uses: count })),
    /** Of the library that stands open longest; null where none has said. */
    libraryMinutes: count.nullable(),
    libraryHoursWanted: z.number(),
    experimentsRequired: count,
    experimentsHeld: count,
    schoolYear: count,
    yearFrom: day,
    plannedFen: z.number().nullable(),
    spentFen: z.number(),
  }),
  /** The days the figures are of; both are inside. */
  period: z.object({ from: day, to: day }),
  /** E4: how many of those who lead the school have confirmed a 课堂诊断计划 for the term. */
  diagnosisPlans: z.object({ leaders: count, confirmed: count }),
});
export type SchoolEvaluation = z.infer<typeof schoolEvaluation>;

const unitProgress = z.object({
  schoolId: z.uuid(),
  schoolName: z.string(),
  stages: z.array(z.enum(stages)),
  consortiumNames: z.array(z.string()),
  principals: z.array(z.object({ personId: z.uuid(), personName: z.string() })),
  /** What the unit's principals owe together; null when none owes a number. */
  amount: count.nullable(),
  expected: z.number().nullable(),
  ...totals,
});

const districtProgress = z.object({
  ...figuresOf,
  /** By name. */
  units: z.array(unitProgress),
  total: z.object({ units: count, amount: count, expected: z.number(), ...totals }),
  months: z.array(z.object({ month: z.string(), teachingDays: count, ...totals })),
});
export type DistrictProgress = z.infer<typeof districtProgress>;

/** What the leading group learns of the principals' own ledgers: counts, and the words meant for it. */
const ledgerOfPrincipal = z.object({
  personId: z.uuid(),
  /** Places in the records worth a second look, and how many of them the principal explained. */
  remarks: count,
  explained: count,
  /** Why the number is not reached, in the principal's words; null when nothing was written. */
  shortfall: z.string().nullable(),
});
export type LedgerOfPrincipal = z.infer<typeof ledgerOfPrincipal>;

const ofTerm = { termId: z.uuid().optional() };

export const evaluationContract = {
  /** Count against target; one's own unless a person is named. */
  principalProgress: oc
    .input(z.strictObject({ ...ofTerm, personId: z.uuid().optional() }))
    .output(progressAnswer),
  listCountedLessons: oc
    .input(
      figureFilter.extend({
        cursor: dayCursor.optional(),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(
      z.object({
        observerName: z.string(),
        rows: z.array(countedLesson),
        nextCursor: z.string().nullable(),
        asOf,
      }),
    ),
  listEvaluatedSchools: oc
    .input(z.strictObject({}))
    .output(z.object({ rows: z.array(z.object({ id: z.uuid(), name: z.string() })) })),
  schoolEvaluation: oc
    .input(z.strictObject({ ...ofTerm, schoolId: z.uuid().optional() }))
    .output(schoolEvaluation),
  districtProgress: oc
    .input(z.strictObject({ ...ofTerm, stage: z.enum(stages).optional() }))
    .output(districtProgress),
  districtLedgers: oc
    .input(z.strictObject(ofTerm))
    .output(z.object({ rows: z.array(ledgerOfPrincipal), asOf })),
};
