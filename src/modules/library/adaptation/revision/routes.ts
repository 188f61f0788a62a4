import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayAdapt } from '../policy.ts';
import { getRevision, listRevisions, restoreSection } from './actions.ts';
import { revisionContract } from './contract.ts';

const os = implement(revisionContract).$context<RequestContext<Actor>>();

export const revisionRoutes = {
  listRevisions: os.listRevisions.handler(read(mayAdapt, listRevisions)),
  getRevision: os.getRevision.handler(read(mayAdapt, getRevision)),
  restoreSection: os.restoreSection.handler(write(mayAdapt, restoreSection)),
};
