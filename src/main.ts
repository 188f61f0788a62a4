import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureFirstAdministrator, sweepAccounts } from '#modules/accounts/first-start/actions.ts';
import { applicationRole, openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { readSettings } from '#platform/settings.ts';
import { createApp } from './app.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const settings = readSettings(process.env, { demo: process.argv.includes('--demo') });
const { databaseUrl } = settings;
if (databaseUrl === null) throw new Error('请先设置 DATABASE_URL。');

await migrate(databaseUrl, fromRoot('migrations'));
const database = openDatabase(databaseUrl, { role: applicationRole });
const webDirectory = existsSync(fromRoot('dist/index.html')) ? fromRoot('dist') : null;
const app = await createApp({ db: database.db, settings, webDirectory });
const address = await app.listen({ host: settings.host, port: settings.port });
console.log(`研训已启动：${settings.publicUrl ?? address}`);
if (!settings.demo) {
  const first = await ensureFirstAdministrator(database.db);
  if (first !== null)
    console.log(
      `系统管理员：${first.loginName}　一次性密码：${first.oneTimePassword}（只显示这一次，登录后须修改）`,
    );
}
const sweep = (): void => {
  sweepAccounts(database.db).catch((error: unknown) => console.error('sweep of accounts failed:', error));
};
sweep();
setInterval(sweep, 3_600_000).unref();

const stop = async (): Promise<void> => {
  await app.close();
  await database.close();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stop().catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  });
