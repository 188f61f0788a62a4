import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import type { FileStore } from './file-store.ts';
import { createFileServer, createTestFiles, type Uploader, uploaderAt, visitor } from './testing.ts';
import { sweepFiles } from './upkeep.ts';
import { claimUpload, largestFile, reservedBytes, unclaimedQuota } from './uploads.ts';

const { db } = await createTestDatabase();
const files: FileStore = createTestFiles();
/** What the disk is said to have free; null for what it has. */
let free: number | null = null;
const [teacherCaller, otherCaller] = [visitor('teacher'), visitor('other')];
const callers = new Map([
  ['teacher', teacherCaller],
  ['other', otherCaller],
  ['guest', visitor('guest')],
]);

let app: FastifyInstance;
let url: string;
let teacher: Uploader;
let other: Uploader;
before(async () => {
  app = await createFileServer(
    db,
    { ...files, freeBytes: () => (free === null ? files.freeBytes() : Promise.resolve(free)) },
    callers,
  );
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  teacher = uploaderAt(url, 'teacher');
  other = uploaderAt(url, 'other');
});
after(() => app.close());

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const claim = (uploadId: string, account = teacherCaller) =>
  claimUpload(db, { uploadId, accountId: account.origin.accountId });
const get = (hash: string) => fetch(`${url}/files/stored/${hash}`, { headers: { cookie: 'yanxun=teacher' } });
const uploaded = async (bytes: Buffer, name = '文件.bin'): Promise<string> => {
  const id = await teacher.announce(bytes.length, name);
  assert.equal((await teacher.send(id, 0, bytes)).status, 204);
  return id;
};

test('a file in two pieces lies once under its hash, and a record takes it up', async () => {
  const bytes = randomBytes(3_000_000);
  const id = await teacher.announce(bytes.length, '../第一课 教学设计.bin');
  await assert.rejects(claim(id), { kind: 'conflict' });
  assert.equal((await teacher.send(id, 0, bytes.subarray(0, 1_000_000))).status, 204);
  assert.equal(await teacher.offset(id), 1_000_000);
  const wrong = await teacher.send(id, 999_999, bytes.subarray(999_999));
  assert.deepEqual(
    [wrong.status, await wrong.json()],
    [409, { message: '断点位置与服务器上的不一致，请从服务器的位置继续。' }],
  );
  assert.equal((await teacher.send(id, 1_000_000, bytes.subarray(1_000_000))).status, 204);
  assert.equal(await teacher.offset(id), bytes.length);
  const claimed = await claim(id);
  assert.deepEqual(
    [claimed.name, claimed.sha256, claimed.size, claimed.type],
    ['第一课 教学设计.bin', sha256(bytes), bytes.length, 'application/octet-stream'],
  );
  assert.deepEqual(readFileSync(files.pathOf(claimed.sha256)), bytes);
  assert.equal(existsSync(files.pathOfUpload(id)), false);
});

/** Sends so many of the announced bytes and breaks the line. */
const cutOff = (id: string, offset: number, announced: number, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    const sending = httpRequest(`${url}/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        cookie: 'yanxun=teacher',
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': offset,
        'content-length': announced,
      },
    });
    sending.on('error', () => resolve());
    sending.write(bytes, () => setTimeout(() => sending.destroy(), 100));
  });

test('a file cut off at 99 % is not whole, goes on from there and has the same hash', async () => {
  const bytes = randomBytes(2_000_000);
  const id = await teacher.announce(bytes.length, '实录.mp4');
  await cutOff(id, 0, bytes.length, bytes.subarray(0, 1_980_000));
  assert.equal(await teacher.offset(id), 1_980_000);
  await assert.rejects(claim(id), { kind: 'conflict' });
  assert.equal((await teacher.send(id, 1_980_000, bytes.subarray(1_980_000))).status, 204);
  assert.equal((await claim(id)).sha256, sha256(bytes));
});

test('a dead connection that nobody has noticed does not hold an upload', async () => {
  const bytes = randomBytes(500_000);
  const id = await teacher.announce(bytes.length, '慢.bin');
  const stuck = httpRequest(`${url}/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      cookie: 'yanxun=teacher',
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': 0,
      'content-length': bytes.length,
    },
  });
  stuck.on('error', () => {});
  stuck.write(bytes.subarray(0, 200_000));
  while ((await files.received(id)) === null) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(await teacher.offset(id), 200_000);
  assert.equal((await teacher.send(id, 200_000, bytes.subarray(200_000))).status, 204);
  stuck.destroy();
  assert.equal((await claim(id)).sha256, sha256(bytes));
});

test('one content sent by two people at once is one file and two uploads', async () => {
  const bytes = randomBytes(1_000_000);
  const [mine, hers] = await Promise.all([
    teacher.announce(bytes.length, '甲.bin'),
    other.announce(bytes.length, '乙.bin'),
  ]);
  const answers = await Promise.all([teacher.send(mine, 0, bytes), other.send(hers, 0, bytes)]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [204, 204],
  );
  const claimed = [await claim(mine), await claim(hers, otherCaller)];
  assert.deepEqual(
    claimed.map(({ name, sha256: hash }) => [name, hash]),
    [
      ['甲.bin', sha256(bytes)],
      ['乙.bin', sha256(bytes)],
    ],
  );
  assert.deepEqual(readFileSync(files.pathOf(sha256(bytes))), bytes);
});

test('another account neither reads, resumes, cancels nor takes up an upload', async () => {
  const bytes = randomBytes(1_000);
  const id = await teacher.announce(bytes.length, '我的.bin');
  assert.equal(await other.offset(id), 404);
  assert.equal((await other.send(id, 0, bytes)).status, 404);
  assert.equal((await other.cancel(id)).status, 404);
  assert.equal((await other.announceAs(id, 5, '别人的.bin')).status, 409);
  await teacher.send(id, 0, bytes);
  await assert.rejects(claim(id, otherCaller), { kind: 'not-found' });
  assert.equal((await claim(id)).size, 1_000);
});

test('the same upload announced twice is one; under another size it is refused', async () => {
  const id = newId();
  assert.equal((await teacher.announceAs(id, 10, '一.txt')).status, 201);
  assert.equal((await teacher.announceAs(id, 10, '一.txt')).status, 201);
  assert.equal((await teacher.announceAs(id, 11, '一.txt')).status, 409);
  assert.equal((await teacher.cancel(id)).status, 204);
  assert.equal(await teacher.offset(id), 404);
});

for (const [what, send, status] of [
  ['without a session', () => uploaderAt(url, 'nobody').announceAs(newId(), 10, 'a'), 401],
  ['of somebody who may not', () => uploaderAt(url, 'guest').announceAs(newId(), 10, 'a'), 403],
  [
    'from a foreign page',
    () => teacher.announceAs(newId(), 10, 'a', { origin: 'https://elsewhere.example' }),
    403,
  ],
  ['without an id', () => teacher.announceAs('', 10, 'a'), 422],
  ['with an id that is a path', () => teacher.announceAs('../../x', 10, 'a'), 422],
  ['of nothing', () => teacher.announceAs(newId(), 0, 'a'), 422],
  ['that is too large', () => teacher.announceAs(newId(), largestFile + 1, 'a'), 413],
  [
    'in another version of the protocol',
    () => teacher.announceAs(newId(), 10, 'a', { 'tus-resumable': '' }),
    412,
  ],
] as const)
  test(`an upload ${what} answers ${status} in words and leaves nothing`, async () => {
    const count = () =>
      db
        .selectFrom('platform.upload')
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirst();
    const earlier = await count();
    const answer = await send();
    const body: unknown = await answer.json();
    assert.equal(answer.status, status);
    assert.ok(typeof body === 'object' && body !== null && 'message' in body);
    assert.match(String(body.message), /[\u4e00-\u9fff].*。$/u);
    assert.deepEqual(await count(), earlier);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  });

test('more bytes than announced are refused and none of them counts', async () => {
  const id = await teacher.announce(10, 'a.bin');
  assert.equal((await teacher.send(id, 0, Buffer.alloc(11))).status, 413);
  assert.equal(await teacher.offset(id), 0);
});

test('a quota holds when many are announced at once, and a full disk is said', async () => {
  const busy = visitor('busy');
  callers.set('busy', busy);
  const person = uploaderAt(url, 'busy');
  free = Number.MAX_SAFE_INTEGER;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => person.announceAs(newId(), unclaimedQuota.bytes / 10, 'a.bin')),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 10);
  const refused = answers.find(({ status }) => status !== 201);
  assert.match((await refused?.text()) ?? '', /没有传完或没有用上/);
  free = reservedBytes;
  const full = await teacher.announceAs(newId(), 1_000, 'a.bin');
  free = null;
  assert.deepEqual(
    [full.status, await full.json()],
    [409, { message: '服务器的存储空间不够放下这个文件，暂时不能上传。请联系系统管理员清理或扩容后再试。' }],
  );
  await db.deleteFrom('platform.upload').where('accountId', '=', busy.origin.accountId).execute();
});

test('what nobody takes up for a week goes; what a record took up stays', async () => {
  const kept = randomBytes(1_000);
  const keptId = await uploaded(kept);
  await claim(keptId);
  const lost = randomBytes(1_000);
  await uploaded(lost);
  const halfId = await teacher.announce(2_000, '一半.bin');
  await teacher.send(halfId, 0, lost);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  await sweepFiles(db, files, inDays(6));
  assert.equal(await teacher.offset(halfId), 1_000);
  await sweepFiles(db, files, inDays(8));
  assert.equal(await teacher.offset(halfId), 404);
  assert.deepEqual(
    [files.pathOfUpload(halfId), files.pathOf(sha256(lost)), files.pathOf(sha256(kept))].map(existsSync),
    [false, false, true],
  );
  assert.equal((await get(sha256(lost))).status, 404);
  assert.deepEqual(Buffer.from(await (await get(sha256(kept))).arrayBuffer()), kept);
});

test('a server killed between moving a file and its mark puts it away at the next look', async () => {
  const bytes = randomBytes(1_000);
  const id = await uploaded(bytes);
  await db.updateTable('platform.upload').set({ state: 'storing' }).where('id', '=', id).execute();
  await assert.rejects(claim(id), { kind: 'conflict' });
  assert.equal(await teacher.offset(id), 1_000);
  assert.equal((await claim(id)).sha256, sha256(bytes));
});
