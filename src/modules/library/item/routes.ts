import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  changeItem,
  getItem,
  getVersion,
  listItems,
  listVersions,
  openItem,
  startItem,
  startingItem,
  withdrawItem,
} from './actions.ts';
import { itemContract } from './contract.ts';
import { mayUseLibrary, mayWriteSomething } from './policy.ts';

const os = implement(itemContract).$context<RequestContext<Actor>>();

export const itemRoutes = {
  startingItem: os.startingItem.handler(read(mayWriteSomething, startingItem)),
  startItem: os.startItem.handler(write(mayWriteSomething, startItem)),
  changeItem: os.changeItem.handler(write(mayWriteSomething, changeItem)),
  withdrawItem: os.withdrawItem.handler(write(mayWriteSomething, withdrawItem)),
  openItem: os.openItem.handler(write(mayUseLibrary, openItem)),
  getItem: os.getItem.handler(read(mayUseLibrary, getItem)),
  listVersions: os.listVersions.handler(read(mayUseLibrary, listVersions)),
  getVersion: os.getVersion.handler(read(mayUseLibrary, getVersion)),
  listItems: os.listItems.handler(read(mayUseLibrary, listItems)),
};
