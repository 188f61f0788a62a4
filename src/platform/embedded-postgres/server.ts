import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { asServerUser, pathForServer, type ServerUser } from './server-user.ts';
import { fixedSettings } from './settings.ts';

export type ServerOptions = {
  dataDirectory: string;
  /** As the server names it, which may be relative to the data directory. */
  socketDirectory: string;
  binaries: Binaries;
  user: ServerUser;
};

export type Server = {
  /** Zero when the program could not even be started; `ended` then says why. */
  pid: number;
  startedAt: number;
  /** An exit code or the name of a signal. */
  ended: Promise<string>;
  /** Asks for a fast shutdown; does nothing when the server has ended. */
  interrupt: () => void;
};

const startLog = 'start.log';

/**
 * Starts the postmaster in a session of its own: Ctrl-C on the terminal reaches the application only,
 * which closes its work before it stops the server.
 */
export function launch({ dataDirectory, socketDirectory, binaries, user }: ServerOptions): Server {
  const startedAt = Date.now();
  const output = join(dataDirectory, startLog);
  rmSync(output, { force: true });
  const handle = openSync(output, 'wx', 0o644);
  const path = pathForServer(user, dataDirectory);
  const child = spawn(binaries.postgres, ['-D', path, ...fixedSettings(path, socketDirectory)], {
    cwd: dataDirectory,
    detached: true,
    stdio: ['ignore', handle, handle],
    ...asServerUser(user),
  });
  closeSync(handle);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signalName) => resolve(signalName ?? `exit code ${code}`));
  });
  return { pid: child.pid ?? 0, startedAt, ended, interrupt: () => child.kill('SIGINT') };
}

/**
 * Waits until the server takes connections, however long recovery lasts.
 *
 * @throws with the last lines of the server's log when it ends instead
 */
export async function ready(server: Server, dataDirectory: string): Promise<void> {
  while (!reportsReady(server.pid, dataDirectory)) {
    const how = await Promise.race([server.ended, delay(5)]);
    if (how === undefined) continue;
    throw new Error(`数据库没有启动起来（${how}）：\n${lastWords(server, dataDirectory)}`);
  }
}

function reportsReady(pid: number, dataDirectory: string): boolean {
  try {
    const lines = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** From its output and from the log file it has turned to since, if any. */
function lastWords({ startedAt }: Server, dataDirectory: string): string {
  const logs = join(dataDirectory, 'log');
  const files = [
    join(dataDirectory, startLog),
    ...(statSync(logs, { throwIfNoEntry: false }) ? readdirSync(logs).map((name) => join(logs, name)) : []),
  ].filter((path) => statSync(path).mtimeMs >= startedAt - 1_000);
  return files.map((path) => readFileSync(path, 'utf8').trim().split('\n').slice(-8).join('\n')).join('\n');
}
