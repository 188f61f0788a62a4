import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { observationScope } from '../policy.ts';
import { findBetween, findOwn, findReadable, type StoredObservation } from '../store.ts';
import type { FollowUp, followUpContract } from './contract.ts';
import { mayCloseFollowUp, mayPlanFollowUp } from './policy.ts';
import { lookProblem, planProblem, type SeenLesson } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof followUpContract>;
type Outputs = InferContractRouterOutputs<typeof followUpContract>;

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，没有需要跟踪的改进。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.${what}`,
    objectKind: 'observation',
    objectId: id,
    after,
  });

const seen = ({ row }: StoredObservation): SeenLesson => ({
  id: row.id,
  observerId: row.observerId,
  teacherId: row.teacherId,
  teacherName: row.teacherName,
  dayOn: row.dayOn,
  slotFrom: row.slotFrom,
  finalised: row.finalisedAt !== null,
  withdrawn: row.withdrawn,
});

/** Most that one record is asked to look at; an observer agrees on one change a lesson. */
const mostEarlier = 20;

const earlierThan = async (context: Context, { row }: StoredObservation) => {
  if (row.observerId !== context.actor.personId || row.withdrawn || row.teacherName.trim() === '') return [];
  const { rows } = await store.listOpenFollowUps(
    context.db,
    { observerId: row.observerId },
    {
      ...(row.teacherId === null ? { teacherName: row.teacherName } : { teacherId: row.teacherId }),
      before: row,
    },
    { limit: mostEarlier },
  );
  return rows;
};

const described = async (context: Context, { row }: StoredObservation): Promise<FollowUp | null> => {
  const followUp = await store.findFollowUp(context.db, row.id);
  if (followUp === undefined) return null;
  const closing = await store.findClosing(context.db, row.id);
  const open = closing === undefined;
  return {
    agreedChange: row.agreedChange,
    ...followUp,
    closed:
      closing === undefined
        ? null
        : {
            look:
              closing.lookId === null || closing.dayOn === null
                ? null
                : {
                    id: closing.lookId,
                    dayOn: closing.dayOn,
                    slotFrom: closing.slotFrom,
                    slotTo: closing.slotTo,
                    classLabel: closing.classLabel ?? '',
                    grade: closing.grade,
                    subject: closing.subject,
                    topic: closing.topic ?? '',
                  },
            reason: closing.reason,
            byName: closing.byName,
            at: closing.at,
          },
    may: {
      plan: open && mayPlanFollowUp(context.actor, row),
      close: open && mayCloseFollowUp(context.actor, row),
    },
  };
};

export const getFollowUp = async (
  context: Context,
  { observationId }: Inputs['getFollowUp'],
): Promise<Outputs['getFollowUp']> => {
  const found = await findReadable(context.db, observationId, observationScope(context.actor));
  if (found === undefined) throw notFound();
  return { followUp: await described(context, found), earlier: await earlierThan(context, found) };
};

/** The open follow-up behind a record, locked; throws when it is closed or somebody was faster. */
const openForChange = async (
  context: Context,
  { observationId, version }: { observationId: string; version: number },
): Promise<StoredObservation> => {
  const stored = await findBetween(context.db, observationId, ownPersonId(context));
  if (stored === undefined) throw notFound();
  const followUp = await store.findFollowUpForUpdate(context.db, observationId);
  if (followUp === undefined) throw notFound();
  if ((await store.findClosing(context.db, observationId)) !== undefined)
    throw conflict('这项改进的跟踪已经结束，不能再改。如又商定了新的改进，请记在新的听课记录里。');
  if (followUp.version !== version)
    throw conflict('这项跟踪在别处有了更新。您填写的内容仍保留在本页，请看过后再保存。');
  return stored;
};

export const planFollowUp = async (
  context: Context,
  input: Inputs['planFollowUp'],
): Promise<Outputs['planFollowUp']> => {
  const stored = await openForChange(context, input);
  if (!mayPlanFollowUp(context.actor, stored.row)) throw notFound();
  const { observationId, plannedOn, plannedSlot } = input;
  const problem = planProblem(plannedOn, stored.row.dayOn);
  if (problem !== null) throw invalid(problem, { field: 'plannedOn' });
  const { version } = await store.updatePlan(context.db, observationId, { plannedOn, plannedSlot });
  await audit(context, 'follow-up-planned', observationId, { version, plannedOn, plannedSlot });
  return { version };
};

/** Closes by the observer's later record of the same teacher; the record itself is not changed. */
export const lookAgain = async (
  context: Context,
  input: Inputs['lookAgain'],
): Promise<Outputs['lookAgain']> => {
  const closedBy = ownPersonId(context);
  const stored = await openForChange(context, input);
  if (!mayCloseFollowUp(context.actor, stored.row)) throw notFound();
  const { observationId, lookId } = input;
  const look = await findOwn(context.db, lookId, closedBy);
  if (look === undefined) throw notFound('没有找到这份听课记录，请从您自己的听课记录中选择。');
  const problem = lookProblem(seen(look), seen(stored));
  if (problem !== null) throw invalid(problem);
  const { version } = await store.insertClosing(context.db, {
    observationId,
    lookId,
    reason: input.seen.trim(),
    closedBy,
  });
  await audit(context, 'follow-up-looked-at', observationId, { version, lookId });
  return { version };
};

export const endFollowUp = async (
  context: Context,
  input: Inputs['endFollowUp'],
): Promise<Outputs['endFollowUp']> => {
  const closedBy = ownPersonId(context);
  const stored = await openForChange(context, input);
  if (!mayCloseFollowUp(context.actor, stored.row)) throw notFound();
  const { observationId } = input;
  const { version } = await store.insertClosing(context.db, {
    observationId,
    lookId: null,
    reason: input.reason.trim(),
    closedBy,
  });
  await audit(context, 'follow-up-ended', observationId, { version });
  return { version };
};

export const listMyFollowUps = async (
  context: Context,
  input: Inputs['listMyFollowUps'],
): Promise<Outputs['listMyFollowUps']> => {
  const { cursor, limit = 30, ...filter } = input ?? {};
  const of = { observerId: ownPersonId(context) };
  return {
    ...(await store.listOpenFollowUps(context.db, of, filter, { cursor, limit })),
    asOf: context.now.toISOString(),
  };
};

export const listChangesIAgreed = async (
  context: Context,
  input: Inputs['listChangesIAgreed'],
): Promise<Outputs['listChangesIAgreed']> => {
  const { cursor, limit = 30 } = input ?? {};
  const of = { teacherId: ownPersonId(context) };
  return {
    ...(await store.listOpenFollowUps(context.db, of, {}, { cursor, limit })),
    asOf: context.now.toISOString(),
  };
};
