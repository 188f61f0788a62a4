import { join } from 'node:path';
import { applicationRole, type Database, openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { startCluster } from '#platform/embedded-postgres/cluster.ts';
import { ensureDatabase } from '#platform/embedded-postgres/database.ts';
import { DataDirectoryInUse } from '#platform/embedded-postgres/owner.ts';
import { urlsOfRunning } from '#platform/embedded-postgres/socket.ts';
import { readSettings } from '#platform/settings.ts';

interface Storage {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The database of the running application, or one started for this command alone. */
const openStorage = async (demo: boolean): Promise<Storage> => {
  const settings = readSettings(process.env, { demo });
  if (settings.databaseUrl !== null) return { url: settings.databaseUrl, stop: async () => {} };
  const dataDirectory = join(settings.dataDirectory, 'postgres');
  try {
    const cluster = await startCluster({ dataDirectory, log: (line) => console.error(line) });
    await ensureDatabase(cluster, 'yanxun');
    return { url: cluster.url('yanxun'), stop: cluster.stop };
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    return { url: urlsOfRunning(dataDirectory).url('yanxun'), stop: async () => {} };
  }
};

/** Does something on the district's database as the application would, and leaves everything as it ran before. */
export const withDistrictDatabase = async (
  options: { demo: boolean },
  work: (db: Database) => Promise<void>,
): Promise<void> => {
  const storage = await openStorage(options.demo);
  try {
    await migrate(storage.url, 'migrations');
    const database = openDatabase(storage.url, { role: applicationRole });
    try {
      await work(database.db);
    } finally {
      await database.close();
    }
  } finally {
    await storage.stop();
  }
};
