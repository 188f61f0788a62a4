import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayReadSchoolChecks } from '../school-scope/policy.ts';
import { homeworkTrend, listHomework, openHomework, saveHomework } from './actions.ts';
import { homeworkCheckContract } from './contract.ts';
import { mayOpenHomework } from './policy.ts';

const os = implement(homeworkCheckContract).$context<RequestContext<Actor>>();

export const homeworkCheckRoutes = {
  openHomework: os.openHomework.handler(read(mayOpenHomework, openHomework)),
  saveHomework: os.saveHomework.handler(write(mayOpenHomework, saveHomework)),
  listHomework: os.listHomework.handler(read(mayReadSchoolChecks, listHomework)),
  homeworkTrend: os.homeworkTrend.handler(read(mayReadSchoolChecks, homeworkTrend)),
};
