import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { isCommonPassword } from '#platform/common-passwords.ts';
import { chinaClock } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { hashPassword, verifyPassword } from '#platform/password-hash.ts';
import { invalid } from '#platform/refusal.ts';
import { newSecretToken, secretTokenHash } from '#platform/secret-token.ts';
import { hashCostOf } from '../security/rules.ts';
import { getSecurityRules } from '../security/store.ts';
import { endSessions, markSessionToken } from '../session/store.ts';
import { normaliseOneTimePassword } from '../sign-in/rules.ts';
import { countAttempt, removeAttempts } from '../sign-in/store.ts';
import { type PasswordRules, passwordProblems } from './rules.ts';
import { getPasswordOwner, type PasswordOwner, updatePassword } from './store.ts';

export const readPasswordRules = async ({ db, today }: ActionContext<Actor>): Promise<PasswordRules> => {
  const { minimumLength, kindsRequired, maximumAgeDays } = await getSecurityRules(db, today);
  return { minimumLength, kindsRequired, maximumAgeDays };
};

type ChangeOutcome = { outcome: 'changed' } | { outcome: 'refused'; message: string };

/**
 * A wrong current password is an answer, not a thrown refusal: the attempt it counts must stay counted.
 * Other sessions end, and this one goes on under a new token.
 */
export const changePassword = async (
  context: ActionContext<Actor>,
  input: { current: string | null; next: string },
): Promise<ChangeOutcome> => {
  const { db, actor, origin, now, today, sessionId, request } = context;
  const rules = await getSecurityRules(db, today);
  const owner = await getPasswordOwner(db, actor.accountId);
  const problems = passwordProblems(input.next, rules, owner, isCommonPassword);
  if (problems.length > 0) throw invalid(problems.join(''), { problems });
  const cost = hashCostOf(rules);
  if (!context.mustChangePassword) {
    const key = { kind: 'account', key: actor.accountId } as const;
    const limit = { failures: rules.failuresBeforeLock, minutes: rules.lockMinutes };
    const attempt = await countAttempt(db, key, limit, now);
    if (!attempt.admitted)
      return {
        outcome: 'refused',
        message: `密码输错的次数太多，请在 ${chinaClock(new Date(attempt.lockedUntil ?? now))} 以后再试。`,
      };
    if (!(await verifyPassword(input.current ?? '', owner.passwordHash, cost))) {
      await recordAudit(db, origin, {
        action: 'accounts.password-change-refused',
        objectKind: 'account',
        objectId: actor.accountId,
        after: { reason: 'wrong-password' },
        outcome: 'refused',
      });
      return { outcome: 'refused', message: '现在的密码不对，请重新填写。' };
    }
    await removeAttempts(db, key);
  }
  if (await isPresentPassword(input.next, owner)) throw invalid('新密码不能与现在的密码相同。');
  await updatePassword(db, actor.accountId, await hashPassword(input.next, cost), now);
  const endedSessions = await endSessions(db, actor.accountId, now, { except: sessionId });
  const token = newSecretToken();
  const { expiresAt } = await markSessionToken(db, sessionId, secretTokenHash(token));
  await recordAudit(db, origin, {
    action: 'accounts.password-changed',
    objectKind: 'account',
    objectId: actor.accountId,
    after: { endedSessions },
  });
  request.setSessionToken(token, new Date(expiresAt));
  return { outcome: 'changed' };
};

/** No cost to pay for a dummy here: the caller already knows the present password. */
const isPresentPassword = (password: string, owner: PasswordOwner): Promise<boolean> =>
  verifyPassword(
    owner.oneTimeExpiresAt === null ? password : normaliseOneTimePassword(password),
    owner.passwordHash,
    { memoryKib: 0, passes: 0 },
  );
