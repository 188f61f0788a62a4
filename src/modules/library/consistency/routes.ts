import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { getDesignLimits, getPaperAgreement } from './actions.ts';
import { consistencyContract } from './contract.ts';

const os = implement(consistencyContract).$context<RequestContext<Actor>>();

export const consistencyRoutes = {
  getDesignLimits: os.getDesignLimits.handler(read(mayUseLibrary, getDesignLimits)),
  getPaperAgreement: os.getPaperAgreement.handler(read(mayUseLibrary, getPaperAgreement)),
};
