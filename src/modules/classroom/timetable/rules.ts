import { classLabel as labelOf } from '#modules/organisation/teaching/rules.ts';
import { gradeLabels, type Subject } from '#modules/organisation/vocabulary/contract.ts';

/** `三年级(2)班`; a lesson given to no single class shows its grade. */
export const classLabel = (grade: number, number: number | null): string =>
  number === null ? (gradeLabels[grade] ?? '') : labelOf(grade, number);

interface TimedSlot {
  readonly slot: number;
  readonly startsAt: string;
  readonly endsAt: string;
}

/**
 * The slot at a clock time (`HH:MM`): the one running, in a break the next one, after the last bell
 * the last; `null` without a bell table.
 */
export const slotAt = (slots: readonly TimedSlot[], clock: string): number | null => {
  const ordered = slots.toSorted((a, b) => (a.endsAt < b.endsAt ? -1 : 1));
  const running = ordered.find(({ startsAt, endsAt }) => clock >= startsAt && clock < endsAt);
  const next = ordered.find(({ startsAt }) => clock < startsAt);
  return (running ?? next ?? ordered.at(-1))?.slot ?? null;
};

export interface TaughtLesson {
  readonly classId: string | null;
  readonly classLabel: string;
  readonly grade: number;
  readonly subject: Subject;
}

interface Teaches {
  readonly name: string;
  /** Of the name's pinyin, small letters. */
  readonly initials: string;
  readonly lessons: readonly TaughtLesson[];
}

/**
 * Teachers whose name contains the text, or whose initials begin with it, once for each lesson they teach;
 * those without a lesson come last, with null.
 */
export const lessonsTaughtBy = <Teacher extends Teaches>(
  teachers: readonly Teacher[],
  text: string,
): { readonly teacher: Teacher; readonly lesson: TaughtLesson | null }[] => {
  const sought = text.trim().toLowerCase();
  const found = teachers.filter(({ name, initials }) => name.includes(sought) || initials.startsWith(sought));
  return [
    ...found.flatMap((teacher) => teacher.lessons.map((lesson) => ({ teacher, lesson }))),
    ...found.filter(({ lessons }) => lessons.length === 0).map((teacher) => ({ teacher, lesson: null })),
  ];
};
