import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { bringInStuckRecord, lookAtStuckRecord } from './actions.ts';
import { stuckContract } from './contract.ts';
import { mayBringIn } from './policy.ts';

const os = implement(stuckContract).$context<RequestContext<Actor>>();

export const stuckRoutes = {
  lookAtStuckRecord: os.lookAtStuckRecord.handler(read(mayBringIn, lookAtStuckRecord)),
  bringInStuckRecord: os.bringInStuckRecord.handler(write(mayBringIn, bringInStuckRecord)),
};
