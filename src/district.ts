import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureFirstAdministrator, sweepAccounts } from '#modules/accounts/first-start/actions.ts';
import { importNoticeRoster } from '#modules/organisation/roster-import/actions.ts';
import type { Database } from '#platform/database/database.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { sweepFiles } from '#platform/files/upkeep.ts';
import { sweepAnsweredRequests } from '#platform/http/endpoint.ts';
import { seedDemo } from './demo.ts';

interface Preparation {
  readonly demo: boolean;
  readonly root: string;
  readonly log: (message: string) => void;
}

/** The notice's appendices as tables, in the order of their names. */
const noticeFiles = async (root: string) => {
  const folder = join(root, 'data/fengnan-2024');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tsv')).sort();
  return Promise.all(names.map(async (name) => ({ name, content: await readFile(join(folder, name)) })));
};

/**
 * Brings a new database to a working district: the notice's roster and the first administrator, or the
 * demonstration district. Does nothing on a database that has been prepared. Returns what to say at the end.
 */
export const prepareDistrict = async (
  db: Database,
  { demo, root, log }: Preparation,
): Promise<readonly string[]> => {
  if (demo) {
    await seedDemo(db, { now: new Date(), log });
    return [];
  }
  const roster = await importNoticeRoster(db, await noticeFiles(root), new Date());
  if (roster !== null)
    log(
      `已导入通知附件的名册：${roster.counts.schools} 所学校，${roster.counts.people} 人；拿不准的没有写入，请管理员在“名册导入”页决定。`,
    );
  const first = await ensureFirstAdministrator(db);
  return first === null
    ? []
    : [`系统管理员：${first.loginName}　一次性密码：${first.oneTimePassword}（只显示这一次，登录后须修改）`];
};

/** A phone that was away for a whole month still gets the answer it missed. */
const keptAnswersMs = 31 * 86_400_000;

/** Hourly upkeep; returns how to end it. */
export const startUpkeep = (db: Database, files: FileStore): (() => Promise<void>) => {
  const sweep = (): void => {
    sweepAccounts(db).catch((error: unknown) => console.error('sweep of accounts failed:', error));
    sweepAnsweredRequests(db, new Date(Date.now() - keptAnswersMs)).catch((error: unknown) =>
      console.error('sweep of answered requests failed:', error),
    );
    sweepFiles(db, files, new Date()).catch((error: unknown) =>
      console.error('sweep of files failed:', error),
    );
  };
  sweep();
  const timer = setInterval(sweep, 3_600_000);
  return async () => clearInterval(timer);
};
