import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { prepareBinaries } from './binaries.ts';
import { ensureOwnerRole } from './database.ts';
import { initialiseOnce } from './initialise.ts';
import { claim, DataDirectoryInUse } from './owner.ts';
import { endProcesses, postgresProcessesIn } from './processes.ts';
import { chooseServerUser, giveTo } from './server-user.ts';
import { ownerRole, writeSettings } from './settings.ts';
import { makeSocketDirectory, removeStale, removeTemporary, type Urls } from './socket.ts';
import { supervise } from './supervision.ts';

export type Cluster = Urls & {
  socketDirectory: string;
  ownerRole: string;
  /** Resolves when the server is down for good, which only `stop` brings about. */
  exited: Promise<void>;
  /** Ends open connections, writes everything out and returns when the server is down. */
  stop: () => Promise<void>;
};

type Options = { dataDirectory: string; log: (message: string) => void };

/**
 * Starts the application's own PostgreSQL on `dataDirectory`, made if it does not exist, and keeps it
 * running: a server that dies unasked is started again, and connection pools only have to reconnect.
 * Whatever an earlier, killed application left running there is stopped first.
 *
 * @throws DataDirectoryInUse while another application runs on the same directory
 */
export async function startCluster(options: Options): Promise<Cluster> {
  const dataDirectory = canonical(options.dataDirectory);
  const claimed = await claim(dataDirectory);
  try {
    await clearPast(dataDirectory, claimed.successor, options.log);
    return await start({ ...options, dataDirectory }, claimed.release);
  } catch (error) {
    claimed.release();
    throw error;
  }
}

async function start({ dataDirectory, log }: Options, release: () => void): Promise<Cluster> {
  const user = chooseServerUser(dataDirectory);
  const binaries = prepareBinaries(user, dataDirectory);
  await initialiseOnce(dataDirectory, binaries, user);
  giveTo(user, dataDirectory);
  writeSettings(dataDirectory, binaries);
  const socket = makeSocketDirectory(dataDirectory, user);
  const server = supervise({ dataDirectory, binaries, user, socketDirectory: socket.forServer }, log);
  const cluster: Cluster = {
    socketDirectory: socket.forClients,
    ownerRole,
    url: socket.url,
    exited: server.exited.finally(() => {
      removeStale(dataDirectory);
      removeTemporary(socket.forClients);
      release();
    }),
    stop: async () => {
      await server.stop();
      await cluster.exited;
    },
  };
  try {
    await server.started;
    await ensureOwnerRole(cluster);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** One name for one directory, so that two spellings meet in the same claim. */
function canonical(given: string): string {
  const path = resolve(given);
  mkdirSync(dirname(path), { recursive: true });
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

async function clearPast(
  dataDirectory: string,
  successor: boolean,
  log: (message: string) => void,
): Promise<void> {
  const [first] = postgresProcessesIn(dataDirectory);
  if (first !== undefined && !successor) {
    throw new DataDirectoryInUse(
      `数据目录 ${dataDirectory} 里有一个不是由研训启动的 PostgreSQL 正在运行（进程 ${first}）。请先停止它。`,
    );
  }
  if (first !== undefined) {
    log('上一次研训没有正常退出，先停止它留下的数据库。');
    await endProcesses(dataDirectory);
  }
  removeStale(dataDirectory);
}
