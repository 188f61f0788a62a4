import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, startCluster } from './cluster.ts';
import { ensureDatabase } from './database.ts';
import { endProcesses } from './processes.ts';

/** An application in a process of its own, made to be killed. */
export type Application = {
  pid: number;
  /** Of its database `work`. */
  url: string;
  messages: string[];
  /** Returns when the process is gone. */
  kill: (signal: NodeJS.Signals) => Promise<void>;
};

/**
 * A folder for data directories, removed after the calling test file together with whatever still
 * runs in the directories it handed out.
 */
export function makeWorkspace() {
  const folder = mkdtempSync(join(tmpdir(), 'yanxun-test-'));
  chmodSync(folder, 0o755);
  const handedOut: string[] = [];
  after(async () => {
    for (const directory of handedOut) await endProcesses(directory);
    rmSync(folder, { recursive: true, force: true });
  });
  const fresh = (): string => {
    const directory = join(folder, `data-${handedOut.length}`);
    handedOut.push(directory);
    return directory;
  };
  return {
    folder,
    fresh,
    /** A stopped cluster with a database `work`, copied from one that was made once. */
    prepared: async (): Promise<string> => {
      const model = join(folder, 'model');
      if (!handedOut.includes(model)) {
        handedOut.push(model);
        const cluster = await startCluster({ dataDirectory: model, log: () => {} });
        await ensureDatabase(cluster, 'work');
        await cluster.stop();
      }
      const directory = fresh();
      execFileSync('cp', ['-a', model, directory]);
      return directory;
    },
  };
}

/** @throws with what the application wrote when it did not come up */
export async function startApplication(
  dataDirectory: string,
  as: { uid?: number; gid?: number } = {},
): Promise<Application> {
  const child = spawn(process.execPath, [import.meta.filename, dataDirectory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a terminal gives to what it runs.
    detached: true,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    ...as,
  });
  const ended = once(child, 'exit');
  const messages: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => messages.push(text));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^url (.*)/.exec(line)?.[1];
    if (url === undefined || child.pid === undefined) {
      messages.push(line);
      continue;
    }
    const pid = child.pid;
    child.stdout.on('data', (text: Buffer) => messages.push(text.toString())).resume();
    return {
      pid,
      url,
      messages,
      kill: async (signal) => {
        process.kill(pid, signal);
        await ended;
      },
    };
  }
  await ended;
  throw new Error(messages.join('\n'));
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** A cluster that is stopped when the test ends. */
export async function startFor(
  test: { after: (work: () => Promise<void>) => void },
  dataDirectory: string,
  log: (message: string) => void = () => {},
): Promise<Cluster> {
  const cluster = await startCluster({ dataDirectory, log });
  test.after(() => cluster.stop());
  return cluster;
}

if (import.meta.main) {
  const cluster = await startCluster({
    dataDirectory: process.argv[2] ?? '',
    log: (message) => console.log(message),
  });
  // As a server does on Ctrl-C: finish the work, for which the database is needed, then stop it.
  process.once('SIGINT', () => {
    void delay(300)
      .then(() => query(cluster.url('work'), 'create table if not exists closed_in_peace ()'))
      .then(() => cluster.stop());
  });
  await ensureDatabase(cluster, 'work');
  console.log(`url ${cluster.url('work')}`);
}
