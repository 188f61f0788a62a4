import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayDecideSomeNomination, mayNominateSomebody } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  acceptNomination,
  declineNomination,
  getCoverage,
  listCoverage,
  listNominations,
  nominate,
  withdrawNomination,
} from './actions.ts';
import { coverageContract } from './contract.ts';

const os = implement(coverageContract).$context<RequestContext<Actor>>();

export const coverageRoutes = {
  listCoverage: os.listCoverage.handler(read('signed-in', listCoverage)),
  getCoverage: os.getCoverage.handler(read('signed-in', getCoverage)),
  nominate: os.nominate.handler(write(mayNominateSomebody, nominate)),
  listNominations: os.listNominations.handler(read('signed-in', listNominations)),
  acceptNomination: os.acceptNomination.handler(write(mayDecideSomeNomination, acceptNomination)),
  declineNomination: os.declineNomination.handler(write(mayDecideSomeNomination, declineNomination)),
  withdrawNomination: os.withdrawNomination.handler(write(mayNominateSomebody, withdrawNomination)),
};
