import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayShapeBodies } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import { getStructure, moveSchool, setSubjectBase } from './actions.ts';
import { structureContract } from './contract.ts';

const os = implement(structureContract).$context<RequestContext<Actor>>();

export const structureRoutes = {
  getStructure: os.getStructure.handler(read('signed-in', getStructure)),
  setSubjectBase: os.setSubjectBase.handler(write(mayShapeBodies, setSubjectBase)),
  moveSchool: os.moveSchool.handler(write(mayShapeBodies, moveSchool)),
};
