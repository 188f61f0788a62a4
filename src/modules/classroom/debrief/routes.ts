import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayObserve } from '../policy.ts';
import {
  addDebriefNote,
  addDebriefParticipant,
  callDebrief,
  concludeDebrief,
  findDebriefOfLesson,
  getDebrief,
  listMyDebriefs,
  saveDebriefFocus,
  saveDebriefGist,
} from './actions.ts';
import { debriefContract } from './contract.ts';

const os = implement(debriefContract).$context<RequestContext<Actor>>();

export const debriefRoutes = {
  findDebriefOfLesson: os.findDebriefOfLesson.handler(read(mayObserve, findDebriefOfLesson)),
  callDebrief: os.callDebrief.handler(write(mayObserve, callDebrief)),
  getDebrief: os.getDebrief.handler(read(mayObserve, getDebrief)),
  addDebriefParticipant: os.addDebriefParticipant.handler(write(mayObserve, addDebriefParticipant)),
  saveDebriefFocus: os.saveDebriefFocus.handler(write(mayObserve, saveDebriefFocus)),
  addDebriefNote: os.addDebriefNote.handler(write(mayObserve, addDebriefNote)),
  saveDebriefGist: os.saveDebriefGist.handler(write(mayObserve, saveDebriefGist)),
  concludeDebrief: os.concludeDebrief.handler(write(mayObserve, concludeDebrief)),
  listMyDebriefs: os.listMyDebriefs.handler(read(mayObserve, listMyDebriefs)),
};
