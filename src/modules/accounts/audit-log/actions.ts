import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { getSecurityRules } from '../security/store.ts';
import type { AuditFilter, AuditRow } from './contract.ts';
import { listAuditRows } from './store.ts';

export const listAuditEntries = async (
  { db, now, today }: ActionContext<Actor>,
  input: AuditFilter & { cursor: string | null; limit: number },
): Promise<{ rows: AuditRow[]; nextCursor: string | null; asOf: string; keptMonths: number }> => {
  const { auditMonths: keptMonths } = await getSecurityRules(db, today);
  return { ...(await listAuditRows(db, input)), asOf: now.toISOString(), keptMonths };
};
