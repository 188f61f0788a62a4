import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { likeLiteral } from '#platform/database/like.ts';
import { addDays } from '#platform/dates.ts';
import type { AuditFilter, AuditRow } from './contract.ts';

const HOUR_MS = 3_600_000;

/**
 * The least UUIDv7 of an instant, so that a day long ago is found by the key the list is sorted by; an hour is
 * left for clocks of application and database that differ.
 */
const earliestId = (instant: string, margin: number): string => {
  const hex = Math.max(0, Date.parse(instant) + margin)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** Newest first. Days are days in China. */
export const listAuditRows = async (
  db: Queryable,
  filter: AuditFilter & { readonly cursor: string | null; readonly limit: number },
): Promise<{ rows: AuditRow[]; nextCursor: string | null }> => {
  let query = db
    .selectFrom('platform.auditEntry')
    .select([
      'id',
      'at',
      'actorName',
      'personId',
      'address',
      'action',
      'objectKind',
      'objectId',
      sql<AuditRow['outcome']>`outcome`.as('outcome'),
      sql`before`.as('before'),
      sql`after`.as('after'),
    ]);
  if (filter.actor !== '') query = query.where('actorName', 'like', `%${likeLiteral(filter.actor)}%`);
  if (filter.action.includes('.')) query = query.where('action', '=', filter.action);
  else if (filter.action !== '') query = query.where('action', 'like', `${filter.action}.%`);
  if (filter.objectKind !== '') query = query.where('objectKind', '=', filter.objectKind);
  if (filter.objectId !== '') query = query.where('objectId', '=', filter.objectId);
  if (filter.fromOn !== null) {
    const start = `${filter.fromOn}T00:00:00+08:00`;
    query = query.where('at', '>=', start).where('id', '>=', earliestId(start, -HOUR_MS));
  }
  if (filter.toOn !== null) {
    const end = `${addDays(filter.toOn, 1)}T00:00:00+08:00`;
    query = query.where('at', '<', end).where('id', '<', earliestId(end, HOUR_MS));
  }
  if (filter.outcome !== null) query = query.where('outcome', '=', filter.outcome);
  if (filter.cursor !== null) query = query.where('id', '<', filter.cursor);
  const found = await query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const rows = found.slice(0, filter.limit);
  return { rows, nextCursor: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null };
};
