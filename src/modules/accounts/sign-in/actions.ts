import { createHash } from 'node:crypto';
import { type Origin, recordAudit } from '#platform/audit/audit.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import { chinaClock, chinaDay } from '#platform/dates.ts';
import type { RequestFacts } from '#platform/http/endpoint.ts';
import { verifyPassword } from '#platform/password-hash.ts';
import { forbidden, invalid, Refusal } from '#platform/refusal.ts';
import { newSecretToken, secretTokenHash } from '#platform/secret-token.ts';
import type { SecurityRules } from '../security/contract.ts';
import { hashCostOf } from '../security/rules.ts';
import { getSecurityRules } from '../security/store.ts';
import { sessionLimits } from '../session/rules.ts';
import { insertSession } from '../session/store.ts';
import {
  identify,
  networkOf,
  normaliseIdentifier,
  normaliseOneTimePassword,
  passwordIsTooOld,
  sharedIdentifierText,
} from './rules.ts';
import {
  type AttemptKey,
  countAttempt,
  findSignInAccount,
  listIdentifierMatches,
  loadNetwork,
  markSignedIn,
  removeAttempts,
  type SignInAccount,
  unloadNetwork,
} from './store.ts';

interface OpenContext {
  readonly db: Database;
  readonly request: RequestFacts;
}

export const readSignInOptions = (options: { demo: boolean }) => async () => ({ demo: options.demo });

const wrongPassword = '登录名或密码不对。请核对后再试；忘记密码请联系学校或教研室的系统管理员重置。';

/**
 * Sign-in by staff number, phone, login name, or a name nobody shares. Whether a name exists is told neither by
 * the answer nor by its time: a name nobody has is counted, hashed and locked like any other.
 */
export const signIn = async (
  { db, request }: OpenContext,
  input: { identifier: string; password: string },
): Promise<{ mustChangePassword: boolean }> => {
  const { now } = request;
  const today = chinaDay(now);
  const rules = await getSecurityRules(db, today);
  const network = networkOf(request.address);
  const wait = await loadNetwork(db, network, rules.addressBurst, now);
  if (wait > 0)
    throw new Refusal('forbidden', `从这个网络地址登录失败的次数太多，请 ${wait} 秒后再试。`, {
      retryAfterSeconds: wait,
    });

  const identifier = normaliseIdentifier(input.identifier);
  const identified = identify(await listIdentifierMatches(db, identifier, today));
  if (identified.kind === 'shared') throw invalid(sharedIdentifierText[identified.by]);

  const account =
    identified.kind === 'account' ? await findSignInAccount(db, identified.accountId, today) : undefined;
  const key = attemptKey(account, identifier);
  await admitAttempt(db, key, { rules, request, account });

  const typed =
    account !== undefined && account.oneTimeExpiresAt !== null
      ? normaliseOneTimePassword(input.password)
      : input.password;
  const right = await verifyPassword(typed, account?.passwordHash ?? null, hashCostOf(rules));
  if (!right || account === undefined) {
    await recordAudit(db, signInOrigin(account, request), refused(account, 'wrong-password'));
    throw invalid(wrongPassword);
  }
  return enter(db, { account, key, rules, request, network });
};

const attemptKey = (account: SignInAccount | undefined, identifier: string): AttemptKey =>
  account === undefined
    ? { kind: 'unknown-name', key: createHash('sha256').update(identifier.toLowerCase()).digest('hex') }
    : { kind: 'account', key: account.id };

const signInOrigin = (account: SignInAccount | undefined, request: RequestFacts): Origin => ({
  accountId: account?.id ?? null,
  personId: account?.personId ?? null,
  name: account?.displayName ?? '（未登录）',
  address: request.address,
});

const refused = (account: SignInAccount | undefined, reason: string) =>
  ({
    action: 'accounts.sign-in-refused',
    objectKind: 'account',
    objectId: account?.id ?? null,
    after: { reason },
    outcome: 'refused',
  }) as const;

const admitAttempt = async (
  db: Queryable,
  key: AttemptKey,
  {
    rules,
    request,
    account,
  }: { rules: SecurityRules; request: RequestFacts; account: SignInAccount | undefined },
): Promise<void> => {
  const limit = { failures: rules.failuresBeforeLock, minutes: rules.lockMinutes };
  const attempt = await countAttempt(db, key, limit, request.now);
  if (attempt.admitted) return;
  await recordAudit(db, signInOrigin(account, request), refused(account, 'locked'));
  const until = attempt.lockedUntil ?? request.now.toISOString();
  throw new Refusal(
    'forbidden',
    `密码输错的次数太多，已暂停登录，请在 ${chinaClock(new Date(Date.parse(until) + 59_999))} 以后再试，或联系安全管理员解锁。`,
    { lockedUntil: until },
  );
};

/** What happens once the password was right. */
const enter = async (
  db: Database,
  {
    account,
    key,
    rules,
    request,
    network,
  }: {
    account: SignInAccount;
    key: AttemptKey;
    rules: SecurityRules;
    request: RequestFacts;
    network: string;
  },
): Promise<{ mustChangePassword: boolean }> => {
  const { now } = request;
  const origin = signInOrigin(account, request);
  if (account.disabledAt !== null) {
    await recordAudit(db, origin, refused(account, 'disabled'));
    throw forbidden('您的账号已停用，请联系系统管理员。');
  }
  if (account.oneTimeExpiresAt !== null && Date.parse(account.oneTimeExpiresAt) <= now.getTime()) {
    await recordAudit(db, origin, refused(account, 'one-time-password-expired'));
    throw forbidden('这个一次性密码已过期，请联系系统管理员重新发放。');
  }
  const mustChangePassword =
    account.mustChangePassword || passwordIsTooOld(account.passwordChangedAt, rules.maximumAgeDays, now);
  return db.transaction().execute(async (transaction) => {
    await removeAttempts(transaction, key);
    await unloadNetwork(transaction, network);
    await markSignedIn(transaction, account.id, { at: now, mustChangePassword });
    await openSession(transaction, { account, rules, request, origin });
    return { mustChangePassword };
  });
};

/** A session under a token of its own; the cookie is the only place where the token stands. */
export const openSession = async (
  db: Queryable,
  {
    account,
    rules,
    request,
    origin,
  }: {
    account: { readonly id: string; readonly holdsDuty: boolean };
    rules: SecurityRules;
    request: RequestFacts;
    origin: Origin;
  },
): Promise<void> => {
  const token = newSecretToken();
  const limits = sessionLimits(rules, account, request.now);
  const sessionId = await insertSession(db, {
    accountId: account.id,
    tokenHash: secretTokenHash(token),
    ...limits,
    address: request.address,
    device: request.device,
    now: request.now,
  });
  await recordAudit(db, origin, {
    action: 'accounts.signed-in',
    objectKind: 'session',
    objectId: sessionId,
  });
  request.setSessionToken(token, limits.expiresAt);
};
