/** `npm run administrator [-- NAME]`: a new one-time password for an administrator who lost the old one. */
import { recoverAdministrator } from '#modules/accounts/first-start/actions.ts';
import { withDistrictDatabase } from './storage.ts';

const loginName = process.argv[2] ?? 'admin';

await withDistrictDatabase({ demo: false }, async (db) => {
  const recovered = await recoverAdministrator(db, loginName);
  if (recovered === null) {
    console.error(`没有在任的管理员“${loginName}”。请核对登录名：npm run administrator -- 登录名`);
    process.exitCode = 1;
    return;
  }
  console.log(`登录名：${recovered.loginName}　一次性密码：${recovered.oneTimePassword}（登录后须修改）`);
});
