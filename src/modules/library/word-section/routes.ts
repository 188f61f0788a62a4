import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, write } from '#platform/http/endpoint.ts';
import type { FindDraft } from '../co-editing/actions.ts';
import { takeWordSection } from './actions.ts';
import { wordSectionContract } from './contract.ts';

const os = implement(wordSectionContract).$context<RequestContext<Actor>>();

export const wordSectionRoutes = (findDraft: FindDraft) => ({
  takeWordSection: os.takeWordSection.handler(write('signed-in', takeWordSection(findDraft))),
});
