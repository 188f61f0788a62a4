import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { DB } from './tables.ts';

/** Rows that are edited as one and have no version column: those of a table where the columns hold these values. */
export interface RowSet {
  readonly table: keyof DB;
  readonly where: Readonly<Record<string, string | null>>;
}

/** Another one as soon as a row of the set is added, changed, ended or removed. */
export const versionOfRows = async (db: Queryable, { table, where }: RowSet): Promise<string> => {
  const conditions = Object.entries(where).map(
    ([column, value]) => sql`${sql.ref(`one.${column}`)} is not distinct from ${value}`,
  );
  const { rows } = await sql<{ version: string }>`
    select hashtextextended(coalesce(string_agg(one::text, e'\n' order by one::text), ''), 0)::text as version
    from ${sql.table(table)} as one
    where ${sql.join([sql`true`, ...conditions], sql` and `)}`.execute(db);
  return rows[0]?.version ?? '';
};

/**
 * Whether the set is still the one an edit was made from. Whoever asks the same until the transaction ends waits,
 * so that of two edits at the same moment the second is told.
 */
export const isStillVersion = async (db: Queryable, set: RowSet, version: string): Promise<boolean> => {
  const key = `${set.table} ${JSON.stringify(set.where)}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
  return (await versionOfRows(db, set)) === version;
};
