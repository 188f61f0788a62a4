import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayObserve } from '../policy.ts';
import { correctLens, getLens, saveLens } from './actions.ts';
import { lensContract } from './contract.ts';

const os = implement(lensContract).$context<RequestContext<Actor>>();

export const lensRoutes = {
  getLens: os.getLens.handler(read(mayObserve, getLens)),
  saveLens: os.saveLens.handler(write(mayObserve, saveLens)),
  correctLens: os.correctLens.handler(write(mayObserve, correctLens)),
};
