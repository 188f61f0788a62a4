import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import type { RequestContext } from '#platform/http/endpoint.ts';
import { adaptationRoutes } from './adaptation/routes.ts';
import { libraryContract } from './contract.ts';
import { itemRoutes } from './item/routes.ts';
import { reflectionRoutes } from './reflection/routes.ts';
import { roundRoutes } from './round/routes.ts';
import { suggestionRoutes } from './suggestion/routes.ts';

const os = implement(libraryContract).$context<RequestContext<Actor>>();

export const libraryRouter = os.router({
  ...itemRoutes,
  ...roundRoutes,
  ...adaptationRoutes,
  ...reflectionRoutes,
  ...suggestionRoutes,
});
