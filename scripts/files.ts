/** `npm run files -- check [--demo]`: reads every stored file against its hash; ends with 1 where one is damaged. */
import { join } from 'node:path';
import { checkStoredFiles } from '#platform/files/check.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { readSettings } from '#platform/settings.ts';
import { withDistrictDatabase } from './storage.ts';

const demo = process.argv.includes('--demo');
if (process.argv[2] !== 'check') {
  console.error('用法：npm run files -- check');
  process.exit(2);
}
const store = openFileStore(join(readSettings(process.env, { demo }).dataDirectory, 'files'));
await withDistrictDatabase({ demo }, async (db) => {
  const { files, bytes, damaged } = await checkStoredFiles(db, store);
  for (const { sha256, kind, names } of damaged)
    console.log(`${kind === 'missing' ? '缺失' : '损坏'}　${sha256}　${names.join('、')}`);
  console.log(
    damaged.length === 0
      ? `已核对 ${files} 个文件，共 ${(bytes / 2 ** 20).toFixed(1)} MB，全部完好。`
      : `已核对 ${files} 个文件，有 ${damaged.length} 个损坏或缺失，已停止下载。从备份的 files 文件夹恢复后再核对一次，或重新上传原文件。`,
  );
  if (damaged.length > 0) process.exitCode = 1;
});
