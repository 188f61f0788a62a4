import { type Actor, type Duty, dutyLabels } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { writeSetting } from '#platform/district-setting.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, notFound } from '#platform/refusal.ts';
import { findManagedAccount } from '../administration/store.ts';
import { mayGrantDuty } from '../policy.ts';
import { endSessions, listLiveSessions, type SessionRow } from '../session/store.ts';
import { removeAttempts } from '../sign-in/store.ts';
import type { SecurityRules } from './contract.ts';
import { dutiesGivenAway } from './rules.ts';
import {
  type DutyHolder,
  findSecurityRulesMark,
  getSecurityRules,
  holdsLastOfDuty,
  insertDuty,
  listDutyHolders,
  lockDuties,
  markDutyEnded,
  securityRulesKey,
} from './store.ts';

type Context = ActionContext<Actor>;
type Done = Record<string, never>;

export const readSecurityRules = async ({
  db,
  today,
}: Context): Promise<{ rules: SecurityRules; fromOn: string | null; version: string }> => {
  const mark = await findSecurityRulesMark(db, today);
  return {
    rules: await getSecurityRules(db, today),
    fromOn: mark?.fromOn ?? null,
    version: mark?.setAt ?? 'default',
  };
};

/** In force from today; open sessions keep the limits they began with. */
export const changeSecurityRules = async (
  context: Context,
  input: { rules: SecurityRules; version: string },
): Promise<Done> => {
  const { db, actor, origin, today } = context;
  await lockDuties(db);
  const before = await readSecurityRules(context);
  if (before.version !== input.version)
    throw conflict('安全规则刚刚被别人改过，请核对后再保存。', { newer: before });
  await writeSetting(db, {
    key: securityRulesKey,
    value: input.rules,
    fromOn: today,
    clause: 'GB/T 22239-2019 第二级 身份鉴别、访问控制、安全审计',
    setBy: actor.accountId,
  });
  await recordAudit(db, origin, {
    action: 'accounts.security-rules-changed',
    objectKind: 'setting',
    objectId: securityRulesKey,
    before: before.rules,
    after: input.rules,
  });
  return {};
};

const accountOf = async ({ db, today }: Context, accountId: string) => {
  const account = await findManagedAccount(db, accountId, today);
  if (account === undefined) throw notFound();
  return account;
};

export const unlockAccount = async (context: Context, input: { accountId: string }): Promise<Done> => {
  const { db, origin } = context;
  const account = await accountOf(context, input.accountId);
  const removed = await removeAttempts(db, { kind: 'account', key: account.id });
  if (!removed) throw conflict('这个账号没有被暂停登录。');
  await recordAudit(db, origin, {
    action: 'accounts.account-unlocked',
    objectKind: 'account',
    objectId: account.id,
    after: { name: account.displayName },
  });
  return {};
};

export const listSessionsOf = async (
  { db, now }: Context,
  input: { accountId: string },
): Promise<{ rows: SessionRow[] }> => ({ rows: await listLiveSessions(db, input.accountId, now) });

/** One session of somebody, or all of them. */
export const endSessionsOf = async (
  context: Context,
  input: { accountId: string; sessionId: string | null },
): Promise<{ ended: number }> => {
  const { db, origin, now } = context;
  const account = await accountOf(context, input.accountId);
  const which = input.sessionId === null ? {} : { only: input.sessionId };
  const ended = await endSessions(db, account.id, now, which);
  if (ended === 0) throw notFound('没有正在使用的登录。');
  await recordAudit(db, origin, {
    action: 'accounts.sessions-ended-by-administrator',
    objectKind: 'account',
    objectId: account.id,
    after: { name: account.displayName, ended },
  });
  return { ended };
};

export const grantDuty = async (
  context: Context,
  input: { accountId: string; duty: Duty },
): Promise<{ ended: DutyHolder[] }> => {
  const { db, actor, origin, now, today } = context;
  await lockDuties(db);
  const account = await accountOf(context, input.accountId);
  if (account.id === actor.accountId) throw forbidden('不能给自己任命管理员职责，请由另一名安全管理员办理。');
  if (account.duties.includes(input.duty)) throw conflict(`此人已是${dutyLabels[input.duty]}。`);
  if (!mayGrantDuty(actor, account))
    throw conflict('一个账号只能担任一种管理员，请先免去原有的，或另选一人。');
  if (account.disabledAt !== null) throw conflict('这个账号已停用，请先启用。');
  const ended = dutiesGivenAway(await listDutyHolders(db, today), input.duty);
  for (const holder of ended) await markDutyEnded(db, holder, today);
  await insertDuty(db, { accountId: account.id, duty: input.duty }, today, actor.accountId);
  // The shorter idle time of administrators holds from the next sign-in, so that comes now.
  await endSessions(db, account.id, now);
  await recordAudit(db, origin, {
    action: 'accounts.duty-granted',
    objectKind: 'account',
    objectId: account.id,
    after: { name: account.displayName, duty: input.duty, ended },
  });
  return { ended };
};

export const endDuty = async (context: Context, input: { accountId: string; duty: Duty }): Promise<Done> => {
  const { db, origin, today } = context;
  await lockDuties(db);
  const account = await accountOf(context, input.accountId);
  if (!account.duties.includes(input.duty)) throw conflict(`此人不是${dutyLabels[input.duty]}。`);
  const last = await holdsLastOfDuty(db, { id: account.id, duties: [input.duty] }, today);
  if (last !== null) throw conflict(`至少要有一名${dutyLabels[input.duty]}，请先任命另一人。`);
  await markDutyEnded(db, { accountId: account.id, duty: input.duty }, today);
  await recordAudit(db, origin, {
    action: 'accounts.duty-ended',
    objectKind: 'account',
    objectId: account.id,
    before: { name: account.displayName, duty: input.duty },
  });
  return {};
};
