import type { Database } from '#platform/database/database.ts';
import { chinaDay } from '#platform/dates.ts';
import type { RequestFacts } from '#platform/http/endpoint.ts';
import { notFound } from '#platform/refusal.ts';
import { getSecurityRules } from '../security/store.ts';
import { openSession } from '../sign-in/actions.ts';
import { type DemoAccount, type DemoRole, demoRoles } from './contract.ts';
import { demoLoginName, demoRoleLabels } from './rules.ts';
import { findDemoAccount, listDemoAccountRows } from './store.ts';

interface OpenContext {
  readonly db: Database;
  readonly request: RequestFacts;
}

export const listDemoAccounts = async ({ db, request }: OpenContext): Promise<{ rows: DemoAccount[] }> => {
  const found = await listDemoAccountRows(db, chinaDay(request.now));
  return {
    rows: demoRoles.flatMap((role) => {
      const account = found.find(({ loginName }) => loginName === demoLoginName(role));
      return account === undefined
        ? []
        : [{ role, label: demoRoleLabels[role], name: account.name, place: account.place }];
    }),
  };
};

/** No password: the demonstration's database holds invented people only, and only there this endpoint exists. */
export const signInAsDemo = async (
  { db, request }: OpenContext,
  input: { role: DemoRole },
): Promise<{ mustChangePassword: boolean }> => {
  const today = chinaDay(request.now);
  const account = await findDemoAccount(db, input.role, today);
  if (account === undefined) throw notFound('演示数据里没有这个角色。');
  const rules = await getSecurityRules(db, today);
  const origin = {
    accountId: account.id,
    personId: account.personId,
    name: account.displayName,
    address: request.address,
  };
  await db
    .transaction()
    .execute((transaction) => openSession(transaction, { account, rules, request, origin }));
  return { mustChangePassword: false };
};
