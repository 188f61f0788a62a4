import type { Actor } from '#modules/organisation/contract.ts';
import { maskPhone } from '#modules/organisation/people/rules.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { hashPassword, randomSecretCost } from '#platform/password-hash.ts';
import { conflict, forbidden, notFound } from '#platform/refusal.ts';
import { newOneTimePassword } from '#platform/secret-token.ts';
import { updateOneTimePassword } from '../password/store.ts';
import { mayManageAccount } from '../policy.ts';
import { getSecurityRules, holdsLastOfDuty, lockDuties } from '../security/store.ts';
import { endSessions } from '../session/store.ts';
import { normaliseOneTimePassword } from '../sign-in/rules.ts';
import { removeAttempts } from '../sign-in/store.ts';
import type { AccountRow, RosterFilter, Slip } from './contract.ts';
import { accountStateOf, freeLoginName, signInNameOf } from './rules.ts';
import {
  type AccountFilter,
  countPeopleWithoutAccount,
  countRosterBySchool,
  countVersion,
  findManagedAccount,
  insertAccount,
  listAccountRows,
  listLoginNames,
  listPeopleWithoutAccount,
  listSharedIdentifiers,
  type ManagedAccount,
  markDisabled,
} from './store.ts';

type Context = ActionContext<Actor>;

export const listAccounts = async (
  { db, now, today }: Context,
  input: AccountFilter & { cursor: string | null; limit: number },
): Promise<{ rows: AccountRow[]; nextCursor: string | null; asOf: string }> => {
  const { rows, nextCursor } = await listAccountRows(db, input, now, today);
  return {
    rows: rows.map(({ phone, disabledAt, ...row }) => ({
      ...row,
      phone: phone === null ? null : maskPhone(phone),
      state: accountStateOf({ ...row, disabledAt }, now),
    })),
    nextCursor,
    asOf: now.toISOString(),
  };
};

export const countRosterAccounts = async ({ db, now, today }: Context) => ({
  rows: await countRosterBySchool(db, today),
  asOf: now.toISOString(),
});

export const listRosterWithoutAccount = async (
  { db, today }: Context,
  { limit, ...filter }: RosterFilter & { limit: number },
) => {
  const rows = await listPeopleWithoutAccount(db, filter, today, limit);
  return {
    rows: rows.map(({ personId, name, schoolName }) => ({ personId, name, schoolName })),
    total: await countPeopleWithoutAccount(db, filter, today),
  };
};

const oneTimePassword = async ({ db, now, today }: Context) => {
  const { oneTimeDays } = await getSecurityRules(db, today);
  const expiresAt = new Date(now.getTime() + oneTimeDays * 86_400_000);
  return async () => {
    const clear = newOneTimePassword();
    return {
      clear,
      expiresAt,
      hash: await hashPassword(normaliseOneTimePassword(clear), randomSecretCost),
    };
  };
};

/** Accounts for people of the roster who have none; the slips' passwords are shown this once. */
export const createAccounts = async (
  context: Context,
  { limit, ...filter }: RosterFilter & { limit: number },
): Promise<{ slips: Slip[]; remaining: number }> => {
  const { db, origin, today } = context;
  const people = await listPeopleWithoutAccount(db, filter, today, limit);
  const loginNames = await listLoginNames(db);
  const shared = await listSharedIdentifiers(
    db,
    people.flatMap(({ phone }) => (phone === null ? [] : [phone])),
    today,
  );
  const next = await oneTimePassword(context);
  const slips: Slip[] = [];
  for (const person of people) {
    const phone = person.phone !== null && !shared.has(person.phone) ? person.phone : null;
    const known = signInNameOf({ staffNumber: person.staffNumber, phone, loginName: null });
    const loginName = known === null ? freeLoginName(person.namePinyin, loginNames) : null;
    const password = await next();
    const accountId = await insertAccount(db, {
      personId: person.personId,
      loginName,
      displayName: person.name,
      passwordHash: password.hash,
      oneTimeExpiresAt: password.expiresAt,
    });
    if (accountId === undefined) continue;
    if (loginName !== null) loginNames.add(loginName);
    await recordAudit(db, origin, {
      action: 'accounts.account-created',
      objectKind: 'account',
      objectId: accountId,
      after: { personId: person.personId, name: person.name, loginName },
    });
    slips.push({
      accountId,
      name: person.name,
      schoolName: person.schoolName,
      signInBy: known?.by ?? 'login-name',
      signInAs: known?.as ?? loginName ?? '',
      oneTimePassword: password.clear,
      expiresAt: password.expiresAt.toISOString(),
    });
  }
  return { slips, remaining: await countPeopleWithoutAccount(db, filter, today) };
};

export const createSeparateAccount = async (
  context: Context,
  input: { loginName: string; displayName: string },
): Promise<{ slips: Slip[] }> => {
  const { db, origin } = context;
  if ((await listLoginNames(db)).has(input.loginName)) throw conflict('这个登录名已有人使用，请换一个。');
  const password = await (await oneTimePassword(context))();
  const accountId = await insertAccount(db, {
    personId: null,
    loginName: input.loginName,
    displayName: input.displayName,
    passwordHash: password.hash,
    oneTimeExpiresAt: password.expiresAt,
  });
  if (accountId === undefined) throw conflict('这个登录名已有人使用，请换一个。');
  await recordAudit(db, origin, {
    action: 'accounts.account-created',
    objectKind: 'account',
    objectId: accountId,
    after: input,
  });
  const slip: Slip = {
    accountId,
    name: input.displayName,
    schoolName: null,
    signInBy: 'login-name',
    signInAs: input.loginName,
    oneTimePassword: password.clear,
    expiresAt: password.expiresAt.toISOString(),
  };
  return { slips: [slip] };
};

interface VersionedInput {
  readonly accountId: string;
  readonly version: number;
}

/** The account, if the actor may do something with it and it is still as the actor saw it. */
const managedAccount = async (
  { db, actor, today }: Context,
  { accountId, version }: VersionedInput,
): Promise<ManagedAccount> => {
  const account = await findManagedAccount(db, accountId, today);
  if (account === undefined) throw notFound();
  if (account.id === actor.accountId)
    throw forbidden('不能这样处理自己的账号。修改自己的密码请到“我的账号”。');
  if (!mayManageAccount(actor, account))
    throw forbidden(
      account.duties.length === 0 ? '教师账号由系统管理员处理。' : '这是管理员的账号，由安全管理员处理。',
    );
  if (account.version !== version)
    throw conflict('这个账号刚刚被别人改过，请刷新后再处理。', { version: account.version });
  return account;
};

/** A new one-time password, shown this once; whoever was signed in is signed out. */
export const resetPassword = async (context: Context, input: VersionedInput): Promise<{ slips: Slip[] }> => {
  const { db, origin, now } = context;
  const account = await managedAccount(context, input);
  const signInName = signInNameOf(account);
  const password = await (await oneTimePassword(context))();
  await updateOneTimePassword(db, account.id, password.hash, password.expiresAt);
  await countVersion(db, account.id);
  await removeAttempts(db, { kind: 'account', key: account.id });
  const endedSessions = await endSessions(db, account.id, now);
  await recordAudit(db, origin, {
    action: 'accounts.password-reset',
    objectKind: 'account',
    objectId: account.id,
    after: { name: account.displayName, endedSessions },
  });
  const slip: Slip = {
    accountId: account.id,
    name: account.displayName,
    schoolName: account.schoolName,
    signInBy: signInName?.by ?? 'login-name',
    signInAs: signInName?.as ?? account.displayName,
    oneTimePassword: password.clear,
    expiresAt: password.expiresAt.toISOString(),
  };
  return { slips: [slip] };
};

export const disableAccount = async (
  context: Context,
  input: VersionedInput & { reason: string },
): Promise<Record<string, never>> => {
  const { db, origin, now, today } = context;
  await lockDuties(db);
  const account = await managedAccount(context, input);
  if (account.disabledAt !== null) throw conflict('这个账号已经停用。');
  const last = await holdsLastOfDuty(db, account, today);
  if (last !== null) throw conflict('这是最后一名这样的管理员，请先任命另一人，再停用。');
  await markDisabled(db, account.id, { at: now, reason: input.reason });
  const endedSessions = await endSessions(db, account.id, now);
  await recordAudit(db, origin, {
    action: 'accounts.account-disabled',
    objectKind: 'account',
    objectId: account.id,
    after: { name: account.displayName, reason: input.reason, endedSessions },
  });
  return {};
};

export const enableAccount = async (
  context: Context,
  input: VersionedInput,
): Promise<Record<string, never>> => {
  const { db, origin } = context;
  const account = await managedAccount(context, input);
  if (account.disabledAt === null) throw conflict('这个账号没有停用。');
  await markDisabled(db, account.id, null);
  await recordAudit(db, origin, {
    action: 'accounts.account-enabled',
    objectKind: 'account',
    objectId: account.id,
    after: { name: account.displayName },
  });
  return {};
};
