import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import pg from 'pg';
import { applicationRole, type OpenDatabase, openDatabase } from './database/database.ts';

/** Owner's URL of the cluster that `npm test` runs; it holds the migrated database `yanxun_template`. */
const clusterUrl = (): URL => {
  const text = process.env['YANXUN_TEST_CLUSTER'];
  if (text === undefined)
    throw new Error('database tests need a cluster: run them with `npm test -- unit [file …]`');
  return new URL(text);
};

const databaseUrl = (name: string): string => {
  const url = clusterUrl();
  url.pathname = `/${name}`;
  return url.href;
};

export interface TestDatabase extends OpenDatabase {
  readonly ownerUrl: string;
}

/** A migrated database of the calling test file's own, worked on as the application's role, dropped afterwards. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnCluster(
    `create database ${name} template ${process.env['YANXUN_TEST_TEMPLATE'] ?? 'yanxun_template'}`,
  );
  const ownerUrl = databaseUrl(name);
  const open = openDatabase(ownerUrl, { role: applicationRole, connections: 5 });
  after(async () => {
    await open.close();
    // Not by force: that asks for a right over autovacuum's processes, which a plain drop ends by itself.
    await runOnCluster(`drop database ${name}`);
  });
  return { ...open, ownerUrl };
};

const runOnCluster = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl('postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
