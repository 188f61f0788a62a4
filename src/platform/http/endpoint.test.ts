import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/audit.ts';
import { createTestFiles } from '#platform/files/testing.ts';
import { conflict, forbidden, notFound } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  type ActionContext,
  type BeforeWriteContext,
  type Caller,
  preparedWrite,
  type RequestContext,
  read,
  sweepAnsweredRequests,
  write,
} from './endpoint.ts';
import { createServer } from './server.ts';

interface Visitor {
  readonly name: string;
}

const contract = {
  add: oc.input(z.object({ note: z.string().min(1) })).output(z.object({ note: z.string() })),
  count: oc.input(z.object({})).output(z.object({ count: z.number() })),
  secret: oc.input(z.object({})).output(z.object({ word: z.string() })),
  claim: oc.input(z.object({})).output(z.null()),
  long: oc.input(z.object({ note: z.string() })).output(z.object({ note: z.string(), prepared: z.number() })),
  fail: oc.input(z.object({ how: z.enum(['not-found', 'forbidden', 'conflict', 'bug']) })).output(z.null()),
};

/** The audit log serves as the table that is written, so that a write's row and its loss can be counted. */
const add = async ({ db, origin }: ActionContext<Visitor>, { note }: { note: string }) => {
  await recordAudit(db, origin, { action: 'test.added', objectKind: 'note', objectId: note });
  if (note === 'breaks') throw new Error('after the row was written');
  return { note };
};
const count = async ({ db }: ActionContext<Visitor>) => {
  const rows = await db
    .selectFrom('platform.auditEntry')
    .select('id')
    .where('action', '=', 'test.added')
    .execute();
  return { count: rows.length };
};
/** Looks at nothing first, as an action does that was overtaken between its look and its write. */
const claim = async ({ db }: ActionContext<Visitor>): Promise<null> => {
  const setting = { key: 'test.claim', value: '1', fromOn: '2026-01-01', clause: 'test' };
  await db
    .insertInto('platform.setting')
    .values({ id: randomUUID(), ...setting })
    .execute();
  return null;
};
const fail = async (_context: ActionContext<Visitor>, { how }: { how: string }): Promise<null> => {
  if (how === 'not-found') throw notFound();
  if (how === 'forbidden') throw forbidden('不可以。');
  if (how === 'conflict') throw conflict('已被他人修改。', { version: 2 });
  throw new Error('select secret_column from hidden_table');
};

let prepared = 0;
/** Counts how often what takes long was done. */
const prepareLong = ({ db }: BeforeWriteContext<Visitor>, { note }: { note: string }) => {
  assert.equal(db.isTransaction, false);
  prepared += 1;
  return Promise.resolve(async (context: ActionContext<Visitor>) => {
    assert.equal(context.db.isTransaction, true);
    return { ...(await add(context, { note })), prepared };
  });
};

const os = implement(contract).$context<RequestContext<Visitor>>();
const router = {
  test: os.router({
    add: os.add.handler(write('signed-in', add)),
    count: os.count.handler(read((visitor: Visitor) => visitor.name === 'reader', count)),
    secret: os.secret.handler(
      write('first-password', () => Promise.resolve({ word: 'once' }), { answer: 'secret' }),
    ),
    long: os.long.handler(preparedWrite('signed-in', prepareLong)),
    claim: os.claim.handler(write('signed-in', claim)),
    fail: os.fail.handler(read('signed-in', fail)),
  }),
};

const caller = (name: string, mustChangePassword = false): Caller<Visitor> => {
  const accountId = randomUUID();
  return {
    actor: { name },
    origin: { accountId, personId: null, name, address: '127.0.0.1' },
    mustChangePassword,
    sessionId: randomUUID(),
  };
};
const callers: Readonly<Record<string, Caller<Visitor>>> = {
  reader: caller('reader'),
  writer: caller('writer'),
  newcomer: caller('newcomer', true),
};

const { db } = await createTestDatabase();
let app: FastifyInstance;
before(async () => {
  app = await createServer<Visitor>({
    db,
    router,
    fileRoutes: [],
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

const post = async (
  endpoint: string,
  input: unknown,
  options: { as?: string; key?: string; headers?: Record<string, string> } = {},
) => {
  const answer = await app.inject({
    method: 'POST',
    url: `/rpc/test/${endpoint}`,
    payload: { json: input },
    headers: {
      ...(options.as === undefined ? {} : { cookie: `yanxun=${options.as}` }),
      ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      ...options.headers,
    },
  });
  return { status: answer.statusCode, body: answer.body, headers: answer.headers };
};

test('without a session every endpoint answers 401 and no data', async () => {
  for (const endpoint of Object.keys(contract)) {
    const { status, body } = await post(endpoint, { note: 'x', how: 'conflict' }, { key: randomUUID() });
    assert.equal(status, 401, endpoint);
    assert.doesNotMatch(body, /once|count/);
  }
});

test('what takes long is done before the transaction, and not again for a repeat', async () => {
  const key = randomUUID();
  const first = await post('long', { note: 'long' }, { as: 'writer', key });
  assert.equal(first.status, 200);
  const again = await post('long', { note: 'long' }, { as: 'writer', key });
  assert.deepEqual([again.body, prepared], [first.body, 1]);
  assert.equal((await post('long', { note: 'other' }, { as: 'writer', key })).status, 409);
  assert.equal((await post('long', { note: 'long' }, { as: 'writer' })).status, 422);
  assert.equal(prepared, 1);
});

test('a one-time password opens nothing but what is marked for it', async () => {
  const key = randomUUID();
  assert.equal((await post('add', { note: 'x' }, { as: 'newcomer', key })).status, 403);
  assert.equal((await post('secret', {}, { as: 'newcomer', key })).status, 200);
});

test('a permission that says no answers 403', async () => {
  assert.equal((await post('count', {}, { as: 'writer' })).status, 403);
  assert.equal((await post('count', {}, { as: 'reader' })).status, 200);
});

const rows = async (): Promise<number> =>
  (await db.selectFrom('platform.auditEntry').select('id').where('action', '=', 'test.added').execute())
    .length;

test('the same request sent ten times at once acts once and answers the same', async () => {
  const earlier = await rows();
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => post('add', { note: 'same' }, { as: 'writer', key })),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  assert.deepEqual([...new Set(answers.map(({ body }) => body))], ['{"json":{"note":"same"}}']);
  assert.equal((await rows()) - earlier, 1);
});

test('one key with another content is a conflict, and another person may use the same key', async () => {
  const key = randomUUID();
  assert.equal((await post('add', { note: 'first' }, { as: 'writer', key })).status, 200);
  assert.equal((await post('add', { note: 'second' }, { as: 'writer', key })).status, 409);
  assert.equal((await post('add', { note: 'second' }, { as: 'reader', key })).status, 200);
});

test('a write without a key is refused, and one that fails leaves nothing behind, its key included', async () => {
  const earlier = await rows();
  assert.equal((await post('add', { note: 'x' }, { as: 'writer' })).status, 422);
  const key = randomUUID();
  assert.equal((await post('add', { note: 'breaks' }, { as: 'writer', key })).status, 500);
  assert.equal(await rows(), earlier);
  assert.equal((await post('add', { note: 'whole' }, { as: 'writer', key })).status, 200);
  assert.equal((await rows()) - earlier, 1);
});

test('a secret answer is kept nowhere, and its repeat says so', async () => {
  const key = randomUUID();
  assert.match((await post('secret', {}, { as: 'writer', key })).body, /once/);
  const again = await post('secret', {}, { as: 'writer', key });
  assert.equal(again.status, 409);
  const kept = await db
    .selectFrom('platform.answeredRequest')
    .select('answer')
    .where('key', '=', key)
    .execute();
  assert.deepEqual(kept, [{ answer: null }]);
});

test('refusals keep their kind and sentence; a bug shows an id and nothing of the program', async () => {
  const statuses = { 'not-found': 404, forbidden: 403, conflict: 409, bug: 500 } as const;
  for (const [how, status] of Object.entries(statuses)) {
    const answer = await post('fail', { how }, { as: 'reader' });
    assert.equal(answer.status, status, how);
    assert.doesNotMatch(answer.body, /hidden_table|\.ts/);
  }
  assert.match(
    (await post('fail', { how: 'conflict' }, { as: 'reader' })).body,
    /已被他人修改。.*"version":2/,
  );
});

test('input that does not fit is a 400 in Chinese', async () => {
  const answer = await post('add', { note: '' }, { as: 'writer', key: randomUUID() });
  assert.equal(answer.status, 400);
  assert.match(answer.body, /填写的内容不符合要求/);
});

test('requests from another site, forms, and bodies over 1 MiB are refused', async () => {
  const as = 'writer';
  const key = randomUUID();
  const cases: readonly [Record<string, string>, number][] = [
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ];
  const earlier = await rows();
  for (const [headers, status] of cases)
    assert.equal(
      (await post('add', { note: 'x' }, { as, key, headers })).status,
      status,
      JSON.stringify(headers),
    );
  assert.equal((await post('add', { note: 'x'.repeat(1_100_000) }, { as, key })).status, 413);
  assert.equal(await rows(), earlier);
});

test('every answer carries the headers that keep foreign scripts and frames out', async () => {
  const { headers } = await post('count', {}, { as: 'reader' });
  assert.match(String(headers['content-security-policy']), /default-src 'self'.*frame-ancestors 'none'/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['cache-control'], 'no-store');
});

test('text that the database cannot keep is refused before any endpoint sees it, however deep', async () => {
  const earlier = await rows();
  const nested = (depth: number, inner: string) => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;
  for (const note of ['a\\u0000b', '\\ud800', '\\udc00\\ud800']) {
    for (const payload of [
      `{"json":{"note":"${note}"}}`,
      `{"json":{"note":"x","more":${nested(50_000, `"${note}"`)}}}`,
    ]) {
      const answer = await app.inject({
        method: 'POST',
        url: '/rpc/test/add',
        payload,
        headers: {
          cookie: 'yanxun=writer',
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
      });
      assert.equal(answer.statusCode, 400, payload.slice(0, 40));
    }
  }
  assert.equal(await rows(), earlier);
  const kept = await post('add', { note: '𠀀\u202e😀' }, { as: 'writer', key: randomUUID() });
  assert.equal(kept.body, JSON.stringify({ json: { note: '𠀀\u202e😀' } }));
});

test('two writes that the database lets through only once: one is done, the other a conflict, none a bug', async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => post('claim', {}, { as: 'writer', key: randomUUID() })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409, 409, 409, 409],
  );
});

test('answers older than asked for are forgotten, newer ones stay', async () => {
  const key = randomUUID();
  assert.equal((await post('add', { note: 'kept' }, { as: 'writer', key })).status, 200);
  const kept = () => db.selectFrom('platform.answeredRequest').select('key').where('key', '=', key).execute();
  await sweepAnsweredRequests(db, new Date(Date.now() - 60_000));
  assert.equal((await kept()).length, 1);
  await sweepAnsweredRequests(db, new Date(Date.now() + 60_000));
  assert.equal((await kept()).length, 0);
});
