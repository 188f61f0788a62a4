import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  cancelVisit,
  changeVisit,
  getVisit,
  listVisits,
  planVisit,
  recordVisit,
  shareVisit,
  startVisit,
  visitPlanner,
} from './actions.ts';
import { researchVisitContract } from './contract.ts';
import { mayPlanVisits, mayReadVisits, mayRecordVisits } from './policy.ts';

const os = implement(researchVisitContract).$context<RequestContext<Actor>>();

export const researchVisitRoutes = {
  startVisit: os.startVisit.handler(read(mayPlanVisits, startVisit)),
  visitPlanner: os.visitPlanner.handler(read(mayPlanVisits, visitPlanner)),
  planVisit: os.planVisit.handler(write(mayPlanVisits, planVisit)),
  changeVisit: os.changeVisit.handler(write(mayPlanVisits, changeVisit)),
  recordVisit: os.recordVisit.handler(write(mayRecordVisits, recordVisit)),
  shareVisit: os.shareVisit.handler(write(mayPlanVisits, shareVisit)),
  cancelVisit: os.cancelVisit.handler(write(mayPlanVisits, cancelVisit)),
  getVisit: os.getVisit.handler(read(mayReadVisits, getVisit)),
  listVisits: os.listVisits.handler(read(mayReadVisits, listVisits)),
};
