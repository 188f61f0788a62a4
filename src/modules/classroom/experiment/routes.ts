import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  addRequiredExperiment,
  editRequiredExperiment,
  endRequiredExperiment,
  listRequiredExperiments,
} from './actions.ts';
import { experimentContract } from './contract.ts';
import { mayKeepExperiments, mayReadExperiments } from './policy.ts';

const os = implement(experimentContract).$context<RequestContext<Actor>>();

export const experimentRoutes = {
  listRequiredExperiments: os.listRequiredExperiments.handler(
    read(mayReadExperiments, listRequiredExperiments),
  ),
  addRequiredExperiment: os.addRequiredExperiment.handler(write(mayKeepExperiments, addRequiredExperiment)),
  editRequiredExperiment: os.editRequiredExperiment.handler(
    write(mayKeepExperiments, editRequiredExperiment),
  ),
  endRequiredExperiment: os.endRequiredExperiment.handler(write(mayKeepExperiments, endRequiredExperiment)),
};
