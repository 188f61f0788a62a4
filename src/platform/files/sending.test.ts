import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { createTestDatabase } from '#platform/testing.ts';
import { checkStoredFiles } from './check.ts';
import { createFileServer, createTestFiles, makePng, type Uploader, uploaderAt, visitor } from './testing.ts';

const { db } = await createTestDatabase();
const files = createTestFiles();
let app: FastifyInstance;
let url: string;
let teacher: Uploader;
before(async () => {
  app = await createFileServer(db, files, new Map([['teacher', visitor('teacher')]]));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  teacher = uploaderAt(url, 'teacher');
});
after(() => app.close());

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const upload = async (bytes: Buffer, name: string): Promise<string> => {
  const id = await teacher.announce(bytes.length, name);
  assert.equal((await teacher.send(id, 0, bytes)).status, 204);
  return sha256(bytes);
};
interface Asked {
  readonly name?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}
const get = (hash: string, { name = '文件.bin', method = 'GET', headers = {} }: Asked = {}) =>
  fetch(`${url}/files/stored/${hash}?name=${encodeURIComponent(name)}`, {
    method,
    headers: { cookie: 'yanxun=teacher', ...headers },
  });
const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

const film = Buffer.concat([
  Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomiso2', 'latin1'),
  randomBytes(1_000_000),
]);

test('a film goes out whole, in parts from its start, middle and end, and by its head alone', async () => {
  const hash = await upload(film, '实录.mp4');
  const whole = await get(hash, { name: '实录.mp4' });
  assert.deepEqual(await bytesOf(whole), film);
  assert.deepEqual(
    [
      'content-type',
      'content-length',
      'accept-ranges',
      'etag',
      'x-content-type-options',
      'cache-control',
    ].map((name) => whole.headers.get(name)),
    ['video/mp4', String(film.length), 'bytes', `"${hash}"`, 'nosniff', 'private, no-cache'],
  );
  assert.match(
    whole.headers.get('content-disposition') ?? '',
    /^inline; filename="__.mp4"; filename\*=UTF-8''%E5/,
  );
  const head = await get(hash, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(film.length)]);
  for (const [range, first, last] of [
    ['bytes=0-99', 0, 99],
    ['bytes=1000-1999', 1_000, 1_999],
    ['bytes=-5', film.length - 5, film.length - 1],
    [`bytes=${film.length - 1}-`, film.length - 1, film.length - 1],
    [`bytes=500000-${film.length + 5}`, 500_000, film.length - 1],
  ] as const) {
    const part = await get(hash, { headers: { range } });
    assert.deepEqual(
      [part.status, part.headers.get('content-range')],
      [206, `bytes ${first}-${last}/${film.length}`],
      range,
    );
    assert.deepEqual(await bytesOf(part), film.subarray(first, last + 1), range);
  }
  const beyond = await get(hash, { headers: { range: `bytes=${film.length}-` } });
  assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, `bytes */${film.length}`]);
  assert.match(await beyond.text(), /超出了文件的末尾/);
});

test('a part of another version is not asked for by mistake, and what is known is not sent again', async () => {
  const hash = await upload(film, '实录.mp4');
  const range = 'bytes=0-9';
  for (const [headers, status, length] of [
    [{ range, 'if-range': `"${hash}"` }, 206, 10],
    [{ range, 'if-range': '"another"' }, 200, film.length],
    [{ 'if-none-match': `W/"old", "${hash}"` }, 304, 0],
  ] as const) {
    const answer = await get(hash, { headers });
    assert.deepEqual([answer.status, (await bytesOf(answer)).length], [status, length]);
  }
});

for (const [name, bytes] of [
  ['图.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['图.png', Buffer.from('<html><script>alert(2)</script></html>')],
  ['讲义.pdf.html', Buffer.from('<!doctype html><script>alert(3)</script>')],
  ['图片.png', makePng(50_000, 50_000)],
] as const)
  test(`${name} is never shown in a page`, async () => {
    const answer = await get(await upload(bytes, name), { name });
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment;/);
    assert.match(answer.headers.get('content-type') ?? '', /^(?:application\/octet-stream|image\/png)$/);
    assert.match(answer.headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.deepEqual(await bytesOf(answer), bytes);
  });

test('a file damaged on the disk is found by the check and never given out, until it is whole again', async () => {
  const [bytes, short, gone] = [randomBytes(5_000), randomBytes(5_000), randomBytes(5_000)];
  const hash = await upload(bytes, '教案.bin');
  const shortHash = await upload(short, '短.bin');
  const goneHash = await upload(gone, '无.bin');
  assert.deepEqual((await checkStoredFiles(db, files)).damaged, []);

  const rotten = Buffer.from(bytes);
  rotten[2_500] = (bytes[2_500] ?? 0) ^ 1;
  writeFileSync(files.pathOf(hash), rotten);
  truncateSync(files.pathOf(shortHash), 4_999);
  rmSync(files.pathOf(goneHash));
  // Size and presence are looked at with every request, the bytes themselves by the check.
  for (const lost of [shortHash, goneHash]) {
    const answer = await get(lost);
    assert.deepEqual([answer.status, /已损坏或缺失/.test(await answer.text())], [409, true]);
  }
  const { damaged } = await checkStoredFiles(db, files);
  assert.deepEqual(
    damaged.toSorted((a, b) => a.names.join().localeCompare(b.names.join())),
    [
      { sha256: hash, kind: 'changed', names: ['教案.bin'] },
      { sha256: shortHash, kind: 'changed', names: ['短.bin'] },
      { sha256: goneHash, kind: 'missing', names: ['无.bin'] },
    ].toSorted((a, b) => a.names.join().localeCompare(b.names.join())),
  );
  assert.equal((await get(hash)).status, 409);

  writeFileSync(files.pathOf(hash), bytes);
  await upload(short, '再传一次.bin');
  const again = await checkStoredFiles(db, files);
  assert.deepEqual(
    again.damaged.map((one) => one.sha256),
    [goneHash],
  );
  assert.deepEqual(await bytesOf(await get(hash)), bytes);
  assert.deepEqual(await bytesOf(await get(shortHash)), short);
});

/** How often this process has a stored file open. */
const openDescriptors = (hash: string): number =>
  readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`) === files.pathOf(hash);
    } catch {
      return false;
    }
  }).length;

test('a download that is broken off closes the file', async () => {
  const hash = await upload(randomBytes(20_000_000), '大.bin');
  const asking = request(`${url}/files/stored/${hash}`, { headers: { cookie: 'yanxun=teacher' } });
  asking.end();
  const [answer] = await once(asking, 'response');
  await once(answer, 'readable');
  assert.equal(openDescriptors(hash), 1);
  asking.destroy();
  const deadline = Date.now() + 5_000;
  while (openDescriptors(hash) > 0 && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(openDescriptors(hash), 0);
});
