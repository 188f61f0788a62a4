import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './tables.ts';

export type Database = Kysely<DB>;
/** What actions and stores take: a pool or a transaction, they do not care which. */
export type Queryable = Database | Transaction<DB>;

/** The role the running application works as; it owns nothing and cannot change the audit log. */
export const applicationRole = 'yanxun_app';

const oids = { int8: 20, numeric: 1700, date: 1082, timestamp: 1114, timestamptz: 1184 } as const;

/** Days stay `YYYY-MM-DD`, instants become ISO strings, counts become numbers. */
const parsers = new Map<number, (text: string) => unknown>([
  [oids.int8, Number],
  [oids.numeric, Number],
  [oids.date, (text) => text],
  [oids.timestamp, (text) => text],
  [oids.timestamptz, (text) => new Date(text).toISOString()],
]);

const types = {
  getTypeParser: (oid: number): ((text: string) => unknown) =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, 'text'),
};

const raceCodes: ReadonlySet<string> = new Set([
  '23505', // unique_violation
  '23P01', // exclusion_violation
  '40001', // serialization_failure
  '40P01', // deadlock_detected
]);

/** Whether the database refused a change because another one came between the look and the write. */
export const isLostRace = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code !== undefined && raceCodes.has(error.code);

export interface OpenDatabase {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
}

export const openDatabase = (
  url: string,
  options: { role?: string; connections?: number } = {},
): OpenDatabase => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    types,
    application_name: 'yanxun',
    options: [
      '-c TimeZone=UTC',
      options.role === undefined ? '' : `-c role=${options.role}`,
      '-c statement_timeout=120000',
      '-c idle_in_transaction_session_timeout=120000',
    ].join(' '),
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', (error) => {
    // A connection may still be closing when the server that it belongs to is stopped.
    if (!pool.ending) console.error(`database connection lost: ${error.message}`);
  });
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { db, pool, close: () => db.destroy() };
};
