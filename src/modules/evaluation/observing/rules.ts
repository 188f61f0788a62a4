import { countTeachingDays, type TermCalendar, weekNumber } from '#modules/organisation/calendar/rules.ts';
import type { Stage } from '#modules/organisation/contract.ts';
import type { Pace } from '#modules/plans/contract.ts';
import {
  type DatedTarget,
  expectedBy,
  paceOf,
  paceSentence,
  perWeekNeeded,
  targetFor,
} from '#modules/plans/rules.ts';
import { addDays, type Day, weekdayOf } from '#platform/dates.ts';
import type { LeaderPost } from '../contract.ts';

export interface Totals {
  readonly lessons: number;
  readonly records: number;
  /** Records whose teacher was told. */
  readonly fedBack: number;
}
const noTotals: Totals = { lessons: 0, records: 0, fedBack: 0 };

const addTotals = (a: Totals, b: Totals): Totals => ({
  lessons: a.lessons + b.lessons,
  records: a.records + b.records,
  fedBack: a.fedBack + b.fedBack,
});

export const sumTotals = (all: readonly Totals[]): Totals => all.reduce(addTotals, noTotals);

export interface Week {
  readonly week: number;
  /** Both inside; the first and last week are cut to the term. */
  readonly from: Day;
  readonly to: Day;
  readonly teachingDays: number;
  readonly lessons: number;
}

/** Every week of the term up to the one of `until`, also those without a lesson; `weekOn` is the Monday. */
export const weeksOf = (
  counts: readonly { readonly weekOn: Day; readonly lessons: number }[],
  calendar: TermCalendar,
  until: Day,
): Week[] => {
  const last = until < calendar.endsOn ? until : calendar.endsOn;
  const firstMonday = addDays(calendar.startsOn, 1 - weekdayOf(calendar.startsOn));
  return Array.from({ length: weekNumber(calendar, last) ?? 0 }, (_, index) => {
    const monday = addDays(firstMonday, index * 7);
    const sunday = addDays(monday, 6);
    const from = monday < calendar.startsOn ? calendar.startsOn : monday;
    const to = sunday > calendar.endsOn ? calendar.endsOn : sunday;
    return {
      week: index + 1,
      from,
      to,
      teachingDays: countTeachingDays(calendar, from, to),
      lessons: counts.reduce((sum, { weekOn, lessons }) => sum + (weekOn === monday ? lessons : 0), 0),
    };
  });
};

/** The Monday of a week of the term. */
export const mondayOf = (calendar: TermCalendar, week: number): Day =>
  addDays(calendar.startsOn, 1 - weekdayOf(calendar.startsOn) + (week - 1) * 7);

export interface Standing {
  /** Null: no number is owed. */
  readonly amount: number | null;
  readonly done: number;
  /** Unrounded. */
  readonly expected: number | null;
  readonly pace: Pace | null;
  readonly perWeekNeeded: number | null;
  readonly sentence: string;
}

export interface DaysPassed {
  readonly elapsedTeachingDays: number;
  readonly totalTeachingDays: number;
}

export const standingOf = (done: number, amount: number | null, days: DaysPassed): Standing => {
  if (amount === null)
    return {
      amount,
      done,
      expected: null,
      pace: null,
      perWeekNeeded: null,
      sentence: '没有规定节数，只作统计。',
    };
  const progress = { done, amount, ...days };
  return {
    amount,
    done,
    expected: expectedBy(amount, days.elapsedTeachingDays, days.totalTeachingDays),
    pace: paceOf(progress),
    perWeekNeeded: perWeekNeeded(progress),
    sentence: paceSentence(progress),
  };
};

export interface TargetFacts {
  readonly targets: readonly DatedTarget[];
  /** The district's units: a number for the post binds their heads only. */
  readonly unitIds: ReadonlySet<string>;
  /** The last day looked at: today, or the term's last. */
  readonly until: Day;
}

export interface Leader {
  readonly personId: string;
  readonly post: LeaderPost;
  readonly schoolId: string;
  /** The first day it was no longer held. */
  readonly activeTo: Day | null;
}

/** Null for deputies and deans, and for heads who owe no number. */
export const principalTarget = (
  { targets, unitIds, until }: TargetFacts,
  { personId, post, schoolId }: Omit<Leader, 'activeTo'>,
): DatedTarget | null =>
  post === 'principal'
    ? targetFor(
        targets,
        'obs.principal.term',
        { personId, posts: unitIds.has(schoolId) ? [post] : [] },
        until,
      )
    : null;

/** One unit owes one principal's number, also when the post changed hands within the term. */
export const unitAmount = (facts: TargetFacts, heads: readonly Leader[]): number | null => {
  const holding = heads.filter(({ activeTo }) => activeTo === null || activeTo > facts.until);
  const amounts = (holding.length > 0 ? holding : heads).map(
    (head) => principalTarget(facts, head)?.amount ?? null,
  );
  return amounts.find((amount) => amount !== null) ?? null;
};

/** Where the count of an observer stands for one school, stage and month; the lines the district's figures are made of. */
export interface UnitLine extends Totals {
  readonly schoolId: string;
  readonly observerId: string;
  /** Of the lesson's grade. */
  readonly stage: Stage;
  /** `2024-03`. */
  readonly month: string;
}

/** A school's place in a consortium: a school of two stages has two. */
export interface UnitPlace {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly stage: Stage;
  readonly consortiumId: string;
  readonly consortiumName: string;
}

/** A unit of one stage counts there whatever it looks at; one of two stages by the lesson's grade. */
export const placeOfLine = (
  places: readonly UnitPlace[],
  line: Pick<UnitLine, 'schoolId' | 'stage'>,
): UnitPlace | null => {
  const own = places.filter(({ schoolId }) => schoolId === line.schoolId);
  return own.find(({ stage }) => stage === line.stage) ?? own[0] ?? null;
};

export interface PlaceGroup<Key extends string> {
  readonly key: Key;
  readonly units: number;
  readonly totals: Totals;
}

/** One group for every key the places have, empty ones included; the groups' sums are the sum of the lines. */
export const groupByPlace = <Key extends string>(
  places: readonly UnitPlace[],
  lines: readonly UnitLine[],
  keyOf: (place: UnitPlace) => Key,
): PlaceGroup<Key>[] =>
  [...new Set(places.map(keyOf))].map((key) => ({
    key,
    units: new Set(places.filter((place) => keyOf(place) === key).map(({ schoolId }) => schoolId)).size,
    totals: sumTotals(
      lines.filter((line) => {
        const place = placeOfLine(places, line);
        return place !== null && keyOf(place) === key;
      }),
    ),
  }));

/** `2024-03` → its first and last day. */
export const monthPeriod = (month: string): { readonly from: Day; readonly to: Day } => {
  const from = `${month}-01`;
  return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
};

/** The months that a stretch of days touches, `2024-03` …, both ends inside. */
export const monthsBetween = (from: Day, to: Day): string[] => {
  const months: string[] = [];
  for (let day = `${from.slice(0, 7)}-01`; day <= to; day = `${addDays(day, 31).slice(0, 7)}-01`)
    months.push(day.slice(0, 7));
  return months;
};

/** The rule of E4's count in words (domain 2.7), printed wherever its number is. */
export const countingRule = (videoCounts: boolean): string =>
  `统计期内，校长本人完成（定稿且未撤回）的${videoCounts ? '现场和录像' : '现场'}听课节数，连堂按2节计；` +
  '两人听同一节课各计1节，在外校听的课计入，巡课和本人上的课不计。应完成节数按教学日推算：' +
  '本学期目标 × 已过教学日 ÷ 全学期教学日。要求来自通知五(一)4。';

/** Share in whole per cent; null when there is nothing to share. */
export const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((100 * part) / whole);

const byChineseName = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true });
/** The only order in which schools are ever listed. */
export const compareNames = (a: string, b: string): number => byChineseName.compare(a, b);
