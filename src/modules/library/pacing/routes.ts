import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayUseLibrary, mayWriteSomething } from '../item/policy.ts';
import { getPacing, shiftPacing } from './actions.ts';
import { pacingContract } from './contract.ts';

const os = implement(pacingContract).$context<RequestContext<Actor>>();

export const pacingRoutes = {
  getPacing: os.getPacing.handler(read(mayUseLibrary, getPacing)),
  shiftPacing: os.shiftPacing.handler(write(mayWriteSomething, shiftPacing)),
};
