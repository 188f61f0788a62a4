import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayCheckSomeSchool, mayReadSchoolChecks } from '../school-scope/policy.ts';
import {
  correctWritingCheck,
  getWritingCheck,
  listWritingChecks,
  recordWritingCheck,
  startWritingCheck,
  withdrawWritingCheck,
  writingTrend,
} from './actions.ts';
import { writingCheckContract } from './contract.ts';

const os = implement(writingCheckContract).$context<RequestContext<Actor>>();

export const writingCheckRoutes = {
  startWritingCheck: os.startWritingCheck.handler(read(mayCheckSomeSchool, startWritingCheck)),
  recordWritingCheck: os.recordWritingCheck.handler(write(mayCheckSomeSchool, recordWritingCheck)),
  correctWritingCheck: os.correctWritingCheck.handler(write(mayCheckSomeSchool, correctWritingCheck)),
  withdrawWritingCheck: os.withdrawWritingCheck.handler(write(mayCheckSomeSchool, withdrawWritingCheck)),
  getWritingCheck: os.getWritingCheck.handler(read(mayReadSchoolChecks, getWritingCheck)),
  listWritingChecks: os.listWritingChecks.handler(read(mayReadSchoolChecks, listWritingChecks)),
  writingTrend: os.writingTrend.handler(read(mayReadSchoolChecks, writingTrend)),
};
