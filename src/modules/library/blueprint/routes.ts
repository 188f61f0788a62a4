import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { getBlueprint } from './actions.ts';
import { blueprintContract } from './contract.ts';

const os = implement(blueprintContract).$context<RequestContext<Actor>>();

export const blueprintRoutes = { getBlueprint: os.getBlueprint.handler(read(mayUseLibrary, getBlueprint)) };
