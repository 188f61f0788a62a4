import type { Actor } from '#modules/organisation/contract.ts';
import { mayAgree } from '../policy.ts';

type Standing = Parameters<typeof mayAgree>[1];

/** The next look is planned by the two who agreed. */
export const mayPlanFollowUp = (actor: Actor, agreed: Standing): boolean => mayAgree(actor, agreed);

/** It is the observer who looks again, or says why not. */
export const mayCloseFollowUp = (actor: Actor, agreed: Standing): boolean =>
  mayAgree(actor, agreed) && agreed.observerId === actor.personId;
