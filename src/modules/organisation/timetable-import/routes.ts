import { implement } from '@orpc/server';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import type { UploadRoute } from '#platform/http/file-route.ts';
import { mayKeepSomeTeaching } from '../policy.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  applyTimetable,
  bringTimetable,
  decideTimetable,
  dropTimetable,
  getTimetableImport,
  listTimetableImports,
  listTimetableRows,
} from './actions.ts';
import { timetableImportContract } from './contract.ts';
import { largestTimetableFile } from './vocabulary/contract.ts';

const os = implement(timetableImportContract).$context<RequestContext<Actor>>();

export const timetableImportRoutes = {
  listTimetableImports: os.listTimetableImports.handler(read(mayKeepSomeTeaching, listTimetableImports)),
  getTimetableImport: os.getTimetableImport.handler(read(mayKeepSomeTeaching, getTimetableImport)),
  listTimetableRows: os.listTimetableRows.handler(read(mayKeepSomeTeaching, listTimetableRows)),
  decideTimetable: os.decideTimetable.handler(write(mayKeepSomeTeaching, decideTimetable)),
  applyTimetable: os.applyTimetable.handler(write(mayKeepSomeTeaching, applyTimetable)),
  dropTimetable: os.dropTimetable.handler(write(mayKeepSomeTeaching, dropTimetable)),
};

export const timetableUploadRoutes: readonly UploadRoute<Actor>[] = [
  {
    path: '/files/organisation/timetable',
    permission: mayKeepSomeTeaching,
    largest: largestTimetableFile,
    action: bringTimetable,
  },
];
