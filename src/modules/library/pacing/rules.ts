import { type TermCalendar, taughtWeekday, weekNumber } from '#modules/organisation/calendar/rules.ts';
import { type Day, eachDay } from '#platform/dates.ts';
import type { SumSentence } from '../consistency/sums/rules.ts';
import { numberIn } from '../content/cell-number/rules.ts';
import type { Row } from '../content/contract.ts';
import type { PacingEntry, PacingWeek } from './contract.ts';

export interface CalendarWeek {
  readonly number: number;
  readonly from: Day;
  readonly to: Day;
  readonly teachingDays: number;
  readonly notes: readonly string[];
}

/** 教学周 of a term, Monday to Sunday; a week without a teaching day falls out, and keeps its number. */
export const weeksOfTerm = (calendar: TermCalendar): CalendarWeek[] => {
  const days = eachDay(calendar.startsOn, calendar.endsOn);
  const weeks = Map.groupBy(days, (day) => weekNumber(calendar, day) ?? 0);
  return [...weeks].map(([number, inside]) => {
    const special = calendar.specialDays.filter(({ dayOn }) => inside.includes(dayOn));
    return {
      number,
      from: inside[0] ?? calendar.startsOn,
      to: inside.at(-1) ?? calendar.endsOn,
      teachingDays: inside.filter((day) => taughtWeekday(calendar, day) !== null).length,
      notes: [...new Set(special.map(({ note }) => note).filter((note) => note !== ''))],
    };
  });
};

/** The week a row is planned for; null where none is written. */
export const weekOf = ({ cells }: Pick<Row, 'cells'>): number | null => {
  const week = numberIn(cells['week']?.trim());
  return Number.isInteger(week) && week > 0 ? week : null;
};

/** The number that the form's own column takes at most. */
export const lastWritableWeek = 25;

/**
 * What is planned from a week on comes `by` weeks later, or earlier where `by` is negative; what is planned before it,
 * or for no week, stays. A sentence says why it cannot be: nothing may overtake what stands before it.
 */
export const shiftWeeks = (rows: readonly Row[], from: number, by: number): Row[] | string => {
  const weeks = rows.flatMap((row) => weekOf(row) ?? []);
  const moved = weeks.filter((week) => week >= from);
  if (moved.length === 0) return `第${from}周以后没有安排，不用移动。`;
  const standing = Math.max(1, ...weeks.filter((week) => week < from));
  const first = Math.min(...moved) + by;
  if (first < standing) return `提前得太多：最早只能移到第${standing}周。请减少提前的周数。`;
  if (Math.max(...moved) + by > lastWritableWeek)
    return `后移以后会超过第${lastWritableWeek}周。请减少后移的周数，或先合并后面的内容。`;
  return rows.map((row) => {
    const week = weekOf(row);
    return week === null || week < from ? row : { ...row, cells: { ...row.cells, week: String(week + by) } };
  });
};

/** Lessons that a week holds: the week's number by the timetable, in proportion to its teaching days. */
export const lessonsInWeek = (weekly: number | null, teachingDays: number): number | null =>
  weekly === null ? null : Math.round((weekly * teachingDays) / 5);

const hoursOf = (entries: readonly PacingEntry[]): number =>
  entries.reduce((sum, { hours }) => sum + (hours ?? 0), 0);

/** Where the guide and the calendar disagree, each a sentence that says what to do. */
export const pacingProblems = (
  weeks: readonly PacingWeek[],
  outside: readonly PacingEntry[],
): SumSentence[] => {
  const last = weeks.at(-1)?.number ?? 0;
  const late = outside.filter(({ week }) => week !== null);
  const undated = outside.filter(({ week }) => week === null);
  const sentences = [
    ...weeks.flatMap(({ number, teachingDays, notes, entries, lessons }) => {
      if (entries.length === 0) return [];
      const hours = hoursOf(entries);
      if (teachingDays === 0)
        return [
          `第${number}周不上课${notes.length === 0 ? '' : `（${notes.join('、')}）`}，却排了内容。请从第${number}周起后移1周。`,
        ];
      return lessons !== null && hours > lessons
        ? [
            `第${number}周上课${teachingDays}天，按课表约${lessons}课时，排了${hours}课时。请把多出的移到别的周。`,
          ]
        : [];
    }),
    ...(late.length === 0
      ? []
      : [
          `有${late.length}项排在本学期${last}周以外（${[...new Set(late.map(({ week }) => `第${week}周`))].join('、')}）。请提前或合并。`,
        ]),
    ...(undated.length === 0 ? [] : [`有${undated.length}项没有写周次。请补上，才能对照校历。`]),
  ];
  return sentences.map((sentence) => ({ fits: false, sentence }));
};
