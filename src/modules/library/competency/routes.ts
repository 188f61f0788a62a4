import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepSomeCurriculum } from '../policy.ts';
import { addCompetencyStandard, listCompetencies } from './actions.ts';
import { competencyContract } from './contract.ts';

const os = implement(competencyContract).$context<RequestContext<Actor>>();

export const competencyRoutes = {
  listCompetencies: os.listCompetencies.handler(read('signed-in', listCompetencies)),
  addCompetencyStandard: os.addCompetencyStandard.handler(
    write(mayKeepSomeCurriculum, addCompetencyStandard),
  ),
};
