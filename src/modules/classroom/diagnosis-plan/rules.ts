import { countTeachingDays, type TermCalendar, weekNumber } from '#modules/organisation/calendar/rules.ts';
import type { Subject } from '#modules/organisation/contract.ts';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { addDays, type Day, isDay, weekdayOf } from '#platform/dates.ts';
import { mostSlots } from '../vocabulary/contract.ts';
import type { LessonStart, PlanContent } from './contract.ts';

export interface TermWeek {
  readonly week: number;
  /** Both inside; cut to the term. */
  readonly from: Day;
  readonly to: Day;
  readonly teachingDays: number;
}

/** Every week of the term, those without teaching included. */
export const weeksOfTerm = (calendar: TermCalendar): TermWeek[] => {
  const firstMonday = addDays(calendar.startsOn, 1 - weekdayOf(calendar.startsOn));
  return Array.from({ length: weekNumber(calendar, calendar.endsOn) ?? 0 }, (_, index) => {
    const monday = addDays(firstMonday, index * 7);
    const sunday = addDays(monday, 6);
    const from = monday < calendar.startsOn ? calendar.startsOn : monday;
    const to = sunday > calendar.endsOn ? calendar.endsOn : sunday;
    return { week: index + 1, from, to, teachingDays: countTeachingDays(calendar, from, to) };
  });
};

/**
 * Spreads a number of lessons over weeks by their teaching days; the rest of the division goes to the weeks
 * with the largest remainder, the earlier first. The sum is the number, unless no teaching day is left.
 */
export const spreadOver = (
  amount: number,
  weeks: readonly Pick<TermWeek, 'week' | 'teachingDays'>[],
): { week: number; lessons: number }[] => {
  const days = weeks.reduce((sum, { teachingDays }) => sum + teachingDays, 0);
  if (days === 0) return weeks.map(({ week }) => ({ week, lessons: 0 }));
  const shares = weeks.map(({ week, teachingDays }) => {
    const exact = (amount * teachingDays) / days;
    return { week, lessons: Math.floor(exact), remainder: exact - Math.floor(exact) };
  });
  const left = amount - shares.reduce((sum, { lessons }) => sum + lessons, 0);
  const first = new Set(
    shares
      .toSorted((one, other) => other.remainder - one.remainder || one.week - other.week)
      .slice(0, left)
      .map(({ week }) => week),
  );
  return shares.map(({ week, lessons }) => ({ week, lessons: lessons + (first.has(week) ? 1 : 0) }));
};

export const sumOf = (weeks: readonly { readonly lessons: number }[]): number =>
  weeks.reduce((sum, { lessons }) => sum + lessons, 0);

/** Why a plan cannot be confirmed yet; null when it can. */
export const unfinished = ({ problem, kinds, weeks, talkOn }: PlanContent): string | null => {
  if (problem === '') return '请写明要诊断的问题。';
  if (kinds.length === 0) return '请选择听课的方式。';
  if (sumOf(weeks) === 0) return '请安排每周听课的节数。';
  return talkOn === '' ? '请写明什么时候和教师交流结果。' : null;
};

export interface Candidate {
  readonly slot: number;
  readonly classId: string | null;
  readonly classLabel: string;
  readonly grade: number;
  readonly subject: Subject;
  readonly teacherId: string;
  readonly teacherName: string;
  readonly insteadOf: string | null;
}

export type Focus = Pick<PlanContent, 'grades' | 'subjects' | 'teacherIds'>;

/** What is not said does not narrow; a plan that says nothing has nothing in focus. */
export const isInFocus = (
  { grade, subject, teacherId }: Pick<Candidate, 'grade' | 'subject' | 'teacherId'>,
  { grades, subjects, teacherIds }: Focus,
): boolean => {
  if (teacherIds.includes(teacherId)) return true;
  if (grades.length + subjects.length === 0) return false;
  return (
    (grades.length === 0 || grades.includes(grade)) && (subjects.length === 0 || subjects.includes(subject))
  );
};

export interface Ranked extends Candidate {
  readonly seen: number;
  /** A change was agreed on with this teacher and waits to be seen. */
  readonly toLook: boolean;
  readonly inFocus: boolean;
}

const most = (counts: ReadonlyMap<string, number>, key: string): number => counts.get(key) ?? 0;

/**
 * Up to `count` lessons of one day, one a slot and a teacher: first those of `toLook`, with whom a change was agreed
 * on, then teachers not yet seen this term, among them what is in focus, then by slot. `seen` counts how often each teacher was seen, proposals of other days included.
 */
export const proposeForDay = (
  candidates: readonly Candidate[],
  seen: ReadonlyMap<string, number>,
  focus: Focus,
  count: number,
  toLook: ReadonlySet<string> = new Set(),
): Ranked[] => {
  const ranked = candidates
    .map((one) => ({
      ...one,
      seen: most(seen, one.teacherId),
      toLook: toLook.has(one.teacherId),
      inFocus: isInFocus(one, focus),
    }))
    .toSorted(
      (one, other) =>
        Number(other.toLook) - Number(one.toLook) ||
        one.seen - other.seen ||
        Number(other.inFocus) - Number(one.inFocus) ||
        one.slot - other.slot ||
        one.grade - other.grade ||
        one.classLabel.localeCompare(other.classLabel) ||
        one.teacherId.localeCompare(other.teacherId),
    );
  const chosen: Ranked[] = [];
  for (const one of ranked) {
    if (chosen.length >= count) break;
    if (chosen.every(({ slot, teacherId }) => slot !== one.slot && teacherId !== one.teacherId))
      chosen.push(one);
  }
  return chosen.toSorted((one, other) => one.slot - other.slot);
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isSlot = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= mostSlots;

/** As `lessonStart` reads it, but without a schema: the observation form loads on a slow line. */
const isLessonStart = (value: unknown): value is LessonStart =>
  typeof value === 'object' &&
  value !== null &&
  'dayOn' in value &&
  isText(value.dayOn) &&
  isDay(value.dayOn) &&
  'slotFrom' in value &&
  isSlot(value.slotFrom) &&
  'slotTo' in value &&
  isSlot(value.slotTo) &&
  'schoolId' in value &&
  isText(value.schoolId) &&
  'classId' in value &&
  (value.classId === null || isText(value.classId)) &&
  'classLabel' in value &&
  isText(value.classLabel) &&
  'grade' in value &&
  typeof value.grade === 'number' &&
  Object.hasOwn(gradeLabels, value.grade) &&
  'subject' in value &&
  isText(value.subject) &&
  Object.hasOwn(subjectLabels, value.subject) &&
  'teacherId' in value &&
  isText(value.teacherId) &&
  'teacherName' in value &&
  isText(value.teacherName) &&
  'announced' in value &&
  typeof value.announced === 'boolean';

/** What the address of a new observation brings along; nothing when it is no proposed lesson. */
export const broughtLesson = (value: unknown): Partial<LessonStart> => (isLessonStart(value) ? value : {});
