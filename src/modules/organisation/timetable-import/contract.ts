import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, id, version } from '../shapes/contract.ts';
import { type TimetableForm, timetableForms } from '../timetable-grid/contract.ts';
import type { Stage, Subject, WeekParity } from '../vocabulary/contract.ts';

export const timetableStatuses = ['new', 'changed', 'removed', 'unchanged', 'needs-decision'] as const;
export type TimetableStatus = (typeof timetableStatuses)[number];
export const timetableStatusLabels: Readonly<Record<TimetableStatus, string>> = {
  new: '新增',
  changed: '变更',
  removed: '去掉',
  unchanged: '不变',
  'needs-decision': '待决定',
};

const timetableQuestionKinds = [
  'class',
  'teacher',
  'subject',
  'teaching',
  'place',
  'teacher-slot',
  'bells',
  'unread',
] as const;

const count = z.number().int();
const choice = z.object({ value: z.string(), label: z.string() });

const question = z.object({
  /** What an answer is kept under. */
  key: z.string(),
  kind: z.enum(timetableQuestionKinds),
  text: z.string(),
  cell: z.string(),
  /** Likely answers. */
  choices: z.array(choice),
  /** Whether any teacher or any subject may be the answer as well. */
  also: z.enum(['teachers', 'subjects']).nullable(),
});
export type TimetableQuestion = z.infer<typeof question>;

/** The answer that leaves out what a question is about. */
export const leaveOut = 'leave-out';
/** The answer that registers a class the school does not have yet. */
export const newClass = 'new-class';

const row = z.object({
  number: count,
  status: z.enum(timetableStatuses),
  text: z.string(),
  reason: z.string(),
  cell: z.string(),
  /** Changes or takes away what somebody set on the page. */
  byHand: z.boolean(),
});
export type TimetableRow = z.infer<typeof row>;

const changes = z.object({ new: count, changed: count, removed: count, unchanged: count });
export type TimetableChanges = z.infer<typeof changes>;

export const timetableDecisions = z.record(z.string().max(200), z.string().max(200));
export type TimetableDecisions = Readonly<Record<string, string>>;

const heading = z.object({
  id,
  schoolId: id,
  termName: z.string(),
  title: z.string(),
  broughtBy: z.string(),
  broughtAt: z.iso.datetime(),
  appliedAt: z.iso.datetime().nullable(),
  appliedBy: z.string().nullable(),
  applied: changes.nullable(),
  version,
});

export const timetableImportContract = {
  listTimetableImports: oc
    .input(z.object({ schoolId: id }))
    .output(z.object({ asOf: day, rows: z.array(heading) })),
  getTimetableImport: oc.input(z.object({ importId: id })).output(
    heading.extend({
      schoolName: z.string(),
      forms: z.array(z.enum(timetableForms)),
      /** False once everything is written: the file is kept no longer. */
      open: z.boolean(),
      complete: z.boolean(),
      /** Stands for this very preview; goes into `applyTimetable`. */
      shown: z.string(),
      lessons: count,
      changes,
      newClasses: z.array(z.string()),
      /** What was set by hand and would be changed or taken away. */
      overwritten: z.array(row),
      questions: z.array(question),
      decisions: timetableDecisions,
      teachers: z.array(choice),
    }),
  ),
  listTimetableRows: oc
    .input(
      z.object({
        importId: id,
        status: z.enum(timetableStatuses),
        cursor: z.string().regex(/^\d+$/).optional(),
        limit: z.number().int().min(1).max(200).default(60),
      }),
    )
    .output(z.object({ rows: z.array(row), nextCursor: z.string().nullable() })),
  decideTimetable: oc
    .input(z.object({ importId: id, version, decisions: timetableDecisions, complete: z.boolean() }))
    .output(z.object({ version })),
  applyTimetable: oc
    .input(z.object({ importId: id, version, shown: z.string() }))
    .output(z.object({ version, changes })),
  dropTimetable: oc.input(z.object({ importId: id })).output(z.object({})),
};

/** What stands in a school before an import. */
export interface StandingSchool {
  readonly schoolYear: number;
  readonly stages: readonly Stage[];
  readonly classes: readonly StandingClass[];
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly subjects: readonly Subject[];
  }[];
  readonly teaching: readonly StandingTeaching[];
  /** Lessons the school's teachers give at other schools. */
  readonly elsewhere: readonly ElsewhereLesson[];
  /** The last slot of each stage's bells; 0 without bells. */
  readonly lastSlot: Readonly<Record<Stage, number>>;
}

export interface StandingClass {
  readonly id: string;
  readonly stage: Stage;
  readonly grade: number;
  readonly entryYear: number;
  readonly number: number;
}

export interface StandingPlace {
  readonly weekday: number;
  readonly slot: number;
  readonly parity: WeekParity;
  readonly byHand: boolean;
}

export interface StandingTeaching {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly classId: string | null;
  readonly grade: number;
  readonly subject: Subject;
  readonly places: readonly StandingPlace[];
}

export interface ElsewhereLesson {
  readonly personId: string;
  readonly schoolName: string;
  readonly weekday: number;
  readonly slot: number;
  readonly parity: WeekParity;
}

/** A class of the plan: one that stands, or one to be registered. */
export interface PlanClass {
  /** The id of a standing class, else a key of its own. */
  readonly ref: string;
  readonly isNew: boolean;
  readonly stage: Stage;
  readonly grade: number;
  readonly entryYear: number;
  readonly number: number;
}

/** A lesson of the file with everything about it settled. */
export interface PlanLesson {
  readonly schoolClass: PlanClass;
  readonly personId: string;
  readonly personName: string;
  readonly subject: Subject;
  readonly weekday: number;
  readonly slot: number;
  readonly parity: WeekParity;
  readonly cell: string;
}

export interface TimetablePlan {
  readonly forms: readonly TimetableForm[];
  readonly rows: readonly Omit<TimetableRow, 'number'>[];
  readonly questions: readonly TimetableQuestion[];
  readonly changes: TimetableChanges;
  readonly newClasses: readonly PlanClass[];
  readonly add: readonly PlanLesson[];
  readonly remove: readonly {
    readonly teachingId: string;
    readonly weekday: number;
    readonly slot: number;
  }[];
  /** Teaching whose lessons all fell away with this import: the teacher no longer teaches the class. */
  readonly end: readonly string[];
}
