import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayUseLibrary, mayWriteSomething } from '../item/policy.ts';
import {
  adaptItem,
  declineUpdate,
  endAdaptation,
  getAdaptation,
  getChangedSections,
  getUpdate,
  listAdaptations,
  openAdaptation,
  relinkSection,
  resumeAdaptation,
  saveAdaptation,
  undoUpdate,
  updateAdaptation,
} from './actions.ts';
import { adaptationContract } from './contract.ts';
import { mayAdapt } from './policy.ts';

const os = implement(adaptationContract).$context<RequestContext<Actor>>();

export const adaptationRoutes = {
  adaptItem: os.adaptItem.handler(write(mayAdapt, adaptItem)),
  getAdaptation: os.getAdaptation.handler(read(mayUseLibrary, getAdaptation)),
  saveAdaptation: os.saveAdaptation.handler(write(mayAdapt, saveAdaptation)),
  relinkSection: os.relinkSection.handler(write(mayAdapt, relinkSection)),
  openAdaptation: os.openAdaptation.handler(write(mayAdapt, openAdaptation)),
  endAdaptation: os.endAdaptation.handler(write(mayAdapt, endAdaptation)),
  resumeAdaptation: os.resumeAdaptation.handler(write(mayAdapt, resumeAdaptation)),
  getUpdate: os.getUpdate.handler(read(mayAdapt, getUpdate)),
  updateAdaptation: os.updateAdaptation.handler(write(mayAdapt, updateAdaptation)),
  declineUpdate: os.declineUpdate.handler(write(mayAdapt, declineUpdate)),
  undoUpdate: os.undoUpdate.handler(write(mayAdapt, undoUpdate)),
  listAdaptations: os.listAdaptations.handler(read(mayUseLibrary, listAdaptations)),
  getChangedSections: os.getChangedSections.handler(read(mayWriteSomething, getChangedSections)),
};
