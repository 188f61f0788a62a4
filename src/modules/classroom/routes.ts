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
import { budgetRoutes } from './budget/routes.ts';
import { calibrationRoutes } from './calibration/routes.ts';
import { classroomContract } from './contract.ts';
import { debriefRoutes } from './debrief/routes.ts';
import { diagnosisPlanRoutes } from './diagnosis-plan/routes.ts';
import { experimentRoutes } from './experiment/routes.ts';
import { feedbackRoutes } from './feedback/routes.ts';
import { findingRoutes } from './finding/routes.ts';
import { followUpRoutes } from './follow-up/routes.ts';
import { homeworkCheckRoutes } from './homework-check/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { lensRoutes } from './lens/routes.ts';
import { patrolRoutes } from './patrol/routes.ts';
import { pocketRoutes } from './pocket/routes.ts';
import { mayObserve, mayReadOthersObservations } from './policy.ts';
import { researchVisitRoutes } from './research-visit/routes.ts';
import { roomUseRoutes } from './room-use/routes.ts';
import { classroomSettingsRoutes } from './settings/routes.ts';
import { stuckRoutes } from './stuck/routes.ts';
import { lookUpSchool, startObservation } from './timetable/actions.ts';
import { writingCheckRoutes } from './writing-check/routes.ts';

const os = implement(classroomContract).$context<RequestContext<Actor>>();

export const classroomRouter = os.router({
  ...patrolRoutes,
  ...feedbackRoutes,
  ...followUpRoutes,
  ...debriefRoutes,
  ...ledgerRoutes,
  ...writingCheckRoutes,
  ...roomUseRoutes,
  ...experimentRoutes,
  ...budgetRoutes,
  ...homeworkCheckRoutes,
  ...diagnosisPlanRoutes,
  ...findingRoutes,
  ...classroomSettingsRoutes,
  ...researchVisitRoutes,
  ...lensRoutes,
  ...calibrationRoutes,
  ...pocketRoutes,
  ...stuckRoutes,
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
