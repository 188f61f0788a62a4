import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { mayObserve } from '../policy.ts';
import { takeAlong } from './actions.ts';
import { pocketContract } from './contract.ts';

const os = implement(pocketContract).$context<RequestContext<Actor>>();

export const pocketRoutes = { takeAlong: os.takeAlong.handler(read(mayObserve, takeAlong)) };
