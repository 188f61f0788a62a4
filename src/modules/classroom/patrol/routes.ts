import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  getPatrol,
  listMyPatrols,
  listPatrolsOfSchool,
  savePatrol,
  startPatrol,
  takePatrolAlong,
  withdrawPatrol,
} from './actions.ts';
import { patrolContract } from './contract.ts';
import { arrangeCorridor, getCorridor } from './corridor/actions.ts';
import { mayLeadPatrols, mayPatrol } from './policy.ts';
import { getPatrolRota, putOnRota, takeOffRota } from './rota/actions.ts';
import { listPatrolStops, sumPatrolWeek } from './week/actions.ts';

const os = implement(patrolContract).$context<RequestContext<Actor>>();

export const patrolRoutes = {
  startPatrol: os.startPatrol.handler(read(mayPatrol, startPatrol)),
  takePatrolAlong: os.takePatrolAlong.handler(read(mayPatrol, takePatrolAlong)),
  savePatrol: os.savePatrol.handler(write(mayPatrol, savePatrol)),
  withdrawPatrol: os.withdrawPatrol.handler(write(mayPatrol, withdrawPatrol)),
  getPatrol: os.getPatrol.handler(read(mayPatrol, getPatrol)),
  listMyPatrols: os.listMyPatrols.handler(read(mayPatrol, listMyPatrols)),
  listPatrolsOfSchool: os.listPatrolsOfSchool.handler(read(mayLeadPatrols, listPatrolsOfSchool)),
  sumPatrolWeek: os.sumPatrolWeek.handler(read(mayLeadPatrols, sumPatrolWeek)),
  listPatrolStops: os.listPatrolStops.handler(read(mayLeadPatrols, listPatrolStops)),
  getCorridor: os.getCorridor.handler(read(mayLeadPatrols, getCorridor)),
  arrangeCorridor: os.arrangeCorridor.handler(write(mayLeadPatrols, arrangeCorridor)),
  getPatrolRota: os.getPatrolRota.handler(read(mayLeadPatrols, getPatrolRota)),
  putOnRota: os.putOnRota.handler(write(mayLeadPatrols, putOnRota)),
  takeOffRota: os.takeOffRota.handler(write(mayLeadPatrols, takeOffRota)),
};
