import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';

export interface FirstAdministrator {
  readonly id: string;
  readonly loginName: string | null;
  readonly oneTimeExpiresAt: string | null;
}

/** Whether anybody was ever an administrator who has signed in, or is one by another's grant. */
export const hasSettledAdministrator = async (db: Queryable): Promise<boolean> => {
  const row = await db
    .selectFrom('accounts.duty as duty')
    .innerJoin('accounts.account as account', 'account.id', 'duty.accountId')
    .where((is) =>
      is.or([is('account.lastSignedInAt', 'is not', null), is('duty.grantedBy', 'is not', null)]),
    )
    .select(sql<number>`1`.as('one'))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

/** The administrator made at an earlier start who has never signed in. */
export const findUnusedAdministrator = (db: Queryable): Promise<FirstAdministrator | undefined> =>
  db
    .selectFrom('accounts.account as account')
    .innerJoin('accounts.duty as duty', 'duty.accountId', 'account.id')
    .where('duty.duty', '=', 'system')
    .where('duty.grantedBy', 'is', null)
    .select(['account.id', 'account.loginName', 'account.oneTimeExpiresAt'])
    .orderBy('account.id')
    .limit(1)
    .executeTakeFirst();

/** An account that holds an administrator's duty today, by its sign-in name. */
export const findAdministrator = (
  db: Queryable,
  loginName: string,
  on: Day,
): Promise<FirstAdministrator | undefined> =>
  db
    .selectFrom('accounts.account as account')
    .innerJoin('accounts.duty as duty', 'duty.accountId', 'account.id')
    .where('account.loginName', '=', loginName)
    .where('account.disabledAt', 'is', null)
    .where('duty.activeFrom', '<=', on)
    .where((is) => is.or([is('duty.activeTo', 'is', null), is('duty.activeTo', '>', on)]))
    .select(['account.id', 'account.loginName', 'account.oneTimeExpiresAt'])
    .limit(1)
    .executeTakeFirst();
