import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayShapeBodies } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import { appoint, endAppointment, listBodies, previewEndOfAppointment } from './actions.ts';
import { appointmentsContract } from './contract.ts';

const os = implement(appointmentsContract).$context<RequestContext<Actor>>();

export const appointmentsRoutes = {
  appoint: os.appoint.handler(write(mayShapeBodies, appoint)),
  previewEndOfAppointment: os.previewEndOfAppointment.handler(read(mayShapeBodies, previewEndOfAppointment)),
  endAppointment: os.endAppointment.handler(write(mayShapeBodies, endAppointment)),
  listBodies: os.listBodies.handler(read('signed-in', listBodies)),
};
