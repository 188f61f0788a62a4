import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayReadSchoolChecks } from '../school-scope/policy.ts';
import {
  addBudgetEntry,
  getBudget,
  listBudgetEntries,
  setPlannedBudget,
  withdrawBudgetEntry,
} from './actions.ts';
import { budgetContract } from './contract.ts';
import { mayKeepSomeBudget } from './policy.ts';

const os = implement(budgetContract).$context<RequestContext<Actor>>();

export const budgetRoutes = {
  getBudget: os.getBudget.handler(read(mayReadSchoolChecks, getBudget)),
  listBudgetEntries: os.listBudgetEntries.handler(read(mayKeepSomeBudget, listBudgetEntries)),
  setPlannedBudget: os.setPlannedBudget.handler(write(mayKeepSomeBudget, setPlannedBudget)),
  addBudgetEntry: os.addBudgetEntry.handler(write(mayKeepSomeBudget, addBudgetEntry)),
  withdrawBudgetEntry: os.withdrawBudgetEntry.handler(write(mayKeepSomeBudget, withdrawBudgetEntry)),
};
