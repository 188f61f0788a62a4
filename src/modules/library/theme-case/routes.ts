import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { getThemeCases } from './actions.ts';
import { themeCaseContract } from './contract.ts';
import { maySeeThemeCases } from './policy.ts';

const os = implement(themeCaseContract).$context<RequestContext<Actor>>();

export const themeCaseRoutes = {
  getThemeCases: os.getThemeCases.handler(read(maySeeThemeCases, getThemeCases)),
};
