import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayObserve } from '../policy.ts';
import {
  endFollowUp,
  getFollowUp,
  listChangesIAgreed,
  listMyFollowUps,
  lookAgain,
  planFollowUp,
} from './actions.ts';
import { followUpContract } from './contract.ts';

const os = implement(followUpContract).$context<RequestContext<Actor>>();

export const followUpRoutes = {
  getFollowUp: os.getFollowUp.handler(read(mayObserve, getFollowUp)),
  planFollowUp: os.planFollowUp.handler(write(mayObserve, planFollowUp)),
  lookAgain: os.lookAgain.handler(write(mayObserve, lookAgain)),
  endFollowUp: os.endFollowUp.handler(write(mayObserve, endFollowUp)),
  listMyFollowUps: os.listMyFollowUps.handler(read(mayObserve, listMyFollowUps)),
  listChangesIAgreed: os.listChangesIAgreed.handler(read(mayObserve, listChangesIAgreed)),
};
