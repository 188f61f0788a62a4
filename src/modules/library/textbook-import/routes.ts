import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import type { FileRoute, UploadRoute } from '#platform/http/file-route.ts';
import { mayKeepSomeCurriculum } from '../policy.ts';
import {
  applyTextbooks,
  bringTextbooks,
  decideTextbooks,
  downloadTextbooks,
  dropTextbooks,
  getTextbookImport,
  listTextbookImports,
  listTextbookRows,
} from './actions.ts';
import { textbookImportContract } from './contract.ts';
import { largestTextbookFile } from './vocabulary/contract.ts';

const os = implement(textbookImportContract).$context<RequestContext<Actor>>();

export const textbookImportRoutes = {
  listTextbookImports: os.listTextbookImports.handler(read(mayKeepSomeCurriculum, listTextbookImports)),
  getTextbookImport: os.getTextbookImport.handler(read(mayKeepSomeCurriculum, getTextbookImport)),
  listTextbookRows: os.listTextbookRows.handler(read(mayKeepSomeCurriculum, listTextbookRows)),
  decideTextbooks: os.decideTextbooks.handler(write(mayKeepSomeCurriculum, decideTextbooks)),
  applyTextbooks: os.applyTextbooks.handler(write(mayKeepSomeCurriculum, applyTextbooks)),
  dropTextbooks: os.dropTextbooks.handler(write(mayKeepSomeCurriculum, dropTextbooks)),
};

export const textbookUploadRoutes: readonly UploadRoute<Actor>[] = [
  {
    path: '/files/library/textbooks',
    permission: mayKeepSomeCurriculum,
    largest: largestTextbookFile,
    action: bringTextbooks,
  },
];

export const textbookFileRoutes: readonly FileRoute<Actor>[] = [
  { path: '/files/library/textbooks.xlsx', permission: 'signed-in', action: downloadTextbooks },
];
