import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startCluster } from './cluster.ts';
import { ensureDatabase } from './database.ts';
import { DataDirectoryInUse } from './owner.ts';
import { postgresProcessesIn } from './processes.ts';
import { canReach } from './server-user.ts';
import { makeWorkspace, query, startApplication, startFor } from './testing.ts';

const workspace = makeWorkspace();
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534, switched: true };

test('a new cluster is durable, closed to the network and at home in Chinese text', async (t) => {
  const cluster = await startFor(t, workspace.fresh());
  await Promise.all([ensureDatabase(cluster, 'district'), ensureDatabase(cluster, 'district')]);
  const url = cluster.url('district');

  const [settings] = await query(
    url,
    `select current_user as role, current_setting('fsync') as fsync,
            current_setting('full_page_writes') as full_page_writes,
            current_setting('data_checksums') as checksums, current_setting('listen_addresses') as tcp,
            current_setting('timezone') as zone, current_setting('server_encoding') as encoding`,
  );
  assert.deepEqual(settings, {
    role: 'yanxun',
    fsync: 'on',
    full_page_writes: 'on',
    checksums: 'on',
    tcp: '',
    zone: 'UTC',
    encoding: 'UTF8',
  });
  const [role] = await query(
    url,
    'select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
  );
  assert.deepEqual(role, { rolsuper: false, rolcreatedb: true, rolcreaterole: true });
  const extensions = await query<{ extname: string }>(url, 'select extname from pg_extension order by 1');
  assert.deepEqual(
    extensions.map((row) => row.extname),
    ['btree_gist', 'citext', 'pg_stat_statements', 'pg_trgm', 'plpgsql'],
  );

  const [text] = await query(
    url,
    `select show_trgm('教研活动') <> '{}' as trigrams, similarity('柳树酄中学', '柳树中学') > 0.3 as similar,
            to_tsvector('simple', '教研 活动')::text as words, upper('é') as upper,
            'ABC'::citext = 'abc' as citext`,
  );
  assert.deepEqual(text, {
    trigrams: true,
    similar: true,
    words: "'教研':1 '活动':2",
    upper: 'É',
    citext: true,
  });
  await query(url, 'create table note (body text); create index on note using gin (body gin_trgm_ops)');
  await query(url, 'select calls from pg_stat_statements limit 1');

  const mode = statSync(cluster.socketDirectory).mode & 0o777;
  assert.equal(mode, 0o700);
});

test('the URL can be pointed at another database and role', async (t) => {
  const cluster = await startFor(t, await workspace.prepared());
  await ensureDatabase(cluster, 'other');
  await query(cluster.url('other'), 'create role guest login');
  const moved = new URL(cluster.url('postgres'));
  moved.pathname = '/other';
  const [found] = await query(moved.href, 'select current_database() as name');
  assert.deepEqual(found, { name: 'other' });
  const [guest] = await query(cluster.url('other', 'guest'), 'select current_user as name');
  assert.deepEqual(guest, { name: 'guest' });
});

test('a database whose creation was interrupted is completed', async (t) => {
  const cluster = await startFor(t, await workspace.prepared());
  await query(cluster.url('postgres'), 'create database half template template0');
  await ensureDatabase(cluster, 'half');
  const [found] = await query(cluster.url('half'), "select similarity('教研', '教研') as same");
  assert.deepEqual(found, { same: 1 });
});

test('stopping leaves no process and no lock, and the data', async (t) => {
  const directory = await workspace.prepared();
  const first = await startFor(t, directory);
  await query(first.url('work'), 'create table kept as select 7 as seven');
  await first.stop();
  await first.exited;
  assert.deepEqual(postgresProcessesIn(directory), []);
  assert.ok(!existsSync(join(directory, 'postmaster.pid')));
  assert.ok(!existsSync(`${directory}.owner`));
  const second = await startFor(t, directory);
  assert.deepEqual(await query(second.url('work'), 'select seven from kept'), [{ seven: 7 }]);
});

test('two applications cannot use one data directory', async (t) => {
  const directory = await workspace.prepared();
  const cluster = await startFor(t, directory);
  await assert.rejects(startCluster({ dataDirectory: directory, log: () => {} }), DataDirectoryInUse);
  await assert.rejects(startApplication(directory), /数据目录正被另一个运行中的研训使用/);
  assert.deepEqual(await query(cluster.url('postgres'), 'select 1 as one'), [{ one: 1 }]);
});

test('of several applications started at once one gets the directory', async (t) => {
  const directory = await workspace.prepared();
  const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  writeFileSync(`${directory}.owner`, JSON.stringify({ pid: gone.pid, startedAt: 'long ago' }));
  const results = await Promise.allSettled([1, 2, 3].map(() => startApplication(directory)));
  const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  t.after(() => Promise.all(winners.map((winner) => winner.kill('SIGKILL'))));
  assert.equal(winners.length, 1);
  for (const result of results) {
    if (result.status === 'rejected') assert.match(String(result.reason), /正被另一个运行中的研训使用/);
  }
});

test('a server that somebody else started is left alone', async (t) => {
  const directory = await workspace.prepared();
  const application = await startApplication(directory);
  await application.kill('SIGKILL');
  const running = postgresProcessesIn(directory);
  rmSync(`${directory}.owner`);
  t.after(() => assert.deepEqual(postgresProcessesIn(directory), running));
  await assert.rejects(startCluster({ dataDirectory: directory, log: () => {} }), /不是由研训启动的/);
});

test('Ctrl-C reaches the application and not its database', async (t) => {
  const directory = await workspace.prepared();
  const application = await startApplication(directory);
  const ended = application.kill('SIGCONT');
  process.kill(-application.pid, 'SIGINT');
  await ended;
  assert.deepEqual(application.messages, []);
  assert.deepEqual(postgresProcessesIn(directory), []);
  const again = await startFor(t, directory);
  const found = await query(again.url('work'), "select to_regclass('closed_in_peace')::text as name");
  assert.deepEqual(found, [{ name: 'closed_in_peace' }]);
});

test('a path too long for a socket gets a temporary one, removed at the stop', async (t) => {
  const parent = join(workspace.folder, '研'.repeat(30));
  mkdirSync(parent);
  const cluster = await startFor(t, join(parent, 'data'));
  assert.ok(Buffer.byteLength(cluster.socketDirectory) < 80);
  assert.deepEqual(await query(cluster.url('postgres'), 'select 1 as one'), [{ one: 1 }]);
  await cluster.stop();
  assert.ok(!existsSync(cluster.socketDirectory));
});

test('what is no cluster is not touched, and an interrupted initdb is cleared away', async (t) => {
  const foreign = workspace.fresh();
  mkdirSync(foreign);
  writeFileSync(join(foreign, 'thesis.docx'), '');
  await assert.rejects(startCluster({ dataDirectory: foreign, log: () => {} }), /也不是数据库目录/);
  assert.deepEqual(readdirSync(foreign), ['thesis.docx']);

  const other = await workspace.prepared();
  writeFileSync(join(other, 'PG_VERSION'), '15\n');
  await assert.rejects(startCluster({ dataDirectory: other, log: () => {} }), /是 PostgreSQL 15 的/);

  const directory = await workspace.prepared();
  mkdirSync(`${directory}.initdb-abc/base`, { recursive: true });
  await startFor(t, directory);
  assert.ok(!existsSync(`${directory}.initdb-abc`));
});

test('a server that cannot start says why', async () => {
  const directory = await workspace.prepared();
  writeFileSync(join(directory, 'postgresql.auto.conf'), "shared_buffers = '900TB'\n");
  await assert.rejects(
    startCluster({ dataDirectory: directory, log: () => {} }),
    /数据库没有启动起来[^]*shared_buffers/,
  );
  assert.ok(!existsSync(`${directory}.owner`));
});

test('settings that guard the data cannot be changed from inside', async (t) => {
  const directory = await workspace.prepared();
  writeFileSync(
    join(directory, 'postgresql.auto.conf'),
    "fsync = off\nlisten_addresses = '*'\nwork_mem = '5MB'\n",
  );
  const cluster = await startFor(t, directory);
  const [found] = await query(
    cluster.url('postgres'),
    "select current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp, current_setting('work_mem') as work_mem",
  );
  assert.deepEqual(found, { fsync: 'on', tcp: '', work_mem: '5MB' });
});

test('below a directory closed to the server user the data stays where it is', {
  skip: !isRoot && 'needs root',
}, async (t) => {
  const home = join(workspace.folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  const directory = join(home, 'var', 'postgres');
  for (const round of [1, 2]) {
    const cluster = await startFor(t, directory);
    assert.equal(canReach(nobody, directory), false);
    await query(cluster.url('postgres', 'postgres'), `create table round_${round} ()`);
    await cluster.stop();
  }
  assert.ok(existsSync(join(directory, 'PG_VERSION')));
});

const nobodyCan = isRoot && canReach(nobody, process.execPath) && canReach(nobody, import.meta.filename);
test('an ordinary user runs it too, and root can take over and give back', {
  skip: !nobodyCan && 'needs root and a project open to all users',
}, async () => {
  const directory = join(workspace.folder, 'ordinary', 'data');
  mkdirSync(join(workspace.folder, 'ordinary'));
  chownSync(join(workspace.folder, 'ordinary'), nobody.uid, nobody.gid);
  for (const as of [{ uid: nobody.uid, gid: nobody.gid }, {}, { uid: nobody.uid, gid: nobody.gid }]) {
    const application = await startApplication(directory, as);
    assert.deepEqual(
      postgresProcessesIn(directory)
        .map((pid) => statSync(`/proc/${pid}`).uid)
        .filter((uid) => uid !== nobody.uid),
      [],
    );
    await application.kill('SIGINT');
  }
});

test('the log file of the server is kept for a week, without the values of parameters', async (t) => {
  const directory = await workspace.prepared();
  const cluster = await startFor(t, directory);
  await assert.rejects(query(cluster.url('postgres'), 'select 1 / ($1::int - 4711)', [4711]));
  const [file] = readdirSync(join(directory, 'log'));
  assert.match(file ?? '', /^postgresql-(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.log$/);
  const logged = readFileSync(join(directory, 'log', file ?? ''), 'utf8');
  assert.match(logged, /division by zero/);
  assert.doesNotMatch(logged, /parameters/);
});
