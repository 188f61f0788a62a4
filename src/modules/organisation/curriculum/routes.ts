import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepCalendar } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import { getOffer, setOffer } from './actions.ts';
import { curriculumContract } from './contract.ts';

const os = implement(curriculumContract).$context<RequestContext<Actor>>();

export const curriculumRoutes = {
  getOffer: os.getOffer.handler(read('signed-in', getOffer)),
  setOffer: os.setOffer.handler(write(mayKeepCalendar, setOffer)),
};
