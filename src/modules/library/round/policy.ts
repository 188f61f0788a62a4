import type { Actor } from '#modules/organisation/contract.ts';
import { mayPublishItem, mayWriteItem, type Owned } from '../item/policy.ts';
import type { RoundState } from '../vocabulary/contract.ts';
import { type RoundStep, stepsFrom } from './rules.ts';

interface Standing {
  readonly state: RoundState;
  readonly mainPreparer: string;
}

/** Whoever may write the item writes in its open round. */
export const mayWriteRound = (actor: Actor, item: Owned, { state }: Pick<Standing, 'state'>): boolean =>
  state === 'drafting' && mayWriteItem(actor, item);

/** The main preparer closes the writing; whoever publishes may do it in their place. */
const mayLead = (actor: Actor, item: Owned, { mainPreparer }: Standing): boolean =>
  mayPublishItem(actor, item) || (mainPreparer === actor.personId && mayWriteItem(actor, item));

export const mayTakeRoundStep = (actor: Actor, step: RoundStep, item: Owned, round: Standing): boolean =>
  stepsFrom[round.state].includes(step) &&
  (step === 'publish' ? mayPublishItem(actor, item) : step === 'decide' ? true : mayLead(actor, item, round));
