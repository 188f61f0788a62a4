import { recordAudit } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { chinaDay } from '#platform/dates.ts';
import { hashPassword, randomSecretCost } from '#platform/password-hash.ts';
import { newOneTimePassword } from '#platform/secret-token.ts';
import { insertAccount } from '../administration/store.ts';
import { updateOneTimePassword } from '../password/store.ts';
import { getSecurityRules, insertDuty, lockDuties } from '../security/store.ts';
import { endSessions, removeEndedSessions } from '../session/store.ts';
import { normaliseOneTimePassword } from '../sign-in/rules.ts';
import { removeAttempts, removeStaleCounters } from '../sign-in/store.ts';
import { findAdministrator, findUnusedAdministrator, hasSettledAdministrator } from './store.ts';

const origin = { accountId: null, personId: null, name: '系统首次启动', address: 'local' };
const firstLoginName = 'admin';

export interface FirstSignIn {
  readonly loginName: string;
  readonly oneTimePassword: string;
}

/**
 * Makes the first administrator, with a random password to be printed once; `null` when there is one. One who
 * let the password expire without ever signing in gets a new one, so that nobody is shut out of a new system.
 */
export const ensureFirstAdministrator = (db: Database, now: Date = new Date()): Promise<FirstSignIn | null> =>
  db.transaction().execute(async (transaction) => {
    await lockDuties(transaction);
    if (await hasSettledAdministrator(transaction)) return null;
    const unused = await findUnusedAdministrator(transaction);
    const expiry = unused?.oneTimeExpiresAt ?? null;
    if (unused !== undefined && expiry !== null && Date.parse(expiry) > now.getTime()) return null;

    const oneTimePassword = newOneTimePassword();
    const passwordHash = await hashPassword(normaliseOneTimePassword(oneTimePassword), randomSecretCost);
    const { oneTimeDays } = await getSecurityRules(transaction, chinaDay(now));
    const oneTimeExpiresAt = new Date(now.getTime() + oneTimeDays * 86_400_000);
    if (unused !== undefined) {
      await updateOneTimePassword(transaction, unused.id, passwordHash, oneTimeExpiresAt);
      await recordAudit(transaction, origin, {
        action: 'accounts.password-reset',
        objectKind: 'account',
        objectId: unused.id,
        after: { reason: 'first one-time password expired unused' },
      });
      return { loginName: unused.loginName ?? firstLoginName, oneTimePassword };
    }
    const accountId = await insertAccount(transaction, {
      personId: null,
      loginName: firstLoginName,
      displayName: '系统管理员',
      passwordHash,
      oneTimeExpiresAt,
    });
    if (accountId === undefined) return null;
    for (const duty of ['system', 'security'] as const)
      await insertDuty(transaction, { accountId, duty }, chinaDay(now), null);
    await recordAudit(transaction, origin, {
      action: 'accounts.account-created',
      objectKind: 'account',
      objectId: accountId,
      after: { loginName: firstLoginName, duties: ['system', 'security'] },
    });
    return { loginName: firstLoginName, oneTimePassword };
  });

/**
 * A new one-time password for an administrator who lost the old one, asked for on the server's own command line;
 * ends every session of the account. `null` when no administrator of that name is in office.
 */
export const recoverAdministrator = (
  db: Database,
  loginName: string,
  now: Date = new Date(),
): Promise<FirstSignIn | null> =>
  db.transaction().execute(async (transaction) => {
    const account = await findAdministrator(transaction, loginName, chinaDay(now));
    if (account === undefined) return null;
    const oneTimePassword = newOneTimePassword();
    const { oneTimeDays } = await getSecurityRules(transaction, chinaDay(now));
    await updateOneTimePassword(
      transaction,
      account.id,
      await hashPassword(normaliseOneTimePassword(oneTimePassword), randomSecretCost),
      new Date(now.getTime() + oneTimeDays * DAY_MS),
    );
    await removeAttempts(transaction, { kind: 'account', key: account.id });
    const endedSessions = await endSessions(transaction, account.id, now);
    await recordAudit(
      transaction,
      { ...origin, name: '服务器命令行' },
      {
        action: 'accounts.password-reset',
        objectKind: 'account',
        objectId: account.id,
        after: { loginName, endedSessions },
      },
    );
    return { loginName, oneTimePassword };
  });

const DAY_MS = 86_400_000;

/** Removes counters and sessions that serve nobody any more; safe to run at any time and twice at once. */
export const sweepAccounts = async (db: Database, now: Date = new Date()): Promise<void> => {
  await removeStaleCounters(db, new Date(now.getTime() - DAY_MS));
  await removeEndedSessions(db, new Date(now.getTime() - 30 * DAY_MS));
};
