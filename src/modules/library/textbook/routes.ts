import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepSomeCurriculum } from '../policy.ts';
import { getTextbookPath, getTextbooks, getVolume, restoreEdition, withdrawEdition } from './actions.ts';
import { textbookContract } from './contract.ts';

const os = implement(textbookContract).$context<RequestContext<Actor>>();

export const textbookRoutes = {
  getTextbooks: os.getTextbooks.handler(read('signed-in', getTextbooks)),
  getVolume: os.getVolume.handler(read('signed-in', getVolume)),
  getTextbookPath: os.getTextbookPath.handler(read('signed-in', getTextbookPath)),
  withdrawEdition: os.withdrawEdition.handler(write(mayKeepSomeCurriculum, withdrawEdition)),
  restoreEdition: os.restoreEdition.handler(write(mayKeepSomeCurriculum, restoreEdition)),
};
