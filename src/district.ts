import { ensureFirstAdministrator, sweepAccounts } from '#modules/accounts/first-start/actions.ts';
import type { Database } from '#platform/database/database.ts';
import { seedDemo } from './demo.ts';

interface Preparation {
  readonly demo: boolean;
  readonly root: string;
  readonly log: (message: string) => void;
}

/**
 * Brings a new database to a working district: the notice's roster and the first administrator, or the
 * demonstration district. Does nothing on a database that has been prepared. Returns what to say at the end.
 */
export const prepareDistrict = async (
  db: Database,
  { demo, log }: Preparation,
): Promise<readonly string[]> => {
  if (demo) {
    await seedDemo(db, { now: new Date(), log });
    return [];
  }
  const first = await ensureFirstAdministrator(db);
  return first === null
    ? []
    : [`系统管理员：${first.loginName}　一次性密码：${first.oneTimePassword}（只显示这一次，登录后须修改）`];
};

/** Hourly upkeep; returns how to end it. */
export const startUpkeep = (db: Database): (() => Promise<void>) => {
  const sweep = (): void => {
    sweepAccounts(db).catch((error: unknown) => console.error('sweep of accounts failed:', error));
  };
  sweep();
  const timer = setInterval(sweep, 3_600_000);
  return async () => clearInterval(timer);
};
