import { listPlanned, sumSpent } from '#modules/classroom/budget/store.ts';
import { countPlans } from '#modules/classroom/diagnosis-plan/store.ts';
import { countHeld } from '#modules/classroom/experiment/store.ts';
import { sumHomework } from '#modules/classroom/homework-check/store.ts';
import { listRooms, readOpeningWanted } from '#modules/classroom/room/store.ts';
import { countUsesBy } from '#modules/classroom/room-use/store.ts';
import { roomKinds } from '#modules/classroom/room-use/vocabulary/contract.ts';
import { writingFigures } from '#modules/classroom/writing-check/store.ts';
import { findSchoolYearStart } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { listClasses } from '#modules/organisation/teaching/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { notFound } from '#platform/refusal.ts';
import type { ObserverProgress, SchoolEvaluation } from './contract.ts';
import { describeCounting, leadersOf, openCounting, progressOf } from './observing/actions.ts';
import { compareNames } from './observing/rules.ts';
import type { TermFacts } from './observing/store.ts';
import { evaluationScope, mayReadSchool } from './policy.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;

export const listEvaluatedSchools = async (
  context: Context,
): Promise<{ rows: { id: string; name: string }[] }> => {
  const rows = await store.listEvaluatedSchools(context.db, evaluationScope(context.actor), context.today);
  return { rows: rows.toSorted((a, b) => compareNames(a.name, b.name)) };
};

/** What a school's own records of the term came to. */
const schoolRecords = async (db: Queryable, schoolId: string, period: { from: Day; to: Day }) => {
  const scope = { allSchools: false, schoolIds: [schoolId], personId: null };
  const { byDistrict, total } = await writingFigures(db, period, scope);
  return { writing: { byDistrict, ...total }, homework: await sumHomework(db, scope, period) };
};

/** E3: what the school's rooms, experiments and money for training came to. */
const conditionsOf = async (
  db: Queryable,
  schoolId: string,
  { schoolYear }: TermFacts,
  period: { from: Day; to: Day },
): Promise<SchoolEvaluation['conditions']> => {
  const scope = { allSchools: false, schoolIds: [schoolId], personId: null };
  const rooms = await listRooms(db, schoolId, period.to);
  const uses = await countUsesBy(db, 'kind', scope, { ...period, cancelled: false });
  const openings = rooms.flatMap(({ openingMinutes }) => (openingMinutes === null ? [] : [openingMinutes]));
  const grades = (await listClasses(db, schoolId, schoolYear)).map(({ grade }) => grade);
  const yearFrom = (await findSchoolYearStart(db, schoolYear)) ?? period.from;
  const experiments = await countHeld(db, { schoolId, grades, from: yearFrom, to: period.to });
  const [plan] = await listPlanned(db, scope, schoolYear);
  const spent = await sumSpent(db, scope, schoolYear);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return {
    rooms: roomKinds.map((kind) => ({
      kind,
      rooms: rooms.filter((room) => room.kind === kind).length,
      uses: uses.get(kind) ?? 0,
    })),
    libraryMinutes: openings.length === 0 ? null : Math.max(...openings),
    libraryHoursWanted: (await readOpeningWanted(db, period.to)).hoursWanted,
    experimentsRequired: sum(experiments.map(({ required }) => required)),
    experimentsHeld: sum(experiments.map(({ held }) => held)),
    schoolYear,
    yearFrom,
    plannedFen: plan?.plannedFen ?? null,
    spentFen: sum(spent.map(({ spentFen }) => spentFen)),
  };
};

/** One's own school unless one is named; of several own schools the first by name. */
export const schoolEvaluation = async (
  context: Context,
  input: { termId?: string | undefined; schoolId?: string | undefined },
): Promise<SchoolEvaluation> => {
  const schoolId = input.schoolId ?? (await listEvaluatedSchools(context)).rows[0]?.id;
  if (schoolId === undefined || !mayReadSchool(context.actor, schoolId)) throw notFound();
  const school = await store.findSchool(context.db, schoolId);
  if (school === undefined) throw notFound();
  const counting = await openCounting(context.db, context.today, input.termId);
  const { criteria, ...framework } = await store.getFramework(context.db, counting.until);
  const observers: ObserverProgress[] = [];
  for (const leader of await leadersOf(context.db, counting, { schoolId }))
    observers.push(await progressOf(context, counting, leader));
  const period = { from: counting.term.calendar.startsOn, to: counting.until };
  const diagnosisPlans = await countPlans(context.db, {
    schoolId,
    termId: counting.term.id,
    on: counting.until,
  });
  return {
    ...describeCounting(counting, context.now),
    school,
    framework,
    criteria,
    observers,
    period,
    ...(await schoolRecords(context.db, schoolId, period)),
    conditions: await conditionsOf(context.db, schoolId, counting.term, period),
    diagnosisPlans,
  };
};
