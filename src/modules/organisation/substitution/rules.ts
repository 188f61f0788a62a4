import type { TimetabledLesson } from '../teaching/rules.ts';
import type { Subject } from '../vocabulary/contract.ts';

/** 代课、调课: who teaches what in one slot of a class on one day. */
export interface Substituted {
  readonly id: string;
  readonly classId: string;
  readonly slot: number;
  readonly grade: number;
  readonly number: number;
  readonly subject: Subject;
  readonly teacherId: string;
  readonly teacherName: string;
}

/** A lesson as it is really taught on a day. */
export interface TaughtLesson extends TimetabledLesson {
  readonly substitutionId: string | null;
  /** What the timetable says of this place, where something else is taught; null without a timetabled lesson. */
  readonly insteadOf: { readonly subject: Subject; readonly teacherName: string } | null;
}

/** The day's timetable with its substitutions: one lesson takes the place of what stood there. */
export const taughtOn = (
  timetabled: readonly TimetabledLesson[],
  substituted: readonly Substituted[],
): TaughtLesson[] => {
  const isPlace = (lesson: TimetabledLesson, { classId, slot }: Substituted): boolean =>
    lesson.classId === classId && lesson.slot === slot;
  const kept = timetabled
    .filter((lesson) => !substituted.some((one) => isPlace(lesson, one)))
    .map((lesson) => ({ ...lesson, substitutionId: null, insteadOf: null }));
  const instead = substituted.map(({ id, ...one }): TaughtLesson => {
    const stood = timetabled.find((lesson) => isPlace(lesson, { id, ...one }));
    return {
      ...one,
      stage: one.grade <= 6 ? 'primary' : 'junior',
      substitutionId: id,
      insteadOf: stood === undefined ? null : { subject: stood.subject, teacherName: stood.teacherName },
    };
  });
  return [...kept, ...instead].toSorted(
    (one, other) =>
      one.grade - other.grade || (one.number ?? 0) - (other.number ?? 0) || one.slot - other.slot,
  );
};
