import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, subject } from '#modules/organisation/contract.ts';
import { budgetContract } from './budget/contract.ts';
import { calibrationContract } from './calibration/contract.ts';
import { observationContent } from './content/contract.ts';
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
import { pocketContract } from './pocket/contract.ts';
import { researchVisitContract } from './research-visit/contract.ts';
import { roomUseContract } from './room-use/contract.ts';
import { classroomSettingsContract } from './settings/contract.ts';
import { instant, rubricCriterion, slot, text } from './shapes/contract.ts';
import { stuckContract } from './stuck/contract.ts';
import { timetableContract } from './timetable/contract.ts';
import { capacities, lessonTypes, modes, states } from './vocabulary/contract.ts';
import { writingCheckContract } from './writing-check/contract.ts';

export * from './content/contract.ts';
export type { DebriefDetail, DebriefRow } from './debrief/contract.ts';
export type { FollowUp, OpenFollowUp } from './follow-up/contract.ts';
export type { CriterionEntry, RubricCriterion } from './shapes/contract.ts';
export type { PeopleOfSchool, ProposedLesson, Start } from './timetable/contract.ts';
export * from './vocabulary/contract.ts';

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
  receipt: z.number(),
});
export type ObservationRow = z.infer<typeof observationRow>;

const observationDetail = observationRow.extend({
  content: observationContent,
  version: z.number(),
  rubricId: z.uuid(),
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
const saved = z.object({
  id: z.uuid(),
  version: z.number(),
  state: z.enum(states),
  savedAt: instant,
  /** 回执号: the district has the record. */
  receipt: z.number(),
});
const written = z.object({
  ...edit,
  content: observationContent,
  /** The edition a new record was written with; without it the one in force on the day. */
  rubricId: z.uuid().optional(),
  /** Who wrote it: a phone may meanwhile be signed in as somebody else. */
  observerId: z.uuid().optional(),
});
export type WrittenObservation = z.infer<typeof written>;

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
  ...pocketContract,
  ...stuckContract,
  ...timetableContract,
  /** Autosave. `version` 0 makes the record; the answer's version goes into the next save. */
  saveDraft: oc.input(written).output(saved),
  finaliseObservation: oc.input(written).output(saved),
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
