import { criteriaProfile } from '#modules/classroom/count/store.ts';
import {
  countingRule,
  groupByPlace,
  placeOfLine,
  sumTotals,
  type TargetFacts,
  type UnitLine,
  type UnitPlace,
  unitAmount,
} from '#modules/evaluation/observing/rules.ts';
import {
  countUnitLines,
  findTermOf,
  listSchoolLeaders,
  listUnitPlaces,
  readVideoCounts,
} from '#modules/evaluation/observing/store.ts';
import { countTeachingDays, teachingDaysElapsed, termName } from '#modules/organisation/calendar/rules.ts';
import { listTargets } from '#modules/plans/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import { chinaClock, chinaDay, chineseDate, type Day } from '#platform/dates.ts';
import { invalid } from '#platform/refusal.ts';
import type { Figures } from '../contract.ts';
import { composeBulletin, type ObservingFigures } from './rules.ts';

/** What the units' principals owe together, and how many units have none on record. */
const owedByUnits = async (
  db: Queryable,
  facts: TargetFacts,
  from: Day,
): Promise<Pick<ObservingFigures, 'amount' | 'unitsWithoutHead'>> => {
  const heads = await listSchoolLeaders(db, { posts: ['principal'], from, to: facts.until });
  const headsOf = Map.groupBy(heads, ({ schoolId }) => schoolId);
  const units = [...facts.unitIds];
  return {
    amount: units.reduce((sum, id) => sum + (unitAmount(facts, headsOf.get(id) ?? []) ?? 0), 0),
    unitsWithoutHead: units.filter((id) => !headsOf.has(id)).length,
  };
};

const lessonsOf = (places: readonly UnitPlace[], lines: readonly UnitLine[], consortiumId: string): number =>
  sumTotals(lines.filter((line) => placeOfLine(places, line)?.consortiumId === consortiumId)).lessons;

/** First and last day, both inside. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** The days of a month that were taught, up to today, with their term; throws where there are none. */
export const openMonth = async (db: Queryable, period: Period, now: Date) => {
  const today = chinaDay(now);
  if (period.from > today) throw invalid('这个月还没有到，请选择本月或以前的月份。');
  const term = await findTermOf(db, period.from, period.to);
  if (term === null) throw invalid('这个月不在任何学期之内，请先在校历中设置学期，或另选月份。');
  const { calendar } = term;
  // Days outside the term belong to no term's number; with them the month could exceed the term.
  const from = period.from > calendar.startsOn ? period.from : calendar.startsOn;
  const lastDay = period.to < today ? period.to : today;
  const to = lastDay < calendar.endsOn ? lastDay : calendar.endsOn;
  if (from > to) throw invalid('这个月的教学还没有开始，请在开学以后再拟通报。');
  return { term, from, to, asOf: `${chineseDate(today)}${chinaClock(now)}` };
};

/** The figures of a month up to today, and the query that opens them again. */
const gatherFigures = async (
  db: Queryable,
  month: Period,
  now: Date,
): Promise<{ observing: ObservingFigures; stored: Figures }> => {
  const { term, from, to, asOf } = await openMonth(db, month, now);
  const { calendar } = term;
  const places = await listUnitPlaces(db, to);
  const unitIds = new Set(places.map(({ schoolId }) => schoolId));
  const linesOf = async (since: Day) =>
    (await countUnitLines(db, { capacity: 'principal', from: since, to })).filter(({ schoolId }) =>
      unitIds.has(schoolId),
    );
  const monthLines = await linesOf(from);
  const termLines = await linesOf(calendar.startsOn);
  const profile = await criteriaProfile(db, {
    from,
    to,
    capacity: 'principal',
    observerSchoolIds: [...unitIds],
  });
  const targets = await listTargets(db, { kind: 'all' });
  const termStages = groupByPlace(places, termLines, ({ stage }) => stage);
  const observing: ObservingFigures = {
    from,
    to,
    termName: termName(term.schoolYear, term.term),
    elapsedTeachingDays: teachingDaysElapsed(calendar, to),
    totalTeachingDays: countTeachingDays(calendar),
    units: unitIds.size,
    ...(await owedByUnits(db, { targets, unitIds, until: to }, calendar.startsOn)),
    month: sumTotals(monthLines),
    term: sumTotals(termLines),
    stages: groupByPlace(places, monthLines, ({ stage }) => stage).map((group) => ({
      ...group,
      termLessons: termStages.find(({ key }) => key === group.key)?.totals.lessons ?? 0,
    })),
    consortia: groupByPlace(places, monthLines, ({ consortiumId }) => consortiumId).flatMap((group) => {
      const place = places.find(({ consortiumId }) => consortiumId === group.key);
      return place === undefined
        ? []
        : [
            {
              ...group,
              name: place.consortiumName,
              stage: place.stage,
              termLessons: lessonsOf(places, termLines, group.key),
            },
          ];
    }),
    criteria: profile.criteria.map(({ code, label, counts }) => ({
      code,
      label,
      seenWell: counts['seen-well'],
      partly: counts.partly,
      notSeen: counts['not-seen'],
    })),
    rule: countingRule(await readVideoCounts(db, to)),
    asOf,
  };
  return { observing, stored: toStored(observing, { termId: term.id, now }) };
};

const toStored = (figures: ObservingFigures, { termId, now }: { termId: string; now: Date }): Figures => ({
  asOf: now.toISOString(),
  rule: figures.rule,
  query: {
    measure: 'obs.principal.term',
    termId,
    from: figures.from,
    to: figures.to,
    stated: `${figures.termName}，${chineseDate(figures.from)}至${chineseDate(figures.to)}，各单位校长`,
  },
  values: {
    units: figures.units,
    monthLessons: figures.month.lessons,
    monthRecords: figures.month.records,
    monthFedBack: figures.month.fedBack,
    termLessons: figures.term.lessons,
    amount: figures.amount,
    elapsedTeachingDays: figures.elapsedTeachingDays,
    totalTeachingDays: figures.totalTeachingDays,
  },
});

/** Text and figures of a month's bulletin as the records stand now. */
export const writeObservationBulletin = async (db: Queryable, month: Period, now: Date) => {
  const { observing, stored } = await gatherFigures(db, month, now);
  return { body: composeBulletin(observing), figures: stored };
};
