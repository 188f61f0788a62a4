import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import {
  endProcesses,
  identify,
  isAlive,
  postgresProcessesIn,
  recordedPostmaster,
  signal,
} from './processes.ts';
import { makeWorkspace, query, startApplication, startFor } from './testing.ts';

const workspace = makeWorkspace();
const isLinux = process.platform === 'linux';

function postmasterOf(directory: string): number {
  const pid = recordedPostmaster(directory);
  assert.ok(pid !== undefined && postgresProcessesIn(directory).includes(pid));
  return pid;
}

/** Writes rows one after another until the server goes away; the numbers it acknowledged. */
async function writeUntilCut(url: string, from: number): Promise<number[]> {
  const acknowledged: number[] = [];
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    for (let number = from; ; number += 1) {
      await client.query('insert into written values ($1)', [number]);
      acknowledged.push(number);
    }
  } catch {
    return acknowledged;
  }
}

async function assertAllThere(url: string, acknowledged: number[]): Promise<void> {
  const rows = await query<{ number: number }>(url, 'select number from written');
  const there = new Set(rows.map((row) => row.number));
  assert.deepEqual(
    acknowledged.filter((number) => !there.has(number)),
    [],
  );
}

test('no acknowledged write is lost when the server and all its processes are killed', async (t) => {
  const directory = await workspace.prepared();
  const messages: string[] = [];
  const cluster = await startFor(t, directory, (message) => messages.push(message));
  const url = cluster.url('work');
  await query(url, 'create table written (number int primary key)');
  const acknowledged: number[] = [];
  for (const round of [1, 2, 3]) {
    const writers = [0, 1, 2].map((writer) => writeUntilCut(url, round * 1_000_000 + writer * 100_000));
    await delay(250);
    signal(postgresProcessesIn(directory), 'SIGKILL');
    const written = await Promise.all(writers);
    for (const numbers of written) assert.ok(numbers.length > 0);
    acknowledged.push(...written.flat());
    await until(() => messages.filter((message) => message.includes('已恢复')).length === round);
    await assertAllThere(url, acknowledged);
  }
});

test('no acknowledged write is lost when the application is killed, alone or with its server', async (t) => {
  const directory = await workspace.prepared();
  const acknowledged: number[] = [];
  for (const round of [1, 2, 3]) {
    const application = await startApplication(directory);
    if (round === 1) await query(application.url, 'create table written (number int primary key)');
    await assertAllThere(application.url, acknowledged);
    const writing = writeUntilCut(application.url, round * 1_000_000);
    await delay(250);
    await application.kill('SIGKILL');
    if (round === 2) signal([postmasterOf(directory)], 'SIGKILL');
    if (round === 3) signal(postgresProcessesIn(directory), 'SIGKILL');
    // In round 1 the writer goes on with the orphan, until the next start stops that.
    if (round > 1) await writing;
    const next = await startApplication(directory);
    const numbers = await writing;
    assert.ok(numbers.length > 0);
    acknowledged.push(...numbers);
    await assertAllThere(next.url, acknowledged);
    await next.kill('SIGINT');
  }
  const last = await startFor(t, directory);
  await assertAllThere(last.url('work'), acknowledged);
});

test('a pool has its server back after the postmaster alone was killed', async (t) => {
  const directory = await workspace.prepared();
  const messages: string[] = [];
  const cluster = await startFor(t, directory, (message) => messages.push(message));
  const pool = new pg.Pool({ connectionString: cluster.url('work'), max: 3 });
  t.after(() => pool.end());
  pool.on('error', () => {});
  await Promise.all([1, 2, 3].map(() => pool.query('select pg_sleep(0.05)')));
  const before = postmasterOf(directory);
  signal([before], 'SIGKILL');
  await until(() => messages.some((message) => message.includes('已恢复')));
  assert.notEqual(postmasterOf(directory), before);
  await until(async () => (await pool.query('select 1').catch(() => undefined)) !== undefined);
});

test('stopping while the server is being restarted leaves nothing', async (t) => {
  const directory = await workspace.prepared();
  const messages: string[] = [];
  const cluster = await startFor(t, directory, (message) => messages.push(message));
  signal(postgresProcessesIn(directory), 'SIGKILL');
  await until(() => messages.length > 0);
  await cluster.stop();
  await delay(100);
  assert.deepEqual(postgresProcessesIn(directory), []);
});

test('backends that outlive their postmaster are ended before the next one starts', async (t) => {
  const directory = await workspace.prepared();
  const application = await startApplication(directory);
  const stubborn = new pg.Client({ connectionString: application.url });
  stubborn.on('error', () => {});
  await stubborn.connect();
  const { rows } = await stubborn.query<{ pid: number }>('select pg_backend_pid() as pid');
  const backend = rows[0]?.pid ?? 0;
  signal([backend], 'SIGSTOP');
  await application.kill('SIGKILL');
  signal([postmasterOf(directory)], 'SIGKILL');
  await startFor(t, directory);
  assert.equal(identify(backend), undefined);
});

test('the server of a killed application is stopped by the next one', async (t) => {
  const directory = await workspace.prepared();
  const application = await startApplication(directory);
  const postmaster = postmasterOf(directory);
  await application.kill('SIGKILL');
  const messages: string[] = [];
  const cluster = await startFor(t, directory, (message) => messages.push(message));
  assert.match(messages.join('\n'), /上一次研训没有正常退出/);
  assert.equal(identify(postmaster), undefined);
  assert.deepEqual(await query(cluster.url('work'), 'select 1 as one'), [{ one: 1 }]);
});

test('a server that answers no signal is killed when patience ends', async () => {
  const directory = await workspace.prepared();
  const application = await startApplication(directory);
  await application.kill('SIGKILL');
  signal(postgresProcessesIn(directory), 'SIGSTOP');
  await endProcesses(directory, { fast: 200, orphaned: 200, immediate: 200, kill: 5_000 });
  assert.deepEqual(postgresProcessesIn(directory), []);
});

const identitySource = isLinux ? undefined : 'needs /proc';

test('a process and a later one with its pid are told apart, a zombie is none', {
  skip: identitySource,
}, async (t) => {
  const me = identify(process.pid);
  assert.ok(me !== undefined && isAlive(me));
  assert.equal(isAlive({ ...me, startedAt: `${me.startedAt}0` }), false);
  assert.equal(identify(await makeZombie(t)), undefined);
});

test('lock files that name a living stranger or a zombie hold nothing up', {
  skip: identitySource,
}, async (t) => {
  const directory = await workspace.prepared();
  const { uid, gid } = statSync(directory);
  const stranger = spawn('sleep', ['60'], { cwd: directory, uid, gid, stdio: 'ignore' });
  t.after(() => stranger.kill('SIGKILL'));
  await once(stranger, 'spawn');
  for (const pid of [stranger.pid ?? 0, await makeZombie(t, { uid, gid })]) {
    const lock = `${pid}\n${directory}\n1\n5432\nsocket\n\n  5432  1\nready\n`;
    mkdirSync(join(directory, 'socket'), { recursive: true });
    writeFileSync(join(directory, 'postmaster.pid'), lock);
    writeFileSync(join(directory, 'socket', '.s.PGSQL.5432.lock'), lock);
    writeFileSync(`${directory}.owner`, JSON.stringify({ pid, startedAt: startTicks(pid) }));
    const cluster = await startFor(t, directory);
    assert.deepEqual(await query(cluster.url('work'), 'select 1 as one'), [{ one: 1 }]);
    await cluster.stop();
  }
  assert.equal(stranger.exitCode ?? stranger.signalCode, null);
});

/** Left behind by a parent that never asks how its child ended. */
async function makeZombie(t: TestContext, as: { uid?: number; gid?: number } = {}): Promise<number> {
  const parent: ChildProcess = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    ...as,
  });
  t.after(() => parent.kill('SIGKILL'));
  assert.ok(parent.stdout);
  const [printed]: Buffer[] = await once(parent.stdout, 'data');
  const pid = Number(printed);
  await until(() => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
  return pid;
}

/** Of the kind a record holds, but of another boot: as if the pid had been given out again. */
function startTicks(pid: number): string {
  return `another-boot:${readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').at(21)}`;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await holds())) {
    assert.ok(performance.now() < deadline, 'waited 15 s in vain');
    await delay(10);
  }
}
