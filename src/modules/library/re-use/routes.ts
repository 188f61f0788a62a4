import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { getReuse, getReuseShare } from './actions.ts';
import { reUseContract } from './contract.ts';
import { mayReadReuseShare } from './policy.ts';

const os = implement(reUseContract).$context<RequestContext<Actor>>();

export const reUseRoutes = {
  getReuse: os.getReuse.handler(read(mayUseLibrary, getReuse)),
  getReuseShare: os.getReuseShare.handler(read(mayReadReuseShare, getReuseShare)),
};
