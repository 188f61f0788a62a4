import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { mayWriteSomething } from '../item/policy.ts';
import {
  decideReview,
  dropRound,
  getRound,
  listReviewers,
  listReviews,
  publishRound,
  startRound,
  submitRound,
  takeBackRound,
} from './actions.ts';
import { roundContract } from './contract.ts';

const os = implement(roundContract).$context<RequestContext<Actor>>();

export const roundRoutes = {
  startRound: os.startRound.handler(write(mayWriteSomething, startRound)),
  getRound: os.getRound.handler(read(mayWriteSomething, getRound)),
  listReviewers: os.listReviewers.handler(read(mayWriteSomething, listReviewers)),
  submitRound: os.submitRound.handler(write(mayWriteSomething, submitRound)),
  takeBackRound: os.takeBackRound.handler(write(mayWriteSomething, takeBackRound)),
  dropRound: os.dropRound.handler(write(mayWriteSomething, dropRound)),
  decideReview: os.decideReview.handler(write(mayWriteSomething, decideReview)),
  publishRound: os.publishRound.handler(write(mayWriteSomething, publishRound)),
  listReviews: os.listReviews.handler(read(mayWriteSomething, listReviews)),
};
