import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  correctObservation,
  feedBack,
  finaliseObservation,
  getObservation,
  listFeedbackToMe,
  listMyObservations,
  listObservationsOfSchool,
  markAgreedChange,
  replyToFeedback,
  saveDraft,
  withdrawObservation,
} from './actions.ts';
import { classroomContract } from './contract.ts';
import { lensRoutes } from './lens/routes.ts';
import { mayObserve, mayReadOthersObservations } from './policy.ts';
import { lookUpSchool, startObservation } from './timetable/actions.ts';

const os = implement(classroomContract).$context<RequestContext<Actor>>();

export const classroomRouter = os.router({
  ...lensRoutes,
  startObservation: os.startObservation.handler(read(mayObserve, startObservation)),
  lookUpSchool: os.lookUpSchool.handler(read(mayObserve, lookUpSchool)),
  saveDraft: os.saveDraft.handler(write(mayObserve, saveDraft)),
  finaliseObservation: os.finaliseObservation.handler(write(mayObserve, finaliseObservation)),
  correctObservation: os.correctObservation.handler(write(mayObserve, correctObservation)),
  withdrawObservation: os.withdrawObservation.handler(write(mayObserve, withdrawObservation)),
  feedBack: os.feedBack.handler(write(mayObserve, feedBack)),
  replyToFeedback: os.replyToFeedback.handler(write(mayObserve, replyToFeedback)),
  markAgreedChange: os.markAgreedChange.handler(write(mayObserve, markAgreedChange)),
  listMyObservations: os.listMyObservations.handler(read(mayObserve, listMyObservations)),
  listObservationsOfSchool: os.listObservationsOfSchool.handler(
    read(mayReadOthersObservations, listObservationsOfSchool),
  ),
  listFeedbackToMe: os.listFeedbackToMe.handler(read(mayObserve, listFeedbackToMe)),
  getObservation: os.getObservation.handler(read(mayObserve, getObservation)),
});
