import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepSomeTeaching } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  addClass,
  assignTeaching,
  endTeaching,
  listAssignments,
  listClasses,
  setTimetable,
} from './actions.ts';
import { teachingContract } from './contract.ts';

const os = implement(teachingContract).$context<RequestContext<Actor>>();

export const teachingRoutes = {
  listClasses: os.listClasses.handler(read('signed-in', listClasses)),
  addClass: os.addClass.handler(write(mayKeepSomeTeaching, addClass)),
  listAssignments: os.listAssignments.handler(read('signed-in', listAssignments)),
  assignTeaching: os.assignTeaching.handler(write(mayKeepSomeTeaching, assignTeaching)),
  setTimetable: os.setTimetable.handler(write(mayKeepSomeTeaching, setTimetable)),
  endTeaching: os.endTeaching.handler(write(mayKeepSomeTeaching, endTeaching)),
};
