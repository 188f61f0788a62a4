import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, grade, subject } from '#modules/organisation/contract.ts';
import { mostSlots } from '../vocabulary/contract.ts';
import { planPosts, planStates, visitKinds } from './vocabulary/contract.ts';

export * from './vocabulary/contract.ts';

// PostgreSQL keeps every character but NUL.
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((value) => !value.includes('\0'), '文字中有无法保存的字符');
const count = z.number().int();
const slot = count.min(1).max(mostSlots);
const instant = z.iso.datetime();

/** Most lessons one may plan for a week: more than a full week of a school. */
export const mostInWeek = 40;

export const planContent = z.object({
  /** 要诊断的问题 */
  problem: text(500),
  grades: z.array(grade).max(9),
  subjects: z.array(subject).max(20),
  /** Teachers of the school to look at first. */
  teacherIds: z.array(z.uuid()).max(60),
  kinds: z.array(z.enum(visitKinds)).max(visitKinds.length),
  weeks: z.array(z.object({ week: count.min(1).max(40), lessons: count.min(0).max(mostInWeek) })).max(40),
  /** 结果在什么时候交流 */
  talkOn: text(200),
  /** 上学期没有解决的问题 */
  openPoints: text(1000),
});
export type PlanContent = z.infer<typeof planContent>;

const named = z.object({ id: z.uuid(), name: z.string() });

const planWeek = z.object({
  week: count,
  from: day,
  to: day,
  teachingDays: count,
  /** Lessons observed in it that count, in the post and for the school of the plan. */
  done: count,
});
export type PlanWeek = z.infer<typeof planWeek>;

const plan = z.object({
  id: z.uuid(),
  state: z.enum(planStates),
  content: planContent,
  contentNumber: count,
  version: count,
  confirmedAt: instant.nullable(),
  versions: z.array(z.object({ number: count, reason: z.string(), madeAt: instant })),
});
export type Plan = z.infer<typeof plan>;

const planPage = z.object({
  asOf: instant,
  person: named,
  school: named,
  post: z.enum(planPosts),
  term: z.object({ id: z.uuid(), name: z.string() }),
  weeks: z.array(planWeek),
  currentWeek: count.nullable(),
  /** Lessons owed in the term by the target; null where none is set. */
  target: count.nullable(),
  plan: plan.nullable(),
  /** What an unwritten plan begins with: the target over the weeks left, last term's open points. */
  proposal: planContent,
  staff: z.array(named),
  may: z.object({ edit: z.boolean() }),
});
export type PlanPage = z.infer<typeof planPage>;

/** What an observation begins with; travels in the address of the form. */
export const lessonStart = z.object({
  dayOn: day,
  slotFrom: slot,
  slotTo: slot,
  schoolId: z.uuid(),
  classId: z.uuid().nullable(),
  classLabel: z.string().max(40),
  grade,
  subject,
  teacherId: z.uuid(),
  teacherName: z.string().max(40),
  announced: z.boolean(),
});
export type LessonStart = z.infer<typeof lessonStart>;

const proposal = z.object({
  lesson: lessonStart,
  /** How often one has seen this teacher this term. */
  seen: count,
  /** One agreed on a change with this teacher and has not looked at it again. */
  toLook: z.boolean(),
  inFocus: z.boolean(),
  /** Whoever the timetable says teaches here, where somebody else does. */
  insteadOf: z.string().nullable(),
});
export type Proposal = z.infer<typeof proposal>;

const ofSchool = { schoolId: z.uuid().optional(), termId: z.uuid().optional() };
const edit = { schoolId: z.uuid(), termId: z.uuid(), version: z.number().int().min(0), content: planContent };
const saved = z.object({ id: z.uuid(), version: count });

const listedPlan = z.object({
  planId: z.uuid().nullable(),
  schoolId: z.uuid(),
  schoolName: z.string(),
  personName: z.string(),
  post: z.enum(planPosts),
  state: z.enum(planStates).nullable(),
  planned: count.nullable(),
  /** Lessons planned up to the week before this one. */
  due: count.nullable(),
  done: count,
  mayOpen: z.boolean(),
});
export type ListedPlan = z.infer<typeof listedPlan>;

export const diagnosisPlanContract = {
  /** One's own plan; with several posts that of the first school led unless one is named. */
  getDiagnosisPlan: oc.input(z.object(ofSchool).prefault({})).output(planPage),
  /** Somebody else's confirmed plan: the principal reads the deputies'. */
  openDiagnosisPlan: oc.input(z.object({ planId: z.uuid() })).output(planPage),
  /** A draft may be saved half-written; `version` 0 makes it. */
  saveDiagnosisPlan: oc.input(z.object(edit)).output(saved),
  confirmDiagnosisPlan: oc.input(z.object(edit)).output(saved),
  /** A confirmed plan is changed by a new version. */
  reviseDiagnosisPlan: oc
    .input(z.object({ ...edit, reason: text(200).min(1, '请写明为什么调整') }))
    .output(saved),
  /** Classes to look at in the week of a day: not yet seen first, what is in focus before the rest. */
  proposeDiagnosisLessons: oc.input(z.object({ schoolId: z.uuid(), on: day })).output(
    z.object({
      from: day,
      to: day,
      /** Planned for the week and done in it. */
      planned: count,
      done: count,
      days: z.array(z.object({ dayOn: day, note: z.string().nullable(), proposals: z.array(proposal) })),
    }),
  ),
  /** Numbers for the district; to a principal also which plans may be opened. No teacher's name, no problem. */
  listDiagnosisPlans: oc
    .input(z.object({ termId: z.uuid().optional(), schoolId: z.uuid().optional() }).prefault({}))
    .output(z.object({ asOf: instant, termName: z.string(), rows: z.array(listedPlan) })),
};
