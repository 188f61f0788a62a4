import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, subject } from '#modules/organisation/contract.ts';
import { budgetContract } from './budget/contract.ts';
import { calibrationContract } from './calibration/contract.ts';
import { debriefContract } from './debrief/contract.ts';
import { diagnosisPlanContract } from './diagnosis-plan/contract.ts';
import { experimentContract } from './experiment/contract.ts';
import { feedbackContract } from './feedback/contract.ts';
import { findingContract } from './finding/contract.ts';
import { followUpContract } from './follow-up/contract.ts';
import { homeworkCheckContract } from './homework-check/contract.ts';
import { ledgerContract } from './ledger/contract.ts';
import { lensContract } from './lens/contract.ts';
import { patrolContract } from './patrol/contract.ts';
import { researchVisitContract } from './research-visit/contract.ts';
import { roomUseContract } from './room-use/contract.ts';
import { classroomSettingsContract } from './settings/contract.ts';
import { criterionEntry, instant, rubricCriterion, slot, text } from './shapes/contract.ts';
import { capacities, lessonTypes, modes, mostLessons, occasions, states } from './vocabulary/contract.ts';
import { writingCheckContract } from './writing-check/contract.ts';

export type { DebriefDetail, DebriefRow } from './debrief/contract.ts';
export type { FollowUp, OpenFollowUp } from './follow-up/contract.ts';
export type { CriterionEntry, RubricCriterion } from './shapes/contract.ts';
export * from './vocabulary/contract.ts';

/** What the observer writes; whatever the server works out (state, term, late …) is not in it. */
export const observationContent = z
  .object({
    capacity: z.enum(capacities),
    dayOn: day,
    slotFrom: slot.nullable(),
    slotTo: slot.nullable(),
    schoolId: z.uuid().nullable(),
    classId: z.uuid().nullable(),
    classLabel: text(40),
    grade: grade.nullable(),
    subject: subject.nullable(),
    teacherId: z.uuid().nullable(),
    teacherName: text(40),
    topic: text(100),
    lessonType: z.enum(lessonTypes).nullable(),
    occasion: z.enum(occasions),
    announced: z.boolean(),
    mode: z.enum(modes),
    offDayReason: text(200),
    criteria: z.array(criterionEntry).max(20),
    strengths: text(4000),
    toImprove: text(4000),
    suggestion: text(4000),
  })
  .refine(({ slotFrom, slotTo }) => slotFrom === null || slotTo === null || slotTo >= slotFrom, {
    path: ['slotTo'],
    message: '结束节次不能早于开始节次',
  })
  .refine(({ slotFrom, slotTo }) => slotFrom === null || slotTo === null || slotTo - slotFrom < mostLessons, {
    path: ['slotTo'],
    message: `一份记录最多连听 ${mostLessons} 节，请分开填写`,
  })
  .refine(({ criteria }) => new Set(criteria.map(({ code }) => code)).size === criteria.length, {
    path: ['criteria'],
    message: '同一条标准填写了两次',
  });
export type ObservationContent = z.infer<typeof observationContent>;

const observationRow = z.object({
  id: z.uuid(),
  observerId: z.uuid(),
  observerName: z.string(),
  capacity: z.enum(capacities),
  schoolId: z.uuid().nullable(),
  schoolName: z.string().nullable(),
  dayOn: day,
  slotFrom: slot.nullable(),
  slotTo: slot.nullable(),
  lessons: z.number().nullable(),
  classLabel: z.string(),
  grade: grade.nullable(),
  subject: subject.nullable(),
  teacherName: z.string(),
  topic: z.string(),
  lessonType: z.enum(lessonTypes).nullable(),
  mode: z.enum(modes),
  state: z.enum(states),
  late: z.boolean(),
  away: z.boolean(),
  withdrawn: z.boolean(),
  savedAt: instant,
});
export type ObservationRow = z.infer<typeof observationRow>;

const observationDetail = observationRow.extend({
  content: observationContent,
  version: z.number(),
  rubric: z.array(rubricCriterion),
  agreedChange: z.string(),
  finalisedAt: instant.nullable(),
  fedBackAt: instant.nullable(),
  withdrawnReason: z.string().nullable(),
  replies: z.array(z.object({ id: z.uuid(), personName: z.string(), text: z.string(), at: instant })),
  /** Corrections after the first finalised content, oldest first. */
  corrections: z.array(z.object({ number: z.number(), reason: z.string(), madeAt: instant })),
  may: z.object({ edit: z.boolean(), reply: z.boolean(), agree: z.boolean() }),
});
export type ObservationDetail = z.infer<typeof observationDetail>;

const page = {
  cursor: dayCursor.optional(),
  limit: z.number().int().min(1).max(100).default(30),
};
const listed = z.object({
  rows: z.array(observationRow),
  nextCursor: z.string().nullable(),
  asOf: instant,
});
const filters = {
  from: day.optional(),
  to: day.optional(),
  /** Empty: all. */
  states: z.array(z.enum(states)).max(states.length).optional(),
  grade: grade.optional(),
  subject: subject.optional(),
  teacherId: z.uuid().optional(),
  late: z.boolean().optional(),
};

const edit = { id: z.uuid(), version: z.number().int().min(0) };
const saved = z.object({ id: z.uuid(), version: z.number(), state: z.enum(states), savedAt: instant });

const namedSchool = z.object({ id: z.uuid(), name: z.string() });
const proposedLesson = z.object({
  slot,
  classId: z.uuid().nullable(),
  classLabel: z.string(),
  grade,
  subject,
  teacherId: z.uuid(),
  teacherName: z.string(),
  /** How often the caller has observed this teacher this term. */
  observedBefore: z.number(),
  /** Whoever the timetable says teaches here, where somebody else does today (代课、调课). */
  insteadOf: z.string().nullable(),
});
export type ProposedLesson = z.infer<typeof proposedLesson>;

export const classroomContract = {
  ...patrolContract,
  ...feedbackContract,
  ...followUpContract,
  ...debriefContract,
  ...ledgerContract,
  ...writingCheckContract,
  ...roomUseContract,
  ...experimentContract,
  ...budgetContract,
  ...homeworkCheckContract,
  ...diagnosisPlanContract,
  ...findingContract,
  ...classroomSettingsContract,
  ...researchVisitContract,
  ...lensContract,
  ...calibrationContract,
  /** What is being taught here and now; the first call of the form. */
  startObservation: oc
    .input(
      z.object({ schoolId: z.uuid().optional(), dayOn: day.optional(), slot: slot.optional() }).default({}),
    )
    .output(
      z.object({
        dayOn: day,
        week: z.number().nullable(),
        isTeachingDay: z.boolean(),
        school: namedSchool.nullable(),
        /** Own schools first. */
        schools: z.array(namedSchool),
        slot: slot.nullable(),
        slots: z.array(z.object({ slot, startsAt: z.string(), endsAt: z.string() })),
        lessons: z.array(proposedLesson),
        capacities: z.array(z.enum(capacities)),
        rubric: z.array(rubricCriterion),
        settings: z.object({ minSentences: z.number(), lateDays: z.number(), videoCounts: z.boolean() }),
      }),
    ),
  /** Classes and teachers of a school, for correcting what was proposed. */
  lookUpSchool: oc.input(z.object({ schoolId: z.uuid(), dayOn: day })).output(
    z.object({
      classes: z.array(z.object({ id: z.uuid(), label: z.string(), grade })),
      teachers: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          /** First letters of the name's pinyin. */
          initials: z.string(),
          lessons: z.array(
            z.object({ classId: z.uuid().nullable(), classLabel: z.string(), grade, subject }),
          ),
        }),
      ),
    }),
  ),
  /** Autosave. `version` 0 makes the record; the answer's version goes into the next save. */
  saveDraft: oc.input(z.object({ ...edit, content: observationContent })).output(saved),
  finaliseObservation: oc.input(z.object({ ...edit, content: observationContent })).output(saved),
  correctObservation: oc
    .input(z.object({ ...edit, content: observationContent, reason: text(200).min(1) }))
    .output(saved),
  /** A draft may go without a reason. */
  withdrawObservation: oc.input(z.object({ ...edit, reason: text(200) })).output(saved),
  feedBack: oc.input(z.object(edit)).output(saved),
  replyToFeedback: oc
    .input(z.object({ id: z.uuid(), text: text(2000).refine((value) => value.trim() !== '') }))
    .output(saved),
  markAgreedChange: oc.input(z.object({ ...edit, agreedChange: text(500) })).output(saved),
  listMyObservations: oc
    .input(
      z
        .object({
          ...page,
          ...filters,
          counted: z.boolean().optional(),
          withdrawn: z.boolean().default(false),
        })
        .prefault({}),
    )
    .output(listed),
  listObservationsOfSchool: oc
    .input(z.object({ ...page, ...filters, schoolId: z.uuid().optional() }).prefault({}))
    .output(listed),
  listFeedbackToMe: oc.input(z.object(page).prefault({})).output(listed),
  getObservation: oc.input(z.object({ id: z.uuid() })).output(observationDetail),
};
