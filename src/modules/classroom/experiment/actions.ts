import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, notFound } from '#platform/refusal.ts';
import type { experimentContract } from './contract.ts';
import { mayKeepExperiments } from './policy.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof experimentContract>;
type Outputs = InferContractRouterOutputs<typeof experimentContract>;

const audit = (context: Context, what: string, id: string, before: unknown, after: unknown) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.required-experiment-${what}`,
    objectKind: 'required-experiment',
    objectId: id,
    before,
    after,
  });

export const listRequiredExperiments = async ({
  db,
  actor,
  today,
}: Context): Promise<Outputs['listRequiredExperiments']> => ({
  rows: await store.listRequired(db, today),
  may: { edit: mayKeepExperiments(actor) },
});

export const addRequiredExperiment = async (
  context: Context,
  input: Inputs['addRequiredExperiment'],
): Promise<Outputs['addRequiredExperiment']> => {
  const id = await store.insertRequired(context.db, { ...input, fromOn: context.today });
  if (id === null) throw conflict('这个年级已经有同名的实验，请核对名称。');
  await audit(context, 'added', id, undefined, input);
  return { id };
};

const openForEdit = async (context: Context, { id, version }: { id: string; version: number }) => {
  const row = await store.findRequiredForUpdate(context.db, id);
  if (row === undefined || row.toOn !== null) throw notFound();
  if (row.version !== version) throw conflict('这一项刚刚被别人改过，请看过最新内容后再保存。');
  return row;
};

export const editRequiredExperiment = async (
  context: Context,
  input: Inputs['editRequiredExperiment'],
): Promise<Outputs['editRequiredExperiment']> => {
  const { id, name, mode } = input;
  const before = await openForEdit(context, input);
  const same = (await store.listRequired(context.db, context.today)).some(
    (one) =>
      one.id !== id && one.subject === before.subject && one.grade === before.grade && one.name === name,
  );
  if (same) throw conflict('这个年级已经有同名的实验，请核对名称。');
  const version = await store.updateRequired(context.db, id, { name, mode });
  await audit(context, 'edited', id, { name: before.name, mode: before.mode }, { name, mode, version });
  return { version };
};

export const endRequiredExperiment = async (
  context: Context,
  input: Inputs['endRequiredExperiment'],
): Promise<Outputs['endRequiredExperiment']> => {
  const before = await openForEdit(context, input);
  const version = await store.updateRequired(context.db, input.id, { toOn: context.today });
  await audit(context, 'ended', input.id, { name: before.name }, { toOn: context.today, version });
  return { version };
};
