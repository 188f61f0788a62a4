import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { findSchool } from '#modules/organisation/schools/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { weekdayLabels } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { mayLeadPatrolsOf } from '../policy.ts';
import { halfDayLabels } from '../vocabulary/contract.ts';
import type { rotaContract } from './contract.ts';
import { insertTurn, listRotaPeople, listTurns, markTurnEnded } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof rotaContract>;
type Outputs = InferContractRouterOutputs<typeof rotaContract>;

const audit = ({ db, origin }: Context, what: string, id: string, after: unknown) =>
  recordAudit(db, origin, {
    action: `classroom.patrol-turn-${what}`,
    objectKind: 'patrol-turn',
    objectId: id,
    after,
  });

export const getPatrolRota = async (
  { db, actor, today }: Context,
  { schoolId }: Inputs['getPatrolRota'],
): Promise<Outputs['getPatrolRota']> => {
  const school = mayLeadPatrolsOf(actor, schoolId) ? await findSchool(db, schoolId) : undefined;
  if (school === undefined) throw notFound();
  return {
    school: { id: school.id, name: school.name },
    turns: await listTurns(db, schoolId, today),
    people: await listRotaPeople(db, schoolId, today),
  };
};

export const putOnRota = async (
  context: Context,
  { schoolId, personId, weekday, halfDay }: Inputs['putOnRota'],
): Promise<Outputs['putOnRota']> => {
  const { db, actor, today } = context;
  if (!mayLeadPatrolsOf(actor, schoolId)) throw notFound();
  const person = (await listRotaPeople(db, schoolId, today)).find(({ id }) => id === personId);
  if (person === undefined) throw invalid('值班表只能安排本校的人员，请重新选择。');
  const id = await insertTurn(db, { schoolId, personId, weekday, halfDay, activeFrom: today });
  if (id === undefined)
    throw conflict(
      `${person.name}已经在${weekdayLabels[weekday] ?? ''}${halfDayLabels[halfDay]}的值班表上。`,
    );
  await audit(context, 'given', id, { schoolId, personId, weekday, halfDay });
  return { id };
};

export const takeOffRota = async (
  context: Context,
  { schoolId, id }: Inputs['takeOffRota'],
): Promise<Outputs['takeOffRota']> => {
  const { db, actor, today } = context;
  if (!mayLeadPatrolsOf(actor, schoolId)) throw notFound();
  if (!(await markTurnEnded(db, schoolId, id, today))) throw notFound();
  await audit(context, 'ended', id, { schoolId, activeTo: today });
  return {};
};
