import type { Subject, WeekParity } from '../vocabulary/contract.ts';

export const timetableForms = ['class-grid', 'teacher-grid', 'master', 'list'] as const;
/** 班级课表、教师课表、总课表、逐行的清单 */
export type TimetableForm = (typeof timetableForms)[number];
export const timetableFormLabels: Readonly<Record<TimetableForm, string>> = {
  'class-grid': '班级课表',
  'teacher-grid': '教师课表',
  master: '总课表',
  list: '清单',
};

/** A class as it is written: by grade and number, or by year of entry and number. */
export type ClassName =
  | { readonly grade: number; readonly number: number }
  | { readonly entryYear: number; readonly number: number };

/** One lesson of the week as the file says it; what it leaves out is empty or null. */
export interface WrittenLesson {
  readonly className: ClassName | null;
  /** The class as it stands in the file, for questions. */
  readonly classText: string;
  readonly weekday: number;
  readonly slot: number;
  readonly parity: WeekParity;
  readonly subject: Subject | null;
  /** The subject as it stands in the file. */
  readonly subjectText: string;
  readonly teacher: string;
  /** Where it stands, e.g. `三(2)班!C4`. */
  readonly cell: string;
}

export interface UnreadCell {
  readonly cell: string;
  readonly text: string;
  readonly reason: string;
}

export interface WrittenTimetable {
  readonly forms: readonly TimetableForm[];
  readonly lessons: readonly WrittenLesson[];
  readonly unread: readonly UnreadCell[];
}

/** A row of a table as a person brought it; empty rows are left out, merged cells repeat downwards. */
export interface GridRow {
  readonly table: string;
  readonly row: number;
  readonly cells: readonly string[];
  readonly ref: (column: number) => string;
}
