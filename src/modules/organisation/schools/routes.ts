import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayKeepDirectory } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  addSchool,
  closeSchool,
  confirmAlias,
  declineAlias,
  editSchool,
  getSchool,
  listProposedAliases,
  listSchools,
  previewCloseOfSchool,
} from './actions.ts';
import { schoolsContract } from './contract.ts';

const os = implement(schoolsContract).$context<RequestContext<Actor>>();

export const schoolsRoutes = {
  listSchools: os.listSchools.handler(read('signed-in', listSchools)),
  getSchool: os.getSchool.handler(read('signed-in', getSchool)),
  addSchool: os.addSchool.handler(write(mayKeepDirectory, addSchool)),
  editSchool: os.editSchool.handler(write(mayKeepDirectory, editSchool)),
  previewCloseOfSchool: os.previewCloseOfSchool.handler(read(mayKeepDirectory, previewCloseOfSchool)),
  closeSchool: os.closeSchool.handler(write(mayKeepDirectory, closeSchool)),
  listProposedAliases: os.listProposedAliases.handler(read(mayKeepDirectory, listProposedAliases)),
  confirmAlias: os.confirmAlias.handler(write(mayKeepDirectory, confirmAlias)),
  declineAlias: os.declineAlias.handler(write(mayKeepDirectory, declineAlias)),
};
