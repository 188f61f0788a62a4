import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import type { RequestContext } from '#platform/http/endpoint.ts';
import { libraryContract } from './contract.ts';
import { itemRoutes } from './item/routes.ts';
import { roundRoutes } from './round/routes.ts';

const os = implement(libraryContract).$context<RequestContext<Actor>>();

export const libraryRouter = os.router({
  ...itemRoutes,
  ...roundRoutes,
});
