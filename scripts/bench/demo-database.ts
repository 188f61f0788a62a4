import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import pg from 'pg';

/** URL of the database that a demonstration under `directory` runs on, as its owner. */
export const demoDatabaseUrl = async (directory: string): Promise<string> => {
  const [pidFile] = globSync('**/postmaster.pid', { cwd: directory });
  if (pidFile === undefined) throw new Error(`no database runs under ${directory}`);
  const path = resolve(directory, pidFile);
  // The file's fifth line; a relative one counts from the data directory.
  const socket = resolve(dirname(path), readFileSync(path, 'utf8').split('\n')[4] ?? '');
  const url = (database: string): string =>
    `postgresql:///${database}?host=${encodeURIComponent(socket)}&user=yanxun`;
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name from pg_database
       where not datistemplate and datname <> 'postgres' and datdba = 'yanxun'::regrole order by oid limit 1`,
    );
    const [found] = rows;
    if (found === undefined) throw new Error('the cluster holds no database of the program');
    return url(found.name);
  } finally {
    await client.end();
  }
};
