import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { seededRandom } from '#platform/random.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { findRubric } from '../rubric/store.ts';
import { tidyCriteria } from '../rules.ts';
import type { CalibrationDetail, CalibrationPlan, CalibrationStep, calibrationContract } from './contract.ts';
import {
  calibrationScope,
  calibrationStepsFor,
  mayOrganise,
  mayRate,
  maySeeOwnResult,
  maySeeSum,
  mayTakeCalibrationStep,
} from './policy.ts';
import {
  alphaOf,
  calibrationTransitions,
  figuresOf,
  openingProblem,
  ownShare,
  planProblem,
  ratingProblem,
} from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof calibrationContract>;
type Outputs = InferContractRouterOutputs<typeof calibrationContract>;
type Made = Outputs['makeCalibration'];

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，不能参加听课评课校准。');
  return actor.personId;
};

/** What somebody thought of the lesson is in no audit row. */
const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.calibration-${what}`,
    objectKind: 'calibration',
    objectId: id,
    after,
  });

const refuse = (problem: string | null): void => {
  if (problem !== null) throw invalid(problem);
};

const planOf = ({
  title,
  subject,
  grade,
  topic,
  mode,
  schoolId,
  dayOn,
  slot,
  note,
  raters,
  panel,
  deadlineOn,
}: CalibrationPlan): CalibrationPlan => ({
  title: title.trim(),
  subject,
  grade,
  topic: topic.trim(),
  mode,
  schoolId,
  dayOn,
  slot,
  note: note.trim(),
  raters,
  panel,
  deadlineOn,
});

/** Raters lead a school as principal or vice-principal; the panel may be anybody of the district. */
const checkPlan = async ({ db, today }: Context, plan: CalibrationPlan): Promise<void> => {
  refuse(planProblem(plan));
  if (plan.deadlineOn < today) throw invalid('截止日期不能早于今天，请改晚一些。');
  const leaders = await store.listLeaders(db, today);
  const leads = new Set(leaders.map(({ personId }) => personId));
  if (!plan.raters.every((one) => leads.has(one)))
    throw invalid('评课人须是现任校长或教学副校长，请重新选择。');
  if (plan.schoolId !== null && !leaders.some(({ schoolId }) => schoolId === plan.schoolId))
    throw invalid('没有这所学校，请重新选择。');
  const panel = await store.listInvited(db, plan.panel, today);
  if (panel.length !== plan.panel.length) throw invalid('专家组中有人已不在名册，请重新选择。');
};

const auditedPlan = ({ raters, panel, ...lesson }: CalibrationPlan) => ({
  ...lesson,
  raters: raters.length,
  panel: panel.length,
});

export const makeCalibration = async (context: Context, input: Inputs['makeCalibration']): Promise<Made> => {
  const plan = planOf(input);
  await checkPlan(context, plan);
  const id = await store.insertCalibration(context.db, plan, ownPersonId(context));
  await audit(context, 'made', id, auditedPlan(plan));
  return { id, version: 1, state: 'draft' };
};

/** The session as it stands, locked for a step. */
const takeUp = async (
  context: Context,
  { id, version }: { id: string; version: number },
  step: CalibrationStep,
): Promise<store.StoredCalibration> => {
  const { db, actor, today } = context;
  const session = await store.findCalibration(db, id, calibrationScope(actor), today, 'change');
  if (session === undefined) throw notFound();
  if (!mayOrganise(actor)) throw forbidden('组织校准由领导小组和教研室办理。');
  if (session.version !== version)
    throw conflict('这次校准刚刚有了更新。您填写的内容仍保留在本页，请对照后再保存。', {
      version: session.version,
    });
  if (!mayTakeCalibrationStep(actor, step, session))
    throw conflict(
      session.state === 'closed' ? '这次校准已经结束，不能再改。' : '这次校准已经过了这一步，不能再这样改。',
    );
  return session;
};

const take = async (
  context: Context,
  session: store.StoredCalibration,
  step: CalibrationStep,
  change: Omit<store.CalibrationChange, 'state'>,
  after: Readonly<Record<string, unknown>>,
): Promise<Made> => {
  const state = calibrationTransitions[session.state][step] ?? session.state;
  const version = await store.updateCalibration(context.db, session.id, { ...change, state });
  await audit(context, step, session.id, { ...after, state, version });
  return { id: session.id, version, state };
};

export const changeCalibration = async (
  context: Context,
  input: Inputs['changeCalibration'],
): Promise<Made> => {
  const session = await takeUp(context, input, 'change');
  const plan = planOf(input);
  await checkPlan(context, plan);
  return take(context, session, 'change', plan, auditedPlan(plan));
};

/** From here on those invited see it, by the criteria in force today. */
export const openCalibration = async (context: Context, input: Inputs['openCalibration']): Promise<Made> => {
  const session = await takeUp(context, input, 'open');
  refuse(openingProblem(session, context.today));
  const { id: rubricId } = await findRubric(context.db, { on: context.today });
  const openedAt = context.now.toISOString();
  return take(context, session, 'open', { rubricId, openedAt }, { rubricId });
};

export const extendCalibration = async (
  context: Context,
  input: Inputs['extendCalibration'],
): Promise<Made> => {
  const session = await takeUp(context, input, 'extend');
  const { deadlineOn } = input;
  if (deadlineOn <= session.deadlineOn) throw invalid('新的截止日期要晚于原来的截止日期。');
  return take(context, session, 'extend', { deadlineOn }, { deadlineOn });
};

export const closeCalibration = async (
  context: Context,
  input: Inputs['closeCalibration'],
): Promise<Made> => {
  const session = await takeUp(context, input, 'close');
  return take(context, session, 'close', { closedAt: context.now.toISOString() }, {});
};

export const rateCalibration = async (
  context: Context,
  { id, version, entries }: Inputs['rateCalibration'],
): Promise<Outputs['rateCalibration']> => {
  const { db, actor, today } = context;
  const personId = ownPersonId(context);
  const session = await store.findCalibration(db, id, calibrationScope(actor), today, 'rate');
  if (session === undefined || session.invitedAs === null) throw notFound();
  if (!mayRate(actor, session))
    throw conflict(
      session.state === 'draft' ? '这次校准还没有开启，请等通知。' : '这次校准已经结束，不能再提交。',
    );
  if (session.dayOn !== null && session.dayOn > today) throw invalid('这节课还没有上，听课以后再提交。');
  const rubric = await findRubric(db, { id: session.rubricId ?? '' });
  const noted = tidyCriteria(entries);
  refuse(
    ratingProblem(
      entries,
      rubric.criteria.map(({ code }) => code),
    ),
  );
  const before = await store.findRating(db, id, personId);
  const isLatest = (before?.version ?? 0) === version;
  const number = version + 1;
  if (!isLatest || !(await store.insertRating(db, { calibrationId: id, personId, number, entries: noted })))
    throw conflict('您在别处提交过更新的评价。本页的内容没有丢失，请选择以哪一份为准。');
  await audit(context, 'rated', id, { version: number });
  return { version: number };
};

/** The same figures whenever they are asked for. */
const randomOf = (id: string): (() => number) => seededRandom(Number.parseInt(id.slice(-8), 16)).next;

const ownResult = async (
  { db, actor }: Context,
  session: store.StoredCalibration,
  { rating, codes }: { rating: CalibrationDetail['rating']; codes: readonly string[] },
): Promise<CalibrationDetail['own']> => {
  if (rating === null || !maySeeOwnResult(actor, session)) return null;
  const figures = figuresOf(codes, await store.listRatings(db, session));
  return { figures, share: figures === null ? null : ownShare(rating, figures) };
};

const organised = async (
  { db, actor }: Context,
  session: store.StoredCalibration,
  codes: readonly string[],
): Promise<CalibrationDetail['organised']> => {
  if (!mayOrganise(actor)) return null;
  const rated = await store.countRatings(db, session);
  const ratings = maySeeSum(actor, session) ? await store.listRatings(db, session) : null;
  return {
    raters: await store.listInvited(db, session.raters),
    panel: await store.listInvited(db, session.panel),
    ratedRaters: rated.raters,
    ratedPanel: rated.panel,
    sum:
      ratings === null
        ? null
        : {
            figures: figuresOf(codes, ratings),
            alpha: alphaOf(codes, ratings, randomOf(session.id)),
          },
  };
};

export const getCalibration = async (
  context: Context,
  { id }: Inputs['getCalibration'],
): Promise<Outputs['getCalibration']> => {
  const { db, actor, today } = context;
  const session = await store.findCalibration(db, id, calibrationScope(actor), today);
  if (session === undefined) throw notFound();
  const { rubricId, raters: _raters, panel: _panel, ...shown } = session;
  const { criteria } = await findRubric(db, rubricId === null ? { on: today } : { id: rubricId });
  const codes = criteria.map(({ code }) => code);
  const rating =
    actor.personId === null || session.invitedAs === null
      ? null
      : ((await store.findRating(db, id, actor.personId)) ?? null);
  return {
    ...shown,
    rubric: [...criteria],
    rating,
    own: await ownResult(context, session, { rating, codes }),
    organised: await organised(context, session, codes),
    steps: calibrationStepsFor(actor, session),
    mayRate: mayRate(actor, session),
  };
};

export const listCalibrations = async (
  context: Context,
  { view, cursor, limit = 30 }: Inputs['listCalibrations'],
): Promise<Outputs['listCalibrations']> => ({
  ...(await store.listCalibrations(context.db, calibrationScope(context.actor), context.today, {
    view,
    cursor,
    limit,
  })),
  asOf: context.now.toISOString(),
});

export const startCalibration = async ({ db, today }: Context): Promise<Outputs['startCalibration']> => ({
  leaders: await store.listLeaders(db, today),
});
