import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepSomeCurriculum } from '../policy.ts';
import { chooseEdition, confirmProposals, listEditionChoices } from './actions.ts';
import { editionChoiceContract } from './contract.ts';

const os = implement(editionChoiceContract).$context<RequestContext<Actor>>();

export const editionChoiceRoutes = {
  listEditionChoices: os.listEditionChoices.handler(read('signed-in', listEditionChoices)),
  chooseEdition: os.chooseEdition.handler(write(mayKeepSomeCurriculum, chooseEdition)),
  confirmProposals: os.confirmProposals.handler(write(mayKeepSomeCurriculum, confirmProposals)),
};
