import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayAdapt } from '../adaptation/policy.ts';
import { mayUseLibrary } from '../item/policy.ts';
import {
  declineSuggestion,
  gatherSuggestion,
  getSuggestion,
  listSuggestions,
  readAnswer,
  suggest,
  takeSuggestion,
  withdrawSuggestion,
} from './actions.ts';
import { suggestionContract } from './contract.ts';
import { mayDecideSome } from './policy.ts';

const os = implement(suggestionContract).$context<RequestContext<Actor>>();

export const suggestionRoutes = {
  suggest: os.suggest.handler(write(mayAdapt, suggest)),
  withdrawSuggestion: os.withdrawSuggestion.handler(write(mayAdapt, withdrawSuggestion)),
  getSuggestion: os.getSuggestion.handler(read(mayUseLibrary, getSuggestion)),
  gatherSuggestion: os.gatherSuggestion.handler(write(mayDecideSome, gatherSuggestion)),
  takeSuggestion: os.takeSuggestion.handler(write(mayDecideSome, takeSuggestion)),
  declineSuggestion: os.declineSuggestion.handler(write(mayDecideSome, declineSuggestion)),
  readAnswer: os.readAnswer.handler(write(mayAdapt, readAnswer)),
  listSuggestions: os.listSuggestions.handler(read(mayUseLibrary, listSuggestions)),
};
