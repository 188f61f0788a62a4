import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayUseLibrary, mayWriteSomething } from '../item/policy.ts';
import { listItemUses, listPicks, listTestItems, openPicking, pickTestItem, renewPick } from './actions.ts';
import { pickingContract } from './contract.ts';

const os = implement(pickingContract).$context<RequestContext<Actor>>();

export const pickingRoutes = {
  openPicking: os.openPicking.handler(read(mayUseLibrary, openPicking)),
  listTestItems: os.listTestItems.handler(read(mayUseLibrary, listTestItems)),
  pickTestItem: os.pickTestItem.handler(write(mayWriteSomething, pickTestItem)),
  renewPick: os.renewPick.handler(write(mayWriteSomething, renewPick)),
  listPicks: os.listPicks.handler(read(mayUseLibrary, listPicks)),
  listItemUses: os.listItemUses.handler(read(mayUseLibrary, listItemUses)),
};
