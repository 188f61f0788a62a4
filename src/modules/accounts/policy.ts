import type { Actor, Duty } from '#modules/organisation/contract.ts';
import { hasDuty } from '#modules/organisation/rules.ts';
import { mayManage } from './administration/rules.ts';

/** The account that somebody wants to do something with. */
export interface TargetAccount {
  readonly id: string;
  readonly duties: readonly Duty[];
}

/** Accounts follow the roster: the system administrator's work. */
export const mayCreateAccounts = (actor: Actor): boolean => hasDuty(actor, 'system');

/** Both see the list: one to look after accounts, the other to look after what is done with them. */
export const mayListAccounts = (actor: Actor): boolean =>
  hasDuty(actor, 'system') || hasDuty(actor, 'security');

/** Whether there is any account the actor could reset or disable; which, says `mayManageAccount`. */
export const mayManageAccounts = (actor: Actor): boolean => mayListAccounts(actor);

/** Which accounts, says the rule that the pages use too. */
export const mayManageAccount = (actor: Actor, target: TargetAccount): boolean => mayManage(actor, target);

export const mayUnlockAccounts = (actor: Actor): boolean => hasDuty(actor, 'security');

export const maySeeSessionsOfOthers = (actor: Actor): boolean => hasDuty(actor, 'security');

export const mayChangeSecurityRules = (actor: Actor): boolean => hasDuty(actor, 'security');

/** Every administrator reads the rules he or she works under. */
export const mayReadSecurityRules = (actor: Actor): boolean => actor.duties.length > 0;

export const mayGrantDuties = (actor: Actor): boolean => hasDuty(actor, 'security');

/** One duty an account, and nobody gives one to oneself. */
export const mayGrantDuty = (actor: Actor, target: TargetAccount): boolean =>
  mayGrantDuties(actor) && target.id !== actor.accountId && target.duties.length === 0;

export const mayReadAuditLog = (actor: Actor): boolean => hasDuty(actor, 'audit');
