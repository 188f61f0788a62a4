import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayWriteSomething } from '../item/policy.ts';
import { addFile, startingFile } from './actions.ts';
import { quickFileContract } from './contract.ts';

const os = implement(quickFileContract).$context<RequestContext<Actor>>();

export const quickFileRoutes = {
  startingFile: os.startingFile.handler(read(mayWriteSomething, startingFile)),
  addFile: os.addFile.handler(write(mayWriteSomething, addFile)),
};
