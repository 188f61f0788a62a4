import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayAdapt } from '../adaptation/policy.ts';
import { listReflections, reflect, withdrawReflection } from './actions.ts';
import { reflectionContract } from './contract.ts';

const os = implement(reflectionContract).$context<RequestContext<Actor>>();

export const reflectionRoutes = {
  reflect: os.reflect.handler(write(mayAdapt, reflect)),
  withdrawReflection: os.withdrawReflection.handler(write(mayAdapt, withdrawReflection)),
  listReflections: os.listReflections.handler(read(mayAdapt, listReflections)),
};
