import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { getUnitGrid, listGridCompleteness } from './actions.ts';
import { unitGridContract } from './contract.ts';
import { maySeeCompleteness } from './policy.ts';

const os = implement(unitGridContract).$context<RequestContext<Actor>>();

export const unitGridRoutes = {
  getUnitGrid: os.getUnitGrid.handler(read(mayUseLibrary, getUnitGrid)),
  listGridCompleteness: os.listGridCompleteness.handler(read(maySeeCompleteness, listGridCompleteness)),
};
