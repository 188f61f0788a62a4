import { addDays, type Day, daysBetween, eachDay, weekdayOf } from '#platform/dates.ts';

/** A day that differs from the rule "Monday to Friday are taught". */
export interface SpecialDay {
  readonly dayOn: Day;
  readonly isTeachingDay: boolean;
  /** On a make-up day: the weekday (1–7) whose timetable is taught. */
  readonly followsWeekday: number | null;
  readonly note: string;
}

/** A term's calendar; `startsOn` and `endsOn` are both inside the term. */
export interface TermCalendar {
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly specialDays: readonly SpecialDay[];
}

const isInTerm = (calendar: TermCalendar, day: Day): boolean =>
  day >= calendar.startsOn && day <= calendar.endsOn;

/** The weekday (1 Monday … 7 Sunday) whose timetable is taught on a day; `null` when nothing is taught. */
export const taughtWeekday = (calendar: TermCalendar, day: Day): number | null => {
  if (!isInTerm(calendar, day)) return null;
  const special = calendar.specialDays.find((one) => one.dayOn === day);
  const weekday = weekdayOf(day);
  if (special === undefined) return weekday <= 5 ? weekday : null;
  return special.isTeachingDay ? (special.followsWeekday ?? weekday) : null;
};

export const isTeachingDay = (calendar: TermCalendar, day: Day): boolean =>
  taughtWeekday(calendar, day) !== null;

/** Teaching days of the term from `from` to `to`, both inclusive. */
export const countTeachingDays = (
  calendar: TermCalendar,
  from: Day = calendar.startsOn,
  to: Day = calendar.endsOn,
): number => {
  const first = from > calendar.startsOn ? from : calendar.startsOn;
  const last = to < calendar.endsOn ? to : calendar.endsOn;
  return first > last ? 0 : eachDay(first, last).filter((day) => isTeachingDay(calendar, day)).length;
};

/** Teaching days up to and including `day`; 0 before the term, all of them after it. */
export const teachingDaysElapsed = (calendar: TermCalendar, day: Day): number =>
  day < calendar.startsOn ? 0 : countTeachingDays(calendar, calendar.startsOn, day);

/** 周次: weeks run Monday to Sunday, the week of the official start is 1; `null` outside the term. */
export const weekNumber = (calendar: TermCalendar, day: Day): number | null => {
  if (!isInTerm(calendar, day)) return null;
  const firstMonday = addDays(calendar.startsOn, 1 - weekdayOf(calendar.startsOn));
  return Math.floor(daysBetween(firstMonday, day) / 7) + 1;
};

/** Whether a day lies in an odd (单周) or even week of the term; null outside it. A make-up day keeps its own week. */
export const parityOfWeek = (calendar: TermCalendar, day: Day): 'odd' | 'even' | null => {
  const week = weekNumber(calendar, day);
  if (week === null) return null;
  return week % 2 === 1 ? 'odd' : 'even';
};

/** `2023, 2` → `2023—2024学年第二学期`. */
export const termName = (schoolYear: number, term: number): string =>
  `${schoolYear}—${schoolYear + 1}学年第${term === 1 ? '一' : '二'}学期`;

/** A lesson's place in the day by the bell: `startsAt` inclusive, `endsAt` exclusive, as `HH:MM`. */
interface Bell {
  readonly slot: number;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Slots follow one another without overlap, numbered in the order of the day. */
export const isSoundBellTable = (bells: readonly Bell[]): boolean => {
  const inOrder = [...bells].sort((one, other) => one.slot - other.slot);
  return inOrder.every(({ slot, startsAt, endsAt }, index) => {
    const before = inOrder[index - 1];
    return startsAt < endsAt && (before === undefined || (before.slot < slot && before.endsAt <= startsAt));
  });
};
