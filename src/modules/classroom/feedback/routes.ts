import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { mayObserve } from '../policy.ts';
import { listCriteriaFeedbackToMe } from './actions.ts';
import { feedbackContract } from './contract.ts';

const os = implement(feedbackContract).$context<RequestContext<Actor>>();

export const feedbackRoutes = {
  listCriteriaFeedbackToMe: os.listCriteriaFeedbackToMe.handler(read(mayObserve, listCriteriaFeedbackToMe)),
};
