import { sql } from 'kysely';
import type { Duty } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting } from '#platform/district-setting.ts';
import { defaultSecurityRules, type SecurityRules } from './contract.ts';

export const securityRulesKey = 'accounts.security';

export const getSecurityRules = (db: Queryable, on: Day): Promise<SecurityRules> =>
  readSetting(db, securityRulesKey, on, defaultSecurityRules);

/** When the rules in force were set; `undefined` while the defaults stand. */
export const findSecurityRulesMark = (
  db: Queryable,
  on: Day,
): Promise<{ fromOn: string; setAt: string } | undefined> =>
  db
    .selectFrom('platform.setting')
    .select(['fromOn', 'setAt'])
    .where('key', '=', securityRulesKey)
    .where('fromOn', '<=', on)
    .orderBy('fromOn', 'desc')
    .limit(1)
    .executeTakeFirst();

/** One change of duties at a time, so that the last holder of one cannot go unnoticed. */
export const lockDuties = async (db: Queryable): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('accounts.duty'))`.execute(db);
};

export interface DutyHolder {
  readonly accountId: string;
  readonly duty: Duty;
}

/** Holders whose accounts can be used. */
export const listDutyHolders = (db: Queryable, on: Day): Promise<DutyHolder[]> =>
  db
    .selectFrom('accounts.duty as duty')
    .innerJoin('accounts.account as account', 'account.id', 'duty.accountId')
    .where('account.disabledAt', 'is', null)
    .where('duty.activeFrom', '<=', on)
    .where((is) => is.or([is('duty.activeTo', 'is', null), is('duty.activeTo', '>', on)]))
    .select(['duty.accountId', sql<Duty>`duty.duty`.as('duty')])
    .execute();

/** The duty, other than `audit`, that nobody else would hold any more without this account. */
export const holdsLastOfDuty = async (
  db: Queryable,
  account: { readonly id: string; readonly duties: readonly Duty[] },
  on: Day,
): Promise<Duty | null> => {
  const holders = await listDutyHolders(db, on);
  return (
    account.duties.find(
      (duty) =>
        duty !== 'audit' &&
        !holders.some((holder) => holder.duty === duty && holder.accountId !== account.id),
    ) ?? null
  );
};

export const insertDuty = async (
  db: Queryable,
  holder: DutyHolder,
  from: Day,
  grantedBy: string | null,
): Promise<void> => {
  await db
    .insertInto('accounts.duty')
    .values({ ...holder, activeFrom: from, activeTo: null, grantedBy })
    .onConflict((target) =>
      target.columns(['accountId', 'duty', 'activeFrom']).doUpdateSet({ activeTo: null, grantedBy }),
    )
    .execute();
};

/** From `on` the duty gives nothing any more. */
export const markDutyEnded = async (db: Queryable, holder: DutyHolder, on: Day): Promise<void> => {
  await db
    .updateTable('accounts.duty')
    .set({ activeTo: on })
    .where('accountId', '=', holder.accountId)
    .where('duty', '=', holder.duty)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', on)]))
    .execute();
};
