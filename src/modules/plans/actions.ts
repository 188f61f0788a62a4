import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import type { Target, TargetHolder, TargetKey } from './contract.ts';
import { maySetTargets, targetScope } from './policy.ts';
import { holdsOn, placeTarget } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;

export const listTargets = async (
  context: Context,
): Promise<{ rows: Target[]; maySet: boolean; asOf: string }> => ({
  rows: await store.listTargets(context.db, targetScope(context.actor)),
  maySet: maySetTargets(context.actor),
  asOf: context.now.toISOString(),
});

interface TargetInput {
  readonly key: TargetKey;
  readonly holder: TargetHolder;
  readonly amount: number | null;
  readonly fromOn: Day;
  readonly clause: string;
  readonly note: string;
  readonly replaces: string | null;
}

export const setTarget = async (context: Context, input: TargetInput): Promise<{ id: string }> => {
  const { db } = context;
  if ('personId' in input.holder) {
    if ((await store.findPersonName(db, input.holder.personId)) === undefined) throw notFound();
  } else if (input.amount === null)
    throw invalid('按职务设定的目标要写明数量；只有对某一位校长才可以设为“不设目标”。');
  const existing = await store.listTargetsForUpdate(db, input.key, input.holder);
  const { ends, toOn } = placeTarget(existing, input.fromOn);
  if ((ends?.id ?? null) !== input.replaces)
    throw conflict('这项目标刚刚被别人改过，请看过最新的目标后再设定。', { holding: ends });
  if (ends !== null) await store.markTargetEnded(db, ends.id, input.fromOn);
  const { replaces: _, ...target } = input;
  const id = await store.insertTarget(db, { ...target, toOn, setBy: context.actor.personId });
  await recordAudit(db, context.origin, {
    action: 'plans.target-set',
    objectKind: 'plans.target',
    objectId: id,
    before: ends ?? undefined,
    after: { ...target, toOn },
  });
  return { id };
};

export const endTarget = async (
  context: Context,
  input: { readonly id: string; readonly toOn: Day },
): Promise<{ id: string }> => {
  const target = await store.findTargetForUpdate(context.db, input.id);
  if (target === undefined) throw notFound();
  if (target.personId === null)
    throw invalid('按职务设定的目标不能取消，只能设定新的数量；某位校长的单独目标才可以取消。');
  if (input.toOn < target.fromOn || (target.toOn !== null && !holdsOn(target, input.toOn)))
    throw conflict('这项目标在所选日期已不生效，请刷新页面查看最新的目标。');
  await store.markTargetEnded(context.db, target.id, input.toOn);
  await recordAudit(context.db, context.origin, {
    action: 'plans.target-ended',
    objectKind: 'plans.target',
    objectId: target.id,
    before: { toOn: target.toOn },
    after: { toOn: input.toOn },
  });
  return { id: target.id };
};
