import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  confirmDiagnosisPlan,
  getDiagnosisPlan,
  listDiagnosisPlans,
  openDiagnosisPlan,
  reviseDiagnosisPlan,
  saveDiagnosisPlan,
} from './actions.ts';
import { diagnosisPlanContract } from './contract.ts';
import { mayListDiagnosisPlans, mayPlanDiagnosis } from './policy.ts';
import { proposeDiagnosisLessons } from './proposals/actions.ts';

const os = implement(diagnosisPlanContract).$context<RequestContext<Actor>>();

export const diagnosisPlanRoutes = {
  getDiagnosisPlan: os.getDiagnosisPlan.handler(read(mayPlanDiagnosis, getDiagnosisPlan)),
  openDiagnosisPlan: os.openDiagnosisPlan.handler(read(mayPlanDiagnosis, openDiagnosisPlan)),
  saveDiagnosisPlan: os.saveDiagnosisPlan.handler(write(mayPlanDiagnosis, saveDiagnosisPlan)),
  confirmDiagnosisPlan: os.confirmDiagnosisPlan.handler(write(mayPlanDiagnosis, confirmDiagnosisPlan)),
  reviseDiagnosisPlan: os.reviseDiagnosisPlan.handler(write(mayPlanDiagnosis, reviseDiagnosisPlan)),
  proposeDiagnosisLessons: os.proposeDiagnosisLessons.handler(
    read(mayPlanDiagnosis, proposeDiagnosisLessons),
  ),
  listDiagnosisPlans: os.listDiagnosisPlans.handler(read(mayListDiagnosisPlans, listDiagnosisPlans)),
};
