import type { Actor } from '#modules/organisation/contract.ts';
import { hasDuty } from '#modules/organisation/rules.ts';

export const mayBringIn = (actor: Actor): boolean => hasDuty(actor, 'system');
