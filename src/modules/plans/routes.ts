import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { endTarget, listTargets, setTarget } from './actions.ts';
import { plansContract } from './contract.ts';
import { mayReadTargets, maySetTargets } from './policy.ts';

const os = implement(plansContract).$context<RequestContext<Actor>>();

export const plansRouter = os.router({
  listTargets: os.listTargets.handler(read(mayReadTargets, listTargets)),
  setTarget: os.setTarget.handler(write(maySetTargets, setTarget)),
  endTarget: os.endTarget.handler(write(maySetTargets, endTarget)),
});
