import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applicationRole, type OpenDatabase, openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { type Cluster, startCluster } from '#platform/embedded-postgres/cluster.ts';
import { ensureDatabase } from '#platform/embedded-postgres/database.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { findConverter } from '#platform/preview/converter.ts';
import { startPreviews } from '#platform/preview/preview-jobs.ts';
import { readSettings, type Settings } from '#platform/settings.ts';
import { ensureWebBuilt } from '#platform/web-build.ts';
import { createApp } from './app.ts';
import { prepareDistrict, startUpkeep } from './district.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const databaseName = 'yanxun';

const log = (message: string): void => console.log(message);

/** What has been started so far, in the order in which it must be stopped. */
const running: (() => Promise<void>)[] = [];

const stop = async (): Promise<void> => {
  for (const end of running.splice(0)) await end();
};

const openStorage = async (settings: Settings): Promise<string> => {
  if (settings.databaseUrl !== null) return settings.databaseUrl;
  const cluster: Cluster = await startCluster({
    dataDirectory: join(settings.dataDirectory, 'postgres'),
    log,
  });
  running.unshift(cluster.stop);
  await ensureDatabase(cluster, databaseName);
  return cluster.url(databaseName);
};

const start = async (settings: Settings): Promise<void> => {
  const [ownerUrl, webDirectory] = await Promise.all([openStorage(settings), ensureWebBuilt(root, log)]);
  await migrate(ownerUrl, join(root, 'migrations'));
  const database: OpenDatabase = openDatabase(ownerUrl, { role: applicationRole });
  running.unshift(database.close);
  const welcome = await prepareDistrict(database.db, { demo: settings.demo, root, log });
  const files = openFileStore(join(settings.dataDirectory, 'files'));
  const app = await createApp({ db: database.db, settings, files, webDirectory });
  running.unshift(() => app.close());
  const address = await app.listen({ host: settings.host, port: settings.port });
  running.unshift(startUpkeep(database.db, files));
  running.unshift(
    await startPreviews({
      db: database.db,
      files,
      folder: join(settings.dataDirectory, 'preview'),
      converter: findConverter(settings.converter),
    }),
  );
  log(`研训已启动：${settings.publicUrl ?? address}`);
  for (const line of welcome) log(line);
};

const endWith = (code: number): void => {
  stop().then(
    () => process.exit(code),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
};

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `研训需要自带的 Node 24，现在是 ${process.versions.node}。请用 npm start 启动；若仍如此，请重新执行 npm ci。`,
  );
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => endWith(0));
try {
  await start(readSettings(process.env, { demo: process.argv.includes('--demo') }));
} catch (error) {
  console.error(error instanceof Error && error.cause === undefined ? error.message : error);
  endWith(1);
}
