import pg from 'pg';
import { ownerRole, superuser } from './settings.ts';
import type { Urls } from './socket.ts';

const extensions = ['pg_trgm', 'btree_gist', 'citext'];

/**
 * Creates the database if it is missing, owned by the owner role, with the extensions its migrations
 * may count on. Can be repeated, also after it was interrupted, and called by several at once.
 */
export async function ensureDatabase(cluster: Urls, name: string): Promise<void> {
  await asSuperuser(cluster, 'postgres', async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return;
    const create = `create database ${pg.escapeIdentifier(name)} owner ${ownerRole} template template0`;
    await client.query(create).catch(ignoreExisting);
  });
  await asSuperuser(cluster, name, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select name from pg_available_extensions
        where installed_version is null and (name = any($1)
          or name = 'pg_stat_statements' and current_setting('shared_preload_libraries') ~ name)`,
      [extensions],
    );
    for (const missing of rows) {
      await client
        .query(`create extension if not exists ${pg.escapeIdentifier(missing.name)}`)
        .catch(ignoreExisting);
    }
  });
}

/** The role the application connects as: it owns databases and makes roles, but is no superuser. */
export async function ensureOwnerRole(cluster: Urls): Promise<void> {
  await asSuperuser(cluster, 'postgres', async (client) => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [ownerRole]);
    if (rowCount === 0) await client.query(`create role ${ownerRole} login createdb createrole`);
  });
}

async function asSuperuser(
  cluster: Urls,
  database: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.url(database, superuser) });
  // A broken connection rejects the query under way; without a listener it would also end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** What a concurrent creator of the same thing causes. */
function ignoreExisting(error: unknown): void {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  const existing = ['42P04', '42710', '23505'];
  if (code === undefined || !existing.includes(code)) throw error;
}
