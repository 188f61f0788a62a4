import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day, eachDay, weekdayOf } from '#platform/dates.ts';
import type { SpecialDay } from './rules.ts';

export interface DemoTerm {
  readonly id: string;
  readonly schoolYear: number;
}

interface TermPlan {
  readonly schoolYear: number;
  readonly term: 1 | 2;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly specialDays: readonly SpecialDay[];
}

/** The term a day belongs to; holidays belong to the term before them. */
export const termAround = (today: Day): TermPlan => {
  const [year = 0, month = 0] = today.split('-').map(Number);
  if (month >= 3 && month <= 8)
    return {
      schoolYear: year - 1,
      term: 2,
      startsOn: `${year}-03-01`,
      endsOn: `${year}-07-09`,
      specialDays: [
        ...weekdaysOff(`${year}-04-05`, `${year}-04-05`, '清明节放假'),
        ...holidayWeek(`${year}-05-01`, `${year}-05-05`, '劳动节'),
      ],
    };
  const schoolYear = month >= 9 ? year : year - 1;
  return {
    schoolYear,
    term: 1,
    startsOn: `${schoolYear}-09-01`,
    endsOn: `${schoolYear + 1}-01-22`,
    specialDays: [
      ...holidayWeek(`${schoolYear}-10-01`, `${schoolYear}-10-07`, '国庆节'),
      ...weekdaysOff(`${schoolYear + 1}-01-01`, `${schoolYear + 1}-01-01`, '元旦放假'),
    ],
  };
};

const weekdaysOff = (from: Day, to: Day, note: string): SpecialDay[] =>
  eachDay(from, to)
    .filter((day) => weekdayOf(day) <= 5)
    .map((dayOn) => ({ dayOn, isTeachingDay: false, followsWeekday: null, note }));

/** Two of the days off are made up on the Sunday before and the Saturday after. */
const holidayWeek = (from: Day, to: Day, name: string): SpecialDay[] => {
  const off = weekdaysOff(from, to, `${name}放假`);
  const before = addDays(from, -weekdayOf(from));
  const after = addDays(to, 6 - weekdayOf(to) > 0 ? 6 - weekdayOf(to) : 13 - weekdayOf(to));
  const madeUp = off.slice(-2).map(({ dayOn }, index) => ({
    dayOn: index === 0 ? before : after,
    isTeachingDay: true,
    followsWeekday: weekdayOf(dayOn),
    note: `补${Number(dayOn.slice(5, 7))}月${Number(dayOn.slice(8))}日的课`,
  }));
  return [...madeUp, ...off].sort((one, other) => (one.dayOn < other.dayOn ? -1 : 1));
};

/** The district's own calendar comes first; a term it has not entered yet is invented. */
export const findOrAddTerm = async (db: Queryable, nextId: () => string, today: Day): Promise<DemoTerm> => {
  const { specialDays, ...plan } = termAround(today);
  const known = await db
    .selectFrom('organisation.term')
    .where('schoolYear', '=', plan.schoolYear)
    .where('term', '=', plan.term)
    .select(['id', 'schoolYear'])
    .executeTakeFirst();
  if (known !== undefined) return known;
  const id = nextId();
  await db
    .insertInto('organisation.term')
    .values({ id, ...plan })
    .execute();
  await db
    .insertInto('organisation.calendarDay')
    .values(specialDays.map((day) => ({ termId: id, ...day })))
    .execute();
  return { id, schoolYear: plan.schoolYear };
};
