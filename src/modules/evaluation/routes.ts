import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { listEvaluatedSchools, schoolEvaluation } from './actions.ts';
import { evaluationContract } from './contract.ts';
import { districtLedgers } from './ledger/actions.ts';
import { districtProgress, listCountedLessons, principalProgress } from './observing/actions.ts';
import { mayReadDistrict, mayReadEvaluation } from './policy.ts';

const os = implement(evaluationContract).$context<RequestContext<Actor>>();

export const evaluationRouter = os.router({
  principalProgress: os.principalProgress.handler(read(mayReadEvaluation, principalProgress)),
  listCountedLessons: os.listCountedLessons.handler(read(mayReadEvaluation, listCountedLessons)),
  listEvaluatedSchools: os.listEvaluatedSchools.handler(read(mayReadEvaluation, listEvaluatedSchools)),
  schoolEvaluation: os.schoolEvaluation.handler(read(mayReadEvaluation, schoolEvaluation)),
  districtLedgers: os.districtLedgers.handler(read(mayReadDistrict, districtLedgers)),
  districtProgress: os.districtProgress.handler(read(mayReadDistrict, districtProgress)),
});
