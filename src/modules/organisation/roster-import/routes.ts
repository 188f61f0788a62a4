import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import type { UploadRoute } from '#platform/http/file-route.ts';
import { mayKeepDirectory } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  applyRoster,
  bringRoster,
  decideRoster,
  dropRoster,
  getRosterImport,
  listRosterImports,
  listRosterRows,
} from './actions.ts';
import { rosterImportContract } from './contract.ts';
import { largestRosterFile } from './vocabulary/contract.ts';

const os = implement(rosterImportContract).$context<RequestContext<Actor>>();

export const rosterImportRoutes = {
  listRosterImports: os.listRosterImports.handler(read(mayKeepDirectory, listRosterImports)),
  getRosterImport: os.getRosterImport.handler(read(mayKeepDirectory, getRosterImport)),
  listRosterRows: os.listRosterRows.handler(read(mayKeepDirectory, listRosterRows)),
  decideRoster: os.decideRoster.handler(write(mayKeepDirectory, decideRoster)),
  applyRoster: os.applyRoster.handler(write(mayKeepDirectory, applyRoster)),
  dropRoster: os.dropRoster.handler(write(mayKeepDirectory, dropRoster)),
};

export const rosterUploadRoutes: readonly UploadRoute<Actor>[] = [
  {
    path: '/files/organisation/roster',
    permission: mayKeepDirectory,
    largest: largestRosterFile,
    action: bringRoster,
  },
];
