import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { taughtWeekday, weekNumber } from '#modules/organisation/calendar/rules.ts';
import { findTermOn } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { findSchool } from '#modules/organisation/schools/store.ts';
import { eachDay } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { invalid, notFound } from '#platform/refusal.ts';
import { listSchools } from '../../timetable/store.ts';
import { mayLeadPatrolsOf, patrolScope } from '../policy.ts';
import { listTurns } from '../rota/store.ts';
import { halfDays } from '../vocabulary/contract.ts';
import type { weekContract } from './contract.ts';
import { weekAround } from './rules.ts';
import { countByKind, countLost, countPatrolsByDay, listSeenStops, sumSeenStops } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof weekContract>;
type Outputs = InferContractRouterOutputs<typeof weekContract>;

export const sumPatrolWeek = async (
  { db, actor, today, now }: Context,
  input: Inputs['sumPatrolWeek'],
): Promise<Outputs['sumPatrolWeek']> => {
  const { schoolId, dayOn = today } = input ?? {};
  const { ledSchoolIds } = patrolScope(actor);
  const schools = (await listSchools(db, today)).filter(({ id }) => ledSchoolIds.includes(id));
  const school = schools.find(({ id }) => id === (schoolId ?? ledSchoolIds[0]));
  if (school === undefined) throw notFound();
  const { from, to } = weekAround(dayOn);
  const span = { schoolId: school.id, from, to };
  const term = await findTermOn(db, dayOn);
  const turns = await listTurns(db, school.id, to < today ? to : today);
  const byDay = await countPatrolsByDay(db, span);
  return {
    asOf: now.toISOString(),
    schools,
    school,
    from,
    to,
    week: term === undefined ? null : weekNumber(term, dayOn),
    patrols: byDay.reduce((sum, { patrols }) => sum + patrols, 0),
    ...(await sumSeenStops(db, span)),
    byKind: await countByKind(db, span),
    lost: await countLost(db, span),
    byHalfDay: eachDay(from, to).flatMap((day) => {
      const taught = term === undefined ? null : taughtWeekday(term, day);
      return halfDays.flatMap((halfDay) => {
        const patrols = byDay.find((one) => one.dayOn === day && one.halfDay === halfDay)?.patrols ?? 0;
        const onDuty = turns.filter((turn) => turn.weekday === taught && turn.halfDay === halfDay).length;
        return patrols + onDuty === 0 ? [] : [{ dayOn: day, halfDay, patrols, onDuty }];
      });
    }),
  };
};

export const listPatrolStops = async (
  { db, actor, now }: Context,
  input: Inputs['listPatrolStops'],
): Promise<Outputs['listPatrolStops']> => {
  const { schoolId, from, to, cursor, limit = 60, ...filter } = input;
  const school = mayLeadPatrolsOf(actor, schoolId) ? await findSchool(db, schoolId) : undefined;
  if (school === undefined) throw notFound();
  if (from > to) throw invalid('开始日期不能晚于结束日期，请核对。');
  return {
    school: { id: school.id, name: school.name },
    ...(await listSeenStops(db, { schoolId, from, to }, filter, { cursor, limit })),
    asOf: now.toISOString(),
  };
};
