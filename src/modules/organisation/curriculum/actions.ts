import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import { isStillVersion, versionOfRows } from '#platform/database/row-set.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict } from '#platform/refusal.ts';
import { mayKeepCalendar } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import type { curriculumContract } from './contract.ts';
import { listOffers, offerTable, replaceOffer } from './store.ts';

type Inputs = InferContractRouterInputs<typeof curriculumContract>;
type Outputs = InferContractRouterOutputs<typeof curriculumContract>;
type Context = ActionContext<Actor>;

export const getOffer = async (
  { db, today, actor }: Context,
  { on = today }: Inputs['getOffer'],
): Promise<Outputs['getOffer']> => ({
  asOf: on,
  rows: await listOffers(db, on),
  version: await versionOfRows(db, offerTable),
  may: { edit: mayKeepCalendar(actor) },
});

export const setOffer = async (
  context: Context,
  { grade, subject, offered, from, version }: Inputs['setOffer'],
): Promise<Outputs['setOffer']> => {
  if (!(await isStillVersion(context.db, offerTable, version)))
    throw conflict('开设学科表刚刚被别人改过，请看过新内容后再保存。');
  await replaceOffer(context.db, { grade, subject }, offered, from);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.offer-set',
    objectKind: 'subject-offer',
    objectId: `${grade}/${subject}`,
    after: { offered, from },
  });
  return {};
};
