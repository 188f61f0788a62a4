import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayObserve } from '../policy.ts';
import { explainRemark, explainShortfall, myLedger } from './actions.ts';
import { ledgerContract } from './contract.ts';

const os = implement(ledgerContract).$context<RequestContext<Actor>>();

export const ledgerRoutes = {
  myLedger: os.myLedger.handler(read(mayObserve, myLedger)),
  explainRemark: os.explainRemark.handler(write(mayObserve, explainRemark)),
  explainShortfall: os.explainShortfall.handler(write(mayObserve, explainShortfall)),
};
