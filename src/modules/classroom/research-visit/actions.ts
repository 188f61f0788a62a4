import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName } from '#modules/organisation/calendar/rules.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { daysOfTerm, findTermOr } from '../finding/figures/actions.ts';
import type { researchVisitContract, VisitPlan, VisitStep } from './contract.ts';
import { mayReadNotes, mayTakeVisit, visitScope, visitStepsFor } from './policy.ts';
import { mayRecordOn, visitTransitions } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof researchVisitContract>;
type Outputs = InferContractRouterOutputs<typeof researchVisitContract>;
type Made = Outputs['planVisit'];

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，不能办理巡研。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.research-visit-${what}`,
    objectKind: 'research-visit',
    objectId: id,
    after,
  });

/** The school stands in a consortium of the stage, and everybody named goes on visits. */
const checkPlan = async ({ db, today }: Context, plan: VisitPlan): Promise<void> => {
  const places = await store.listVisitPlaces(db, { from: today, to: today }, today);
  if (!places.some(({ schoolId, stage }) => schoolId === plan.schoolId && stage === plan.stage))
    throw invalid('所选学校不在这个学段的联合体里，请重新选择。');
  const people = new Set((await store.listVisitPeople(db, today)).map(({ id }) => id));
  if (!plan.team.every((id) => people.has(id)))
    throw invalid('巡研人员须来自领导小组、教研室或中心组，请重新选择。');
  if (new Set(plan.team).size !== plan.team.length) throw invalid('同一位巡研人员选了两次，请去掉一个。');
};

const planOf = ({ schoolId, stage, dayOn, subject, focus, announced, team }: VisitPlan): VisitPlan => ({
  schoolId,
  stage,
  dayOn,
  subject,
  focus,
  announced,
  team,
});

export const planVisit = async (context: Context, input: Inputs['planVisit']): Promise<Made> => {
  await checkPlan(context, input);
  if (input.dayOn < context.today) throw invalid('巡研日期不能早于今天，请改选日期。');
  const id = await store.insertVisit(context.db, planOf(input), ownPersonId(context));
  await audit(context, 'planned', id, planOf(input));
  return { id, version: 1, state: 'planned' };
};

const openVisit = async (
  context: Context,
  { id, version }: { id: string; version: number },
  step: VisitStep,
): Promise<store.StoredVisit> => {
  const visit = await store.findVisit(context.db, id, visitScope(context.actor), true);
  if (visit === undefined) throw notFound();
  if (visit.version !== version)
    throw conflict('这次巡研刚刚有了更新。您填写的内容仍保留在本页，请对照后再保存。', {
      version: visit.version,
    });
  if (!mayTakeVisit(context.actor, step, visit))
    throw forbidden(
      visitTransitions[visit.state][step] === undefined
        ? '这次巡研已经过了这一步，不能再这样改。'
        : '这一步由安排巡研的教研室或巡研人员办理。',
    );
  return visit;
};

/** Takes a step and answers where the visit stands. */
const take = async (
  context: Context,
  visit: store.StoredVisit,
  step: VisitStep,
  change: Omit<store.VisitChange, 'state'>,
): Promise<Made> => {
  const state = visitTransitions[visit.state][step] ?? visit.state;
  const version = await store.updateVisit(context.db, visit.id, { ...change, state });
  if (state === 'shared') await store.insertVisitVersion(context.db, visit.id, ownPersonId(context));
  await audit(context, step, visit.id, { state, version });
  return { id: visit.id, version, state };
};

export const changeVisit = async (context: Context, input: Inputs['changeVisit']): Promise<Made> => {
  const visit = await openVisit(context, input, 'change');
  await checkPlan(context, input);
  if (input.dayOn < context.today && input.dayOn !== visit.dayOn)
    throw invalid('巡研日期不能早于今天，请改选日期。');
  return take(context, visit, 'change', planOf(input));
};

export const recordVisit = async (context: Context, input: Inputs['recordVisit']): Promise<Made> => {
  const visit = await openVisit(context, input, 'record');
  if (!mayRecordOn(visit.dayOn, context.today))
    throw invalid('巡研还没有到日期；如提前去了，请先改巡研日期。');
  const { seen, highlights } = input;
  return take(context, visit, 'record', { seen, highlights });
};

/** From here on the school reads it. */
export const shareVisit = async (context: Context, input: Inputs['shareVisit']): Promise<Made> =>
  take(context, await openVisit(context, input, 'share'), 'share', { sharedAt: context.now.toISOString() });

export const cancelVisit = async (context: Context, input: Inputs['cancelVisit']): Promise<Made> =>
  take(context, await openVisit(context, input, 'cancel'), 'cancel', { cancelReason: input.reason });

export const getVisit = async (
  context: Context,
  { id }: Inputs['getVisit'],
): Promise<Outputs['getVisit']> => {
  const { db, actor } = context;
  const visit = await store.findVisit(db, id, visitScope(actor));
  if (visit === undefined) throw notFound();
  const { plannedBy: _, ...shown } = visit;
  return {
    ...shown,
    ...(mayReadNotes(actor, visit) ? {} : { seen: '', highlights: '' }),
    steps: visitStepsFor(actor, visit),
  };
};

export const listVisits = async (
  context: Context,
  input: Inputs['listVisits'] = {},
): Promise<Outputs['listVisits']> => {
  const { cursor, limit = 30, upcoming = false, ...filter } = input;
  const upcomingFrom = upcoming ? context.today : undefined;
  return {
    ...(await store.listVisits(
      context.db,
      visitScope(context.actor),
      { ...filter, upcomingFrom },
      { cursor, limit },
    )),
    asOf: context.now.toISOString(),
  };
};

export const visitPlanner = async (
  context: Context,
  { termId }: Inputs['visitPlanner'] = {},
): Promise<Outputs['visitPlanner']> => {
  const { db, today } = context;
  const term = await findTermOr(db, termId, today);
  const days = await daysOfTerm(db, term);
  return {
    term: { id: term.id, name: termName(term.schoolYear, term.term) },
    ...days,
    places: await store.listVisitPlaces(db, days, today),
    asOf: context.now.toISOString(),
  };
};

export const startVisit = async (context: Context): Promise<Outputs['startVisit']> => {
  const { db, today } = context;
  const places = await store.listVisitPlaces(db, { from: today, to: today }, today);
  return {
    schools: [...Map.groupBy(places, ({ schoolId }) => schoolId)].map(([id, all]) => ({
      id,
      name: all[0]?.schoolName ?? '',
      stages: all.map(({ stage }) => stage),
    })),
    people: await store.listVisitPeople(db, today),
  };
};
