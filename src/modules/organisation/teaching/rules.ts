import { gradeLabels, type Stage, type Subject } from '../vocabulary/contract.ts';

const firstGrade: Readonly<Record<Stage, number>> = { primary: 1, junior: 7 };
const lastGrade: Readonly<Record<Stage, number>> = { primary: 6, junior: 9 };

/** The grade of a class in a school year (named by its first calendar year); null before entry and after leaving. */
export const gradeOfClass = (stage: Stage, entryYear: number, schoolYear: number): number | null => {
  const grade = firstGrade[stage] + schoolYear - entryYear;
  return grade < firstGrade[stage] || grade > lastGrade[stage] ? null : grade;
};

/** The year in which the present pupils of a grade entered. */
export const entryYearOf = (grade: number, schoolYear: number): number =>
  schoolYear - (grade - firstGrade[grade <= 6 ? 'primary' : 'junior']);

/** 三年级(2)班 */
export const classLabel = (grade: number, number: number): string => `${gradeLabels[grade]}(${number})班`;

export interface TimetabledLesson {
  readonly slot: number;
  readonly stage: Stage;
  readonly grade: number;
  readonly subject: Subject;
  /** Null for a lesson given to no single class. */
  readonly classId: string | null;
  readonly number: number | null;
  readonly teacherId: string;
  readonly teacherName: string;
}
