import { chownSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The ordinary user the server runs as. PostgreSQL refuses to run as root, so for root it is
 * another one than the application's own (`switched`).
 */
export type ServerUser = { uid: number; gid: number; switched: boolean };

/**
 * For root: whoever owns the existing data directory, so that one made by an ordinary user stays
 * usable by that user; else `postgres` if this machine has it, else `nobody`.
 */
export function chooseServerUser(dataDirectory: string): ServerUser {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) throw new Error('this system has no user ids');
  const existing = statSync(dataDirectory, { throwIfNoEntry: false });
  if (uid !== 0) {
    if (existing !== undefined && existing.uid !== uid) {
      throw new Error(
        `数据目录 ${dataDirectory} 属于另一个系统用户（uid ${existing.uid}）。` +
          '请用当初启动研训的那个用户启动。',
      );
    }
    return { uid, gid, switched: false };
  }
  if (existing !== undefined && existing.uid !== 0) {
    return { uid: existing.uid, gid: existing.gid, switched: true };
  }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    const found = { uid: Number(account?.[2]), gid: Number(account?.[3]), switched: true };
    if (found.uid > 0 && found.gid > 0) return found;
  }
  throw new Error(
    'PostgreSQL 不能以 root 运行，而这台机器上没有 postgres 或 nobody 用户。' +
      '请先建一个普通用户，再用它启动研训。',
  );
}

/** The name under which peer authentication knows this application. */
export function applicationUserName(): string {
  try {
    return userInfo().username;
  } catch {
    throw new Error(
      `当前系统用户（uid ${process.getuid?.()}）在 /etc/passwd 里没有名字，数据库无法识别它。请换一个有名字的用户启动研训。`,
    );
  }
}

/** Whether the user may walk down to `path`: search permission on every directory above it. */
export function canReach(user: ServerUser, path: string): boolean {
  for (let above = dirname(path); ; above = dirname(above)) {
    const { uid, gid, mode } = statSync(above);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (above === dirname(above)) return true;
  }
}

/**
 * How the server names its data directory. Where the way there is closed to its user (a project below
 * root's own 0700 home) it is started inside the directory and calls it its working directory.
 */
export function pathForServer(user: ServerUser, dataDirectory: string): string {
  if (!user.switched || canReach(user, join(dataDirectory, 'PG_VERSION'))) return dataDirectory;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new Error(`运行数据库的系统用户进不了 ${dataDirectory}。请把研训放到所有用户都能进入的目录里。`);
}

/** Gives a tree to the server's user if it is not theirs yet; never follows a symbolic link. */
export function giveTo(user: ServerUser, path: string): void {
  if (!user.switched || statSync(path).uid === user.uid) return;
  for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
    const inside = join(path, entry);
    if (lstatSync(inside).uid !== user.uid) lchownSync(inside, user.uid, user.gid);
  }
  chownSync(path, user.uid, user.gid);
}

/** How to spawn a program as that user, with nothing of the application's environment. */
export function asServerUser(user: ServerUser) {
  return {
    ...(user.switched ? { uid: user.uid, gid: user.gid } : {}),
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
  };
}
