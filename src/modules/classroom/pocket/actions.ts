import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { isTeachingDay, weekNumber } from '#modules/organisation/calendar/rules.ts';
import { listTerms, type TermRecord } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { listActiveAppointments } from '#modules/organisation/store.ts';
import { addDays, type Day, eachDay } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { forbidden } from '#platform/refusal.ts';
import { findRubric } from '../rubric/store.ts';
import { capacitiesFrom } from '../rules.ts';
import { readObservationSettings } from '../settings/store.ts';
import { lookUpSchool } from '../timetable/actions.ts';
import { findHomeSchool, listLessonsOfDay, listSlotTimes } from '../timetable/store.ts';
import type { Pocket, pocketContract } from './contract.ts';
import { daysAhead, daysBehind, otherSchools } from './rules.ts';
import { listLatestSchools, listSchoolsBetween } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof pocketContract>;
type Outputs = InferContractRouterOutputs<typeof pocketContract>;

const termOn = (terms: readonly TermRecord[], on: Day): TermRecord | undefined =>
  terms.find(({ startsOn, endsOn }) => startsOn <= on && on <= endsOn);

export const takeAlong = async (
  context: Context,
  { dayOn: today = context.today }: Inputs['takeAlong'],
): Promise<Outputs['takeAlong']> => {
  const { db, actor, now } = context;
  const { personId } = actor;
  if (personId === null) throw forbidden('您的账号没有对应的教师，不能填写听课记录。');
  const dates = eachDay(addDays(today, -daysBehind), addDays(today, daysAhead));
  const terms = await listTerms(db);
  const home = await findHomeSchool(db, personId);
  const rubrics: Pocket['rubrics'] = [];
  const days: Pocket['days'] = [];
  for (const dayOn of dates) {
    const held = capacitiesFrom(await listActiveAppointments(db, personId, dayOn), home);
    const { id, criteria } = await findRubric(db, { on: dayOn });
    if (!rubrics.some((one) => one.id === id)) rubrics.push({ id, criteria: [...criteria] });
    const term = termOn(terms, dayOn);
    days.push({
      dayOn,
      week: term === undefined ? null : weekNumber(term, dayOn),
      isTeachingDay: term !== undefined && isTeachingDay(term, dayOn),
      capacities: [...new Set(held.map(({ capacity }) => capacity))],
      ownSchoolIds: [...new Set(held.flatMap(({ schoolId }) => (schoolId === null ? [] : [schoolId])))],
      rubric: rubrics.findIndex((one) => one.id === id),
      settings: await readObservationSettings(db, dayOn),
    });
  }
  const schools = await listSchoolsBetween(db, dates[0] ?? today, dates.at(-1) ?? today);
  const latest = await listLatestSchools(db, {
    observerId: personId,
    since: addDays(today, -60),
    limit: otherSchools,
  });
  const wanted = new Set([...days.flatMap(({ ownSchoolIds }) => ownSchoolIds), ...latest]);
  const carried: Pocket['carried'] = [];
  for (const id of wanted) {
    if (!schools.some((school) => school.id === id)) continue;
    const taught: Pocket['carried'][number]['taught'] = [];
    const ofDay: number[] = [];
    const known = new Map<string, number>();
    for (const dayOn of dates) {
      const term = termOn(terms, dayOn);
      const lessons =
        term === undefined
          ? []
          : await listLessonsOfDay(db, { schoolId: id, term, on: dayOn, observerId: personId });
      const text = JSON.stringify(lessons);
      const place = known.get(text) ?? taught.push(lessons) - 1;
      known.set(text, place);
      ofDay.push(place);
    }
    carried.push({
      id,
      bells: await listSlotTimes(db, id),
      taught,
      days: ofDay,
      people: await lookUpSchool(context, { schoolId: id, dayOn: today }),
    });
  }
  return { takenAt: now.toISOString(), schools, rubrics, days, carried };
};
