import { migrate } from '#platform/database/migrate.ts';

const url = process.env['DATABASE_URL'];
if (url === undefined) throw new Error('请先设置 DATABASE_URL。');
const { applied } = await migrate(url, 'migrations');
console.log(applied.length === 0 ? '数据库已是最新。' : `已升级：${applied.join('，')}`);
