import { chownSync, existsSync, lchownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { postgresProcessesIn } from './processes.ts';
import { canReach, type ServerUser } from './server-user.ts';
import { ownerRole, port } from './settings.ts';

export type Urls = {
  /** For node-postgres and libpq; the role is the owner role unless another is named. */
  url: (database: string, role?: string) => string;
};

/** `forServer` may be relative to the data directory, `forClients` never is. */
export type Socket = Urls & { forServer: string; forClients: string };

const folder = 'socket';
const temporary = 'yanxun-socket-';
const fileName = `.s.PGSQL.${port}`;
/** In bytes; systems end a socket's path at 104 or 108. */
const longestPath = 99;

/** In the data directory; in a private temporary one where that path is too long for a socket. */
export function makeSocketDirectory(dataDirectory: string, user: ServerUser): Socket {
  const near = join(dataDirectory, folder);
  if (Buffer.byteLength(join(near, fileName)) <= longestPath) {
    if (!existsSync(near)) {
      mkdirSync(near, { mode: 0o700 });
      if (user.switched) lchownSync(near, user.uid, user.gid);
    }
    return { forServer: folder, forClients: near, url: urlThrough(near) };
  }
  const longestParent = longestPath - `/${temporary}XXXXXX/${fileName}`.length;
  const place = [tmpdir(), '/tmp'].find(
    (path) => Buffer.byteLength(path) <= longestParent && canReach(user, join(path, temporary)),
  );
  const far = mkdtempSync(join(place ?? '/tmp', temporary));
  if (user.switched) chownSync(far, user.uid, user.gid);
  return { forServer: far, forClients: far, url: urlThrough(far) };
}

/**
 * Removes what a dead server left: its temporary socket directory, and the lock files, which
 * PostgreSQL itself takes for a living server's when their pid has been reused or is a zombie's.
 * Does nothing while a server process of this directory lives.
 */
export function removeStale(dataDirectory: string): void {
  if (postgresProcessesIn(dataDirectory).length > 0) return;
  const pidFile = join(dataDirectory, 'postmaster.pid');
  const recorded = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n')[4] : undefined;
  if (recorded !== undefined) removeTemporary(recorded);
  for (const name of [fileName, `${fileName}.lock`])
    rmSync(join(dataDirectory, folder, name), { force: true });
  rmSync(pidFile, { force: true });
}

export function removeTemporary(socketDirectory: string): void {
  if (!isAbsolute(socketDirectory) || !basename(socketDirectory).startsWith(temporary)) return;
  rmSync(socketDirectory, { recursive: true, force: true });
}

/** How to reach the server that another, living application runs on this directory. */
export function urlsOfRunning(dataDirectory: string): Urls {
  const recorded = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[4];
  if (recorded === undefined || recorded === '') throw new Error('the server is not ready yet');
  return { url: urlThrough(resolve(dataDirectory, recorded)) };
}

function urlThrough(socketDirectory: string) {
  return (database: string, role: string = ownerRole) => {
    const parameters = { host: socketDirectory, port, user: role, sslmode: 'disable' };
    const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `postgresql:///${encodeURIComponent(database)}?${query.join('&')}`;
  };
}
