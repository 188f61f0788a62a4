import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { notFound } from '#platform/refusal.ts';
import { itemScope } from '../item/policy.ts';
import { findItem } from '../item/store.ts';
import type { reUseContract } from './contract.ts';
import { mayReadReuse } from './policy.ts';
import { countReuse, countReuseShare } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof reUseContract>;
type Outputs = InferContractRouterOutputs<typeof reUseContract>;

export const getReuse = async (
  { db, actor }: Context,
  { itemId }: Inputs['getReuse'],
): Promise<Outputs['getReuse']> => {
  const item = await findItem(db, itemId, itemScope(actor));
  if (item === undefined || !mayReadReuse(actor, item)) throw notFound();
  return countReuse(db, itemId);
};

export const getReuseShare = ({ db, actor }: Context): Promise<Outputs['getReuseShare']> =>
  countReuseShare(db, itemScope(actor));
