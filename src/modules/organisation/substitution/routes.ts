import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepSomeTeaching } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  exchangeLessons,
  listDayLessons,
  listSubstitutions,
  substituteLesson,
  withdrawSubstitution,
} from './actions.ts';
import { substitutionContract } from './contract.ts';

const os = implement(substitutionContract).$context<RequestContext<Actor>>();

export const substitutionRoutes = {
  listDayLessons: os.listDayLessons.handler(read(mayKeepSomeTeaching, listDayLessons)),
  listSubstitutions: os.listSubstitutions.handler(read(mayKeepSomeTeaching, listSubstitutions)),
  substituteLesson: os.substituteLesson.handler(write(mayKeepSomeTeaching, substituteLesson)),
  exchangeLessons: os.exchangeLessons.handler(write(mayKeepSomeTeaching, exchangeLessons)),
  withdrawSubstitution: os.withdrawSubstitution.handler(write(mayKeepSomeTeaching, withdrawSubstitution)),
};
