import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { getLibraryToDo } from './actions.ts';
import { toDoContract } from './contract.ts';

const os = implement(toDoContract).$context<RequestContext<Actor>>();

export const toDoRoutes = { getLibraryToDo: os.getLibraryToDo.handler(read(mayUseLibrary, getLibraryToDo)) };
