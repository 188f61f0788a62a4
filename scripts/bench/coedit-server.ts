/**
 * The demonstration with drafts that everybody signed in may write, for `bench coedit` and for looking at the editor:
 * the ids stand in YANXUN_DRAFTS, parted by commas. Everything else is as the application has it.
 */
import { join } from 'node:path';
import { insertDraftDocument } from '#modules/library/co-editing/store.ts';
import { applicationRole, openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { startCluster } from '#platform/embedded-postgres/cluster.ts';
import { ensureDatabase } from '#platform/embedded-postgres/database.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { readSettings } from '#platform/settings.ts';
import { ensureWebBuilt } from '#platform/web-build.ts';
import { createApp } from '../../src/app.ts';
import { prepareDistrict } from '../../src/district.ts';
import { sampleContent } from './coedit-content.ts';

const settings = readSettings(process.env, { demo: true });
const log = (message: string): void => console.log(message);
const cluster = await startCluster({ dataDirectory: join(settings.dataDirectory, 'postgres'), log });
await ensureDatabase(cluster, 'yanxun');
const url = cluster.url('yanxun');
// The bench opens no page.
const webDirectory =
  process.env['YANXUN_WITHOUT_WEB'] === '1' ? null : await ensureWebBuilt(process.cwd(), log);
await migrate(url, 'migrations');
const database = openDatabase(url, { role: applicationRole });
await prepareDistrict(database.db, { demo: true, root: process.cwd(), log });
const ids = new Set((process.env['YANXUN_DRAFTS'] ?? '').split(',').filter((id) => id !== ''));
for (const id of ids) await insertDraftDocument(database.db, id, sampleContent);
const app = await createApp({
  db: database.db,
  settings,
  files: openFileStore(join(settings.dataDirectory, 'files')),
  webDirectory,
  draftOf: async (_db, id, { duties }) =>
    ids.has(id)
      ? {
          title: '分数的初步认识（第 1 课时）',
          kind: 'lesson-design',
          subject: 'mathematics',
          stage: 'primary',
          volumeId: null,
          locked: [],
          ended: false,
          basedOn: null,
          access: duties.length > 0 ? 'read' : 'edit',
        }
      : null,
});
const address = await app.listen({ host: settings.host, port: settings.port });
process.once('SIGTERM', () => {
  app
    .close()
    .then(() => database.close())
    .then(() => cluster.stop())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
});
log(`研训已启动：${address}`);
