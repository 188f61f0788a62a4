import { execFile } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { asServerUser, giveTo, pathForServer, type ServerUser } from './server-user.ts';
import { superuser } from './settings.ts';

const run = promisify(execFile);

/**
 * Makes a cluster at `dataDirectory` where there is none. It appears there whole and on disk, or not
 * at all: initdb works in a folder beside it. What an interrupted attempt left is removed.
 */
export async function initialiseOnce(
  dataDirectory: string,
  binaries: Binaries,
  user: ServerUser,
): Promise<void> {
  const drafts = `${basename(dataDirectory)}.initdb-`;
  const parent = dirname(dataDirectory);
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(drafts))) {
    rmSync(join(parent, name), { recursive: true });
  }
  if (existsSync(join(dataDirectory, 'PG_VERSION'))) return refuseOtherVersion(dataDirectory, binaries);
  if (existsSync(dataDirectory) && readdirSync(dataDirectory).length > 0) {
    throw new Error(`${dataDirectory} 不是空的，也不是数据库目录。请换一个目录，或先移走里面的文件。`);
  }
  const draft = mkdtempSync(join(parent, drafts));
  giveTo(user, draft);
  await run(
    binaries.initdb,
    [
      '-D',
      pathForServer(user, draft),
      `--username=${superuser}`,
      '--auth-local=peer',
      '--auth-host=reject',
      '--data-checksums',
      '--encoding=UTF8',
      // Sorting and case by code point from PostgreSQL itself, so that no update of the machine's
      // libc can silently break an index; LC_CTYPE is what pg_trgm and the text search parser ask
      // whether a Chinese character is a letter.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
      '--text-search-config=simple',
      '--no-instructions',
    ],
    { cwd: draft, ...asServerUser(user) },
  ).catch((error: unknown) => {
    rmSync(draft, { recursive: true, force: true });
    const details = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`无法在 ${dataDirectory} 建立数据库：${details}`, { cause: error });
  });
  renameSync(draft, dataDirectory);
  syncDirectory(parent);
}

function refuseOtherVersion(dataDirectory: string, binaries: Binaries): void {
  const found = Number.parseInt(readFileSync(join(dataDirectory, 'PG_VERSION'), 'utf8'), 10);
  if (found === binaries.major) return;
  throw new Error(
    `数据目录 ${dataDirectory} 是 PostgreSQL ${found} 的，这个研训带的是 ${binaries.major}。` +
      '请用原来版本的研训做一次备份，再恢复到新的目录。',
  );
}

function syncDirectory(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
