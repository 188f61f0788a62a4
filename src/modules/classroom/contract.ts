import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, type Post, subject } from '#modules/organisation/contract.ts';

/** Posts in which one observes; `head` and `deputy` are those of the leading group. */
const capacities = [
  'principal',
  'vice-principal',
  'dean',
  'subject-lead',
  'research-officer',
  'head',
  'deputy',
  'teacher',
] as const satisfies readonly Post[];
export type Capacity = (typeof capacities)[number];
export const capacityLabels: Readonly<Record<Capacity, string>> = {
  principal: '校长',
  'vice-principal': '教学副校长',
  dean: '教务主任',
  'subject-lead': '学科长',
  'research-officer': '教研员',
  head: '领导小组组长',
  deputy: '领导小组副组长',
  teacher: '教师',
};

export const lessonTypes = [
  'new-lesson',
  'revision',
  'practice',
  'review',
  'experiment',
  'integrated',
] as const;
/** 课型: what kind of lesson it is. */
export type LessonType = (typeof lessonTypes)[number];
export const lessonTypeLabels: Readonly<Record<LessonType, string>> = {
  'new-lesson': '新授课',
  revision: '复习课',
  practice: '练习课',
  review: '讲评课',
  experiment: '实验课',
  integrated: '综合实践课',
};

export const occasions = [
  'ordinary',
  'open-lesson',
  'model-lesson',
  'seminar-lesson',
  'showcase-lesson',
] as const;
/** 听课性质: what the lesson was held for; another thing than its type. */
export type Occasion = (typeof occasions)[number];
export const occasionLabels: Readonly<Record<Occasion, string>> = {
  ordinary: '常态课',
  'open-lesson': '公开课',
  'model-lesson': '示范课',
  'seminar-lesson': '研讨课',
  'showcase-lesson': '汇报课',
};

export const modes = ['live', 'video'] as const;
export type Mode = (typeof modes)[number];
export const modeLabels: Readonly<Record<Mode, string>> = { live: '现场', video: '录像' };

export const steps = ['seen-well', 'partly', 'not-seen', 'not-applicable'] as const;
export type Step = (typeof steps)[number];
export const stepLabels: Readonly<Record<Step, string>> = {
  'seen-well': '做得好',
  partly: '部分做到',
  'not-seen': '未看到',
  'not-applicable': '不适用',
};

export const states = ['draft', 'finalised', 'fed-back', 'replied'] as const;
export type State = (typeof states)[number];
export const stateLabels: Readonly<Record<State, string>> = {
  draft: '草稿',
  finalised: '已完成',
  'fed-back': '已反馈',
  replied: '老师已回复',
};

export const mostSlots = 12;
/** The longest stretch one record may cover, in lesson slots. */
const mostLessons = 4;

// PostgreSQL keeps every character but NUL.
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes('\0'), '文字中有无法保存的字符');
const instant = z.iso.datetime();
const slot = z.number().int().min(1).max(mostSlots);

export const criterionEntry = z.object({
  code: z.string().regex(/^[A-Z][0-9]{1,2}$/),
  step: z.enum(steps).nullable(),
  evidence: text(500),
});
export type CriterionEntry = z.infer<typeof criterionEntry>;

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

const rubricCriterion = z.object({ code: z.string(), label: z.string(), wording: z.string() });
export type RubricCriterion = z.infer<typeof rubricCriterion>;

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
});
export type ProposedLesson = z.infer<typeof proposedLesson>;

export const classroomContract = {
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
