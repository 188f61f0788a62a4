import type { Queryable } from '#platform/database/database.ts';
import type { OwnWords } from './rules.ts';

export interface PasswordOwner extends OwnWords {
  readonly passwordHash: string | null;
  readonly oneTimeExpiresAt: string | null;
}

export const getPasswordOwner = (db: Queryable, accountId: string): Promise<PasswordOwner> =>
  db
    .selectFrom('accounts.account as account')
    .leftJoin('organisation.person as person', 'person.id', 'account.personId')
    .where('account.id', '=', accountId)
    .select([
      'account.displayName as name',
      'person.namePinyin',
      'person.staffNumber',
      'person.phone',
      'account.loginName',
      'account.passwordHash',
      'account.oneTimeExpiresAt',
    ])
    .executeTakeFirstOrThrow();

/** A password its owner chose. */
export const updatePassword = async (
  db: Queryable,
  accountId: string,
  passwordHash: string,
  now: Date,
): Promise<void> => {
  await db
    .updateTable('accounts.account')
    .set({
      passwordHash,
      mustChangePassword: false,
      oneTimeExpiresAt: null,
      passwordChangedAt: now.toISOString(),
    })
    .where('id', '=', accountId)
    .execute();
};

/** A password that was printed or said, and must be changed at the first sign-in. */
export const updateOneTimePassword = async (
  db: Queryable,
  accountId: string,
  passwordHash: string,
  expiresAt: Date,
): Promise<void> => {
  await db
    .updateTable('accounts.account')
    .set({ passwordHash, mustChangePassword: true, oneTimeExpiresAt: expiresAt.toISOString() })
    .where('id', '=', accountId)
    .execute();
};
