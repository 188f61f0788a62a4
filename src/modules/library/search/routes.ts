import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { searchItems, suggestTitles } from './actions.ts';
import { searchContract } from './contract.ts';

const os = implement(searchContract).$context<RequestContext<Actor>>();

export const searchRoutes = {
  searchItems: os.searchItems.handler(read(mayUseLibrary, searchItems)),
  suggestTitles: os.suggestTitles.handler(read(mayUseLibrary, suggestTitles)),
};
