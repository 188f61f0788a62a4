import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { recordAudit } from '#platform/audit/audit.ts';
import { createTestFiles } from '#platform/files/testing.ts';
import { invalid } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import type { ActionContext, Caller } from './endpoint.ts';
import { type FileInput, noticesHeader, type PreparingContext, type UploadInput } from './file-route.ts';
import { createServer } from './server.ts';

interface Visitor {
  readonly name: string;
}

const caller = (name: string): Caller<Visitor> => {
  const accountId = randomUUID();
  return {
    actor: { name },
    origin: { accountId, personId: null, name, address: '127.0.0.1' },
    mustChangePassword: false,
    sessionId: randomUUID(),
  };
};
const callers: Readonly<Record<string, Caller<Visitor>>> = {
  keeper: caller('keeper'),
  guest: caller('guest'),
};
const isKeeper = (visitor: Visitor): boolean => visitor.name === 'keeper';

/** The audit log serves as the table that is written. */
const take = async ({ db, origin }: ActionContext<Visitor>, { bytes }: UploadInput) => {
  await recordAudit(db, origin, { action: 'test.taken', objectKind: 'file', objectId: null });
  if (bytes.length === 0) throw invalid('文件是空的。');
  return { length: bytes.length };
};
/** What it writes by itself stays, though the action is refused. */
const prepare = async ({ db, origin }: PreparingContext<Visitor>, { bytes }: UploadInput) => {
  await recordAudit(db, origin, { action: 'test.prepared', objectKind: 'file', objectId: null });
  return (context: ActionContext<Visitor>) => take(context, { params: {}, query: {}, bytes });
};
/** A bug, of which the page is not to learn the words. */
const fail = () => Promise.reject(new Error('no file /srv/secret'));
const give = async (_context: ActionContext<Visitor>, { params, query }: FileInput) => ({
  fileName: `${params['name']} ${query['on']}.txt`,
  contentType: 'text/plain',
  bytes: Buffer.from('内容'),
  notices: ['有 1 张图片已损坏。'],
});

const { db } = await createTestDatabase();
let app: FastifyInstance;
before(async () => {
  app = await createServer<Visitor>({
    db,
    router: {},
    fileRoutes: [
      { path: '/files/:name', permission: isKeeper, action: give },
      { path: '/files/broken/:name', permission: isKeeper, action: fail },
    ],
    uploadRoutes: [
      { path: '/files/list', permission: isKeeper, largest: 100, action: take },
      { path: '/files/parts', permission: isKeeper, largest: 100, prepare },
    ],
    authenticate: (token) => Promise.resolve(callers[token] ?? null),
    files: createTestFiles(),
    mayUpload: 'signed-in',
    webDirectory: null,
    secure: false,
    trustedProxies: 0,
    now: () => new Date('2026-11-23T02:00:00Z'),
  });
});
after(() => app.close());

const upload = async (
  payload: Buffer,
  headers: Record<string, string>,
  url = '/files/list?name=a.csv',
): Promise<[number, string]> => {
  const answer = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/octet-stream', ...headers },
  });
  return [answer.statusCode, answer.body];
};
const written = async (action = 'test.taken'): Promise<number> =>
  (await db.selectFrom('platform.auditEntry').select('id').where('action', '=', action).execute()).length;

const asKeeper = (key = randomUUID()) => ({ cookie: 'yanxun=keeper', 'idempotency-key': key });
const bytes = Buffer.from('姓名,学校');

test('the same upload sent twice is taken once', async () => {
  const key = randomUUID();
  const first = await upload(bytes, asKeeper(key));
  assert.deepEqual(first, [200, JSON.stringify({ length: bytes.length })]);
  assert.deepEqual(await upload(bytes, asKeeper(key)), first);
  assert.equal(await written(), 1);
  assert.equal((await upload(Buffer.from('别的内容'), asKeeper(key)))[0], 409);
});

for (const [what, payload, headers, status] of [
  ['without a session', bytes, { 'idempotency-key': randomUUID() }, 401],
  ['of somebody who may not', bytes, { ...asKeeper(), cookie: 'yanxun=guest' }, 403],
  ['without a key', bytes, { cookie: 'yanxun=keeper' }, 422],
  ['from a foreign page', bytes, { ...asKeeper(), origin: 'https://elsewhere.example' }, 403],
  ['as a form', bytes, { ...asKeeper(), 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['that is too large', Buffer.alloc(101), asKeeper(), 413],
  ['that the action refuses', Buffer.alloc(0), asKeeper(), 422],
] as const)
  test(`an upload ${what} answers ${status} and leaves nothing`, async () => {
    const earlier = await written();
    assert.equal((await upload(payload, headers))[0], status);
    assert.equal(await written(), earlier);
  });

test('what an upload prepares is written before its transaction, and only for whoever may', async () => {
  const earlier = await written();
  const send = (payload: Buffer, headers: Record<string, string>) => upload(payload, headers, '/files/parts');
  assert.equal((await send(bytes, { ...asKeeper(), cookie: 'yanxun=guest' }))[0], 403);
  assert.equal((await send(bytes, { cookie: 'yanxun=keeper' }))[0], 422);
  assert.equal(await written('test.prepared'), 0);
  assert.equal((await send(Buffer.alloc(0), asKeeper()))[0], 422);
  assert.deepEqual([await written('test.prepared'), await written()], [1, earlier]);
  const key = randomUUID();
  const first = await send(bytes, asKeeper(key));
  assert.equal(first[0], 200);
  assert.deepEqual(await send(bytes, asKeeper(key)), first);
  assert.equal(await written(), earlier + 1);
});

test('a download names its file, and only for whoever may', async () => {
  const get = (cookie: string) =>
    app.inject({
      method: 'GET',
      url: `/files/${encodeURIComponent('附件')}?on=2026-11-23`,
      headers: { cookie },
    });
  const file = await get('yanxun=keeper');
  assert.equal(file.body, '内容');
  assert.match(
    String(file.headers['content-disposition']),
    new RegExp(encodeURIComponent('附件 2026-11-23.txt').replaceAll('.', '\\.')),
  );
  assert.deepEqual(JSON.parse(decodeURIComponent(String(file.headers[noticesHeader]))), [
    '有 1 张图片已损坏。',
  ]);
  assert.deepEqual([(await get('yanxun=guest')).statusCode, (await get('')).statusCode], [403, 401]);
});

test('a bug behind a download is an id on the page, and its words stand in the log alone', async (context) => {
  const logged: string[] = [];
  context.mock.method(console, 'error', (line: string) => logged.push(line));
  const { statusCode, body } = await app.inject({
    url: '/files/broken/x',
    headers: { cookie: 'yanxun=keeper' },
  });
  assert.equal(statusCode, 500);
  const [, id = 'none'] = /编号 ([0-9a-f]{8})/.exec(body) ?? [];
  assert.doesNotMatch(body, /secret/);
  assert.ok(
    logged.some((line) => line.includes(id) && line.includes('/files/broken/x')),
    logged.join('\n'),
  );
});

test('what Fastify itself refuses is said in words', async () => {
  const [, tooLarge] = await upload(Buffer.alloc(101), asKeeper());
  assert.deepEqual(JSON.parse(tooLarge), { message: '内容太大，请分次提交。' });
  const [, asForm] = await upload(bytes, { ...asKeeper(), 'content-type': 'text/html' });
  assert.deepEqual(JSON.parse(asForm), { message: '请求的格式不对，请刷新页面后重试。' });
});
