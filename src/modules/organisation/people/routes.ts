import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepDirectory, mayKeepSomeTeaching } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  addHonour,
  addPerson,
  editPerson,
  editPersonSubjects,
  getPerson,
  markPersonLeft,
  searchPeople,
} from './actions.ts';
import { peopleContract } from './contract.ts';

const os = implement(peopleContract).$context<RequestContext<Actor>>();

export const peopleRoutes = {
  searchPeople: os.searchPeople.handler(read('signed-in', searchPeople)),
  getPerson: os.getPerson.handler(read('signed-in', getPerson)),
  addPerson: os.addPerson.handler(write(mayKeepDirectory, addPerson)),
  editPerson: os.editPerson.handler(write(mayKeepDirectory, editPerson)),
  editPersonSubjects: os.editPersonSubjects.handler(write(mayKeepSomeTeaching, editPersonSubjects)),
  markPersonLeft: os.markPersonLeft.handler(write(mayKeepDirectory, markPersonLeft)),
  addHonour: os.addHonour.handler(write(mayKeepDirectory, addHonour)),
};
