import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { open, type RequestContext } from '#platform/http/endpoint.ts';
import { listDemoAccounts, signInAsDemo } from './actions.ts';
import { demoSignInContract } from './contract.ts';

const os = implement(demoSignInContract).$context<RequestContext<Actor>>();

export const demoSignInRouter = os.router({
  listDemoAccounts: os.listDemoAccounts.handler(open(listDemoAccounts)),
  signInAsDemo: os.signInAsDemo.handler(open(signInAsDemo)),
});
