import { countLessons, listCountedObservations } from '#modules/classroom/count/store.ts';
import { countTeachingDays, teachingDaysElapsed, termName } from '#modules/organisation/calendar/rules.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { listTargets } from '#modules/plans/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { notFound } from '#platform/refusal.ts';
import {
  type CountedLesson,
  type DistrictProgress,
  type FigureFilter,
  type LeaderPost,
  leaderPosts,
  type ObserverProgress,
  type ProgressAnswer,
  type TermOfFigures,
} from '../contract.ts';
import { mayOpenRows, mayReadSchool } from '../policy.ts';
import {
  compareNames,
  countingRule,
  type DaysPassed,
  mondayOf,
  monthPeriod,
  monthsBetween,
  principalTarget,
  standingOf,
  sumTotals,
  type TargetFacts,
  unitAmount,
  weeksOf,
} from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;

/** Everything that does not depend on the person counted. */
export interface Counting extends TargetFacts {
  readonly term: store.TermFacts;
  readonly days: DaysPassed;
  readonly videoCounts: boolean;
}

export const openCounting = async (
  db: Queryable,
  today: Day,
  termId: string | undefined,
): Promise<Counting> => {
  const term = await (termId === undefined ? store.findCurrentTerm(db, today) : store.findTerm(db, termId));
  if (term === null) throw notFound('还没有设置学期，请先由系统管理员在校历中设置。');
  const { calendar } = term;
  const until = today < calendar.endsOn ? today : calendar.endsOn;
  const places = await store.listUnitPlaces(db, until < calendar.startsOn ? calendar.startsOn : until);
  return {
    term,
    until,
    days: {
      elapsedTeachingDays: teachingDaysElapsed(calendar, until),
      totalTeachingDays: countTeachingDays(calendar),
    },
    videoCounts: await store.readVideoCounts(db, until),
    targets: await listTargets(db, { kind: 'all' }),
    unitIds: new Set(places.map(({ schoolId }) => schoolId)),
  };
};

export const describeCounting = (
  { term, days, videoCounts }: Counting,
  now: Date,
): { term: TermOfFigures; asOf: string; rule: string } => ({
  term: {
    id: term.id,
    name: termName(term.schoolYear, term.term),
    startsOn: term.calendar.startsOn,
    endsOn: term.calendar.endsOn,
    ...days,
  },
  asOf: now.toISOString(),
  rule: countingRule(videoCounts),
});

export const progressOf = async (
  context: Context,
  counting: Counting,
  leader: store.SchoolLeader,
): Promise<ObserverProgress> => {
  const { calendar } = counting.term;
  const { personId, personName, post, schoolId, schoolName } = leader;
  const [count] = await countLessons(context.db, {
    ...figureOf(leader),
    from: calendar.startsOn,
    to: counting.until,
  });
  const lessons = count?.lessons ?? 0;
  const target = principalTarget(counting, leader);
  return {
    personId,
    personName,
    post,
    schoolId,
    schoolName,
    lessons,
    records: count?.records ?? 0,
    fedBack: count?.fedBack ?? 0,
    ...standingOf(lessons, target?.amount ?? null, counting.days),
    clause: target?.clause ?? null,
    grades: [...(count?.byGrade ?? [])],
    subjects: [...(count?.bySubject ?? [])],
    teachers: count?.teachers ?? 0,
    away: count?.awayLessons ?? 0,
    weeks: weeksOf(count?.byWeek ?? [], calendar, counting.until),
    mayOpenRows: mayOpenRows(context.actor, leader),
  };
};

/** The records of one person in one post at one school. */
const figureOf = (leader: { personId: string; post: LeaderPost; schoolId: string }) => ({
  observerIds: [leader.personId],
  capacity: leader.post,
  observerSchoolIds: [leader.schoolId],
});

/** One entry for each person, post and school, however often the post was taken up again. */
export const leadersOf = async (
  db: Queryable,
  counting: Counting,
  filter: { schoolId?: string; personId?: string; posts?: readonly LeaderPost[] },
): Promise<store.SchoolLeader[]> => {
  const leaders = await store.listSchoolLeaders(db, {
    posts: filter.posts ?? leaderPosts,
    from: counting.term.calendar.startsOn,
    to: counting.until < counting.term.calendar.startsOn ? counting.term.calendar.startsOn : counting.until,
    schoolId: filter.schoolId,
    personId: filter.personId,
  });
  const seen = new Set<string>();
  return leaders.filter(({ personId, post, schoolId }) => {
    const key = `${personId} ${post} ${schoolId}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
};

export const principalProgress = async (
  context: Context,
  input: { termId?: string | undefined; personId?: string | undefined },
): Promise<ProgressAnswer> => {
  const personId = input.personId ?? context.actor.personId;
  if (personId === null) throw notFound();
  const counting = await openCounting(context.db, context.today, input.termId);
  const leaders = (await leadersOf(context.db, counting, { personId })).filter(
    ({ schoolId }) => personId === context.actor.personId || mayReadSchool(context.actor, schoolId),
  );
  if (leaders.length === 0 && personId !== context.actor.personId) throw notFound();
  const posts: ObserverProgress[] = [];
  for (const leader of leaders) posts.push(await progressOf(context, counting, leader));
  return { ...describeCounting(counting, context.now), posts };
};

export const listCountedLessons = async (
  context: Context,
  input: FigureFilter & { cursor?: string | undefined; limit: number },
): Promise<{ observerName: string; rows: CountedLesson[]; nextCursor: string | null; asOf: string }> => {
  if (!mayOpenRows(context.actor, input)) throw notFound();
  const counting = await openCounting(context.db, context.today, input.termId);
  const leader = (await leadersOf(context.db, counting, input)).find(({ post }) => post === input.post);
  if (leader === undefined) throw notFound();
  const { calendar } = counting.term;
  const page = await listCountedObservations(
    context.db,
    {
      ...figureOf(leader),
      from: calendar.startsOn,
      to: counting.until,
      weekOn: input.week === undefined ? undefined : mondayOf(calendar, input.week),
      grade: input.grade,
      subject: input.subject,
      fedBack: input.fedBack,
      away: input.away,
    },
    { cursor: input.cursor, limit: input.limit },
  );
  return {
    observerName: leader.personName,
    rows: page.rows.map(({ state, ...row }) => ({
      ...row,
      fedBack: state === 'fed-back' || state === 'replied',
    })),
    nextCursor: page.nextCursor,
    asOf: context.now.toISOString(),
  };
};

export const districtProgress = async (
  context: Context,
  input: { termId?: string | undefined; stage?: 'primary' | 'junior' | undefined },
): Promise<DistrictProgress> => {
  const counting = await openCounting(context.db, context.today, input.termId);
  const { calendar } = counting.term;
  const from = calendar.startsOn;
  const allPlaces = await store.listUnitPlaces(context.db, counting.until < from ? from : counting.until);
  const placesOf = Map.groupBy(allPlaces, ({ schoolId }) => schoolId);
  const units = [...placesOf.values()].filter(
    (places) => input.stage === undefined || places.some(({ stage }) => stage === input.stage),
  );
  const lines = await store.countUnitLines(context.db, {
    capacity: 'principal',
    from,
    to: counting.until,
  });
  const linesOf = Map.groupBy(lines, ({ schoolId }) => schoolId);
  const principals = Map.groupBy(
    await leadersOf(context.db, counting, { posts: ['principal'] }),
    ({ schoolId }) => schoolId,
  );
  const rows = units.flatMap((places) => {
    const [first] = places;
    if (first === undefined) return [];
    const heads = principals.get(first.schoolId) ?? [];
    const amount = unitAmount(counting, heads);
    return [
      {
        schoolId: first.schoolId,
        schoolName: first.schoolName,
        stages: [...new Set(places.map(({ stage }) => stage))],
        consortiumNames: places.map(({ consortiumName }) => consortiumName),
        principals: heads.map(({ personId, personName }) => ({ personId, personName })),
        amount,
        expected: standingOf(0, amount, counting.days).expected,
        ...sumTotals(linesOf.get(first.schoolId) ?? []),
      },
    ];
  });
  const shown = new Set(rows.map(({ schoolId }) => schoolId));
  const shownLines = lines.filter(({ schoolId }) => shown.has(schoolId));
  return {
    ...describeCounting(counting, context.now),
    units: rows.toSorted((a, b) => compareNames(a.schoolName, b.schoolName)),
    total: {
      units: rows.length,
      amount: rows.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
      expected: rows.reduce((sum, { expected }) => sum + (expected ?? 0), 0),
      ...sumTotals(shownLines),
    },
    months: monthsBetween(from, counting.until).map((month) => ({
      month,
      teachingDays: countTeachingDays(calendar, monthPeriod(month).from, monthPeriod(month).to),
      ...sumTotals(shownLines.filter((line) => line.month === month)),
    })),
  };
};
