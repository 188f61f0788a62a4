import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { adaptationScope, mayEditAdaptation } from '../adaptation/policy.ts';
import { findAdaptation, type StoredAdaptation } from '../adaptation/store.ts';
import { ownSchools } from '../item/policy.ts';
import type { reflectionContract } from './contract.ts';
import { isSameReflection } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof reflectionContract>;
type Outputs = InferContractRouterOutputs<typeof reflectionContract>;

/** What was reflected on is in no audit row. */
const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `library.reflection-${what}`,
    objectKind: 'library-reflection',
    objectId: id,
    after,
  });

/** A reflection is read in its school alone: what it sends up is a suggestion, in words chosen for that. */
const findInSchool = async ({ db, actor }: Context, adaptationId: string): Promise<StoredAdaptation> => {
  const adaptation = await findAdaptation(db, adaptationId, adaptationScope(actor));
  if (adaptation === undefined || !ownSchools(actor).includes(adaptation.schoolId)) throw notFound();
  return adaptation;
};

export const reflect = async (
  context: Context,
  { id, adaptationId, taughtOn, classLabel, worked, change, aspects }: Inputs['reflect'],
): Promise<Outputs['reflect']> => {
  const { db, actor, today } = context;
  const adaptation = await findInSchool(context, adaptationId);
  if (actor.personId === null || !mayEditAdaptation(actor, adaptation))
    throw adaptation.ended
      ? conflict('这份校本化已经停用，不能再写反思。')
      : forbidden('反思写在自己的校本化上。请先打开这份资源，点“用于我的课（校本化）”做一份自己的。');
  if (taughtOn > today) throw invalid('这节课还没有上，上完以后再写反思。');
  const words = Object.fromEntries(
    Object.entries(aspects)
      .map(([aspect, said]) => [aspect, said.trim()] as const)
      .filter(([, said]) => said !== ''),
  );
  if (worked.trim() === '' && change.trim() === '' && Object.keys(words).length === 0)
    throw invalid('请至少写一句：什么有效，或者下次怎么改。');
  const said = {
    adaptationId,
    personId: actor.personId,
    taughtOn,
    classLabel: classLabel.trim(),
    worked: worked.trim(),
    change: change.trim(),
    aspects: words,
  };
  if (!(await store.insertReflection(db, { id, ...said }))) {
    const there = await store.findReflection(db, id);
    if (there?.personId !== actor.personId || there.adaptationId !== adaptationId)
      throw conflict('这条反思没有保存，请再按一次“保存反思”。');
    // Sent again after a lost answer, and written on in between: what was added is not dropped in silence.
    if (!isSameReflection(there, said))
      throw conflict(
        '上一次写的已经保存，后来改的还没有存。要换成现在写的：先撤回下面列表里上一次的那条，再按一次“保存反思”。',
      );
    return { id };
  }
  await audit(context, 'made', id, { adaptationId, taughtOn });
  return { id };
};

export const withdrawReflection = async (
  context: Context,
  { id }: Inputs['withdrawReflection'],
): Promise<Outputs['withdrawReflection']> => {
  const reflection = await store.findReflection(context.db, id);
  if (reflection === undefined || reflection.personId !== context.actor.personId) throw notFound();
  await store.markReflectionWithdrawn(context.db, id, context.now.toISOString());
  await audit(context, 'withdrawn', id, { adaptationId: reflection.adaptationId });
  return { id };
};

export const listReflections = async (
  context: Context,
  { adaptationId }: Inputs['listReflections'],
): Promise<Outputs['listReflections']> => {
  await findInSchool(context, adaptationId);
  const rows = await store.listReflections(context.db, adaptationId);
  return {
    rows: rows.map(({ personId, name, schoolName, adaptationId: _adaptationId, ...row }) => ({
      ...row,
      by: { id: personId, name, schoolName },
      mine: personId === context.actor.personId,
    })),
  };
};
