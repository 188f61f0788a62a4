import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm, listTerms, type TermRecord } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { notFound } from '#platform/refusal.ts';
import { type findingContract, findingTypes } from '../contract.ts';
import { listSchoolNames, listUnits, listUnitsWith } from '../people/store.ts';
import { findingScope, mayFindForDistrict, mayManage, schoolsToFindIn } from '../policy.ts';
import {
  findingFiguresBySchool,
  findingFiguresByType,
  findingFiguresOf,
  noFindings,
  readFindingSettings,
} from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof findingContract>;
type Outputs = InferContractRouterOutputs<typeof findingContract>;

/** Kinds and schools one may record for; the district's units stand in their usual order. */
export const startFinding = async (context: Context): Promise<Outputs['startFinding']> => {
  const { db, actor, today } = context;
  const { answerDays, deadlineDays } = await readFindingSettings(db, today);
  const inside = await listSchoolNames(db, schoolsToFindIn(actor));
  const units = mayFindForDistrict(actor) ? await listUnits(db, today) : [];
  return {
    kinds: [
      ...(units.length > 0
        ? [
            {
              kind: 'district' as const,
              schools: units.map(({ schoolId, schoolName }) => ({ id: schoolId, name: schoolName })),
              mayHandOver: units.some(({ schoolId }) => mayManage(actor, 'district', schoolId)),
            },
          ]
        : []),
      ...(inside.length > 0
        ? [
            {
              kind: 'school' as const,
              schools: inside,
              mayHandOver: inside.some(({ id }) => mayManage(actor, 'school', id)),
            },
          ]
        : []),
    ],
    deadlineOn: addDays(today, deadlineDays),
    answerDays,
  };
};

/** The term asked for, else the running one. */
export const findTermOr = async (
  db: Queryable,
  termId: string | undefined,
  today: Day,
): Promise<TermRecord> => {
  const term =
    termId === undefined
      ? await findCurrentTerm(db, today)
      : (await listTerms(db)).find(({ id }) => id === termId);
  if (term === undefined) throw notFound('没有这个学期，请先在校历中设置。');
  return term;
};

/** The days that belong to a term, the holidays after it too: up to the day before the next one begins. */
export const daysOfTerm = async (
  db: Queryable,
  { startsOn }: TermRecord,
): Promise<{ from: Day; to: Day }> => {
  const next = (await listTerms(db)).filter((term) => term.startsOn > startsOn).at(-1);
  return { from: startsOn, to: next === undefined ? '2199-12-31' : addDays(next.startsOn, -1) };
};

export const findingFigures = async (
  context: Context,
  { termId }: Inputs['findingFigures'] = {},
): Promise<Outputs['findingFigures']> => {
  const { db, actor, today } = context;
  const term = await findTermOr(db, termId, today);
  const days = await daysOfTerm(db, term);
  const { allDistrict } = findingScope(actor);
  const led = schoolsLedBy(actor);
  const filter = { ...days, today, schoolIds: allDistrict ? undefined : led };
  const bySchool = await findingFiguresBySchool(db, filter);
  const schools = await listUnitsWith(db, [...bySchool.keys()], today);
  const shown = allDistrict ? schools : schools.filter(({ schoolId }) => led.includes(schoolId));
  const byType = await findingFiguresByType(db, filter);
  return {
    term: {
      id: term.id,
      name: termName(term.schoolYear, term.term),
      startsOn: term.startsOn,
      endsOn: term.endsOn,
    },
    ...days,
    all: await findingFiguresOf(db, filter),
    schools: shown.map(({ schoolId, schoolName, placeName }) => ({
      schoolId,
      schoolName,
      placeName,
      ...(bySchool.get(schoolId) ?? noFindings),
    })),
    types: findingTypes.map((type) => ({ type, ...(byType.get(type) ?? noFindings) })),
    answerDays: (await readFindingSettings(db, today)).answerDays,
    asOf: context.now.toISOString(),
  };
};
