import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { officerReach, writingReach } from '../item/policy.ts';
import type { toDoContract } from './contract.ts';
import { countToDo } from './store.ts';

const nothing = { reviews: 0, updates: 0, answers: 0, suggestions: 0, approved: 0 };

export const getLibraryToDo = async ({
  db,
  actor,
}: ActionContext<Actor>): Promise<InferContractRouterOutputs<typeof toDoContract>['getLibraryToDo']> =>
  actor.personId === null
    ? nothing
    : countToDo(db, {
        personId: actor.personId,
        writing: writingReach(actor),
        officer: officerReach(actor),
      });
