import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { type FindDraft, getDraft } from './actions.ts';
import { coEditingContract } from './contract.ts';

const os = implement(coEditingContract).$context<RequestContext<Actor>>();

export const coEditingRoutes = (findDraft: FindDraft) => ({
  getDraft: os.getDraft.handler(read('signed-in', getDraft(findDraft))),
});
