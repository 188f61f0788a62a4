import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  changeCalibration,
  closeCalibration,
  extendCalibration,
  getCalibration,
  listCalibrations,
  makeCalibration,
  openCalibration,
  rateCalibration,
  startCalibration,
} from './actions.ts';
import { calibrationContract } from './contract.ts';
import { mayOrganise, mayTakePart } from './policy.ts';

const os = implement(calibrationContract).$context<RequestContext<Actor>>();

export const calibrationRoutes = {
  startCalibration: os.startCalibration.handler(read(mayOrganise, startCalibration)),
  makeCalibration: os.makeCalibration.handler(write(mayOrganise, makeCalibration)),
  changeCalibration: os.changeCalibration.handler(write(mayOrganise, changeCalibration)),
  openCalibration: os.openCalibration.handler(write(mayOrganise, openCalibration)),
  extendCalibration: os.extendCalibration.handler(write(mayOrganise, extendCalibration)),
  closeCalibration: os.closeCalibration.handler(write(mayOrganise, closeCalibration)),
  rateCalibration: os.rateCalibration.handler(write(mayTakePart, rateCalibration)),
  getCalibration: os.getCalibration.handler(read(mayTakePart, getCalibration)),
  listCalibrations: os.listCalibrations.handler(read(mayTakePart, listCalibrations)),
};
