import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '#modules/organisation/contract.ts';
import { actorOf, makePerson } from '#modules/organisation/testing.ts';
import { createTestFiles, makePng, uploaderAt } from '#platform/files/testing.ts';
import type { Caller } from '#platform/http/endpoint.ts';
import { createServer } from '#platform/http/server.ts';
import { newId } from '#platform/ids.ts';
import { startPreviews } from '#platform/preview/preview-jobs.ts';
import { makeRtf, makeStandIn, makeTestFolder } from '#platform/preview/testing.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { makeDocx, para, run } from '#platform/word/testing.ts';
import type { FindItemAccess } from './actions.ts';
import { failureSentence } from './preview/rules.ts';
import { attachmentFiles, attachmentRoutes } from './routes.ts';
import { mostAttachments } from './rules.ts';
import { attachmentText } from './text/contract.ts';

const { db } = await createTestDatabase();
const files = createTestFiles();
const itemId = newId();
const hiddenItemId = newId();
const names = ['author', 'reader', 'stranger'] as const;
type Name = (typeof names)[number];
const callers = new Map<string, Caller<Actor>>();

/** Stands for the items: one whose author edits it and that one reader sees, and one that nobody sees. */
const findAccess: FindItemAccess = ({ actor }, asked) => {
  if (asked !== itemId) return Promise.resolve(null);
  if (actor.accountId === callers.get('author')?.actor.accountId) return Promise.resolve('edit');
  return Promise.resolve(actor.accountId === callers.get('reader')?.actor.accountId ? 'see' : null);
};

let app: FastifyInstance;
let url: string;
before(async () => {
  for (const name of names) {
    const actor = await actorOf(db, await makePerson(db, name));
    callers.set(name, {
      actor,
      origin: { accountId: actor.accountId, personId: actor.personId, name, address: '127.0.0.1' },
      mustChangePassword: false,
      sessionId: newId(),
    });
  }
  for (const id of [itemId, hiddenItemId])
    await db
      .insertInto('library.item')
      .values({
        id,
        kind: 'model-lesson',
        title: '示范课',
        stage: 'primary',
        subject: 'mathematics',
        grade: 3,
        shared: true,
        madeBy: await makePerson(db, '编写人'),
      })
      .execute();
  app = await createServer<Actor>({
    db,
    router: { library: attachmentRoutes(findAccess) },
    fileRoutes: attachmentFiles(findAccess, files),
    files,
    mayUpload: 'signed-in',
    authenticate: (token) => Promise.resolve(callers.get(token) ?? null),
    webDirectory: null,
    secure: false,
    trustedProxies: 0,
    now: () => new Date('2026-11-26T02:00:00Z'),
  });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
after(() => app.close());

const call = async (who: Name, endpoint: string, input: object, key = newId()) => {
  const answer = await fetch(`${url}/rpc/library/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `yanxun=${who}`, 'idempotency-key': key },
    body: JSON.stringify({ json: input }),
  });
  const { json } = JSON.parse(await answer.text());
  return { status: answer.status, json };
};
const download = (who: Name, id: string) =>
  fetch(`${url}/files/library/attachments/${id}`, { headers: { cookie: `yanxun=${who}` } });
const uploaded = async (who: Name, bytes: Buffer, name: string): Promise<string> => {
  const line = uploaderAt(url, who);
  const id = await line.announce(bytes.length, name);
  assert.equal((await line.send(id, 0, bytes)).status, 204);
  return id;
};
const aMacroFile = (): Buffer =>
  makeDocx({
    body: para('宏'),
    mainType: 'application/vnd.ms-word.document.macroEnabled.main+xml',
    extra: { 'word/vbaProject.bin': Buffer.from('x') },
  });
const link = {
  url: '链接: https://pan.baidu.com/s/1a 提取码: ab12',
  accessCode: '',
  expiresOn: '2026-11-25',
};

describe('attachments of an item', () => {
  it('take up an upload once, are listed in order and go out to whoever sees the item', async () => {
    const bytes = makePng(30, 20);
    const uploadId = await uploaded('author', bytes, '../板书.png');
    const { json: first } = await call('author', 'attachFile', { itemId, uploadId });
    const { json: again } = await call('author', 'attachFile', { itemId, uploadId });
    assert.equal(again.id, first.id);
    const { json: second } = await call('author', 'attachLink', { itemId, title: '课堂实录', ...link });
    const page = (await call('reader', 'listAttachments', { itemId, limit: 1 })).json;
    assert.deepEqual([page.rows.length, page.rows[0].id, page.mayChange], [1, first.id, false]);
    assert.deepEqual(page.rows[0].file, {
      name: '板书.png',
      size: bytes.length,
      view: 'picture',
      hasMacros: false,
      pages: { state: 'none', sentence: '', mayTryAgain: false },
      firstPage: true,
    });
    const { json: rest } = await call('reader', 'listAttachments', { itemId, cursor: page.nextCursor });
    assert.deepEqual([rest.rows.length, rest.rows[0].id, rest.nextCursor], [1, second.id, null]);
    assert.deepEqual(rest.rows[0].link, {
      url: 'https://pan.baidu.com/s/1a',
      netdisk: '百度网盘',
      accessCode: 'ab12',
      expiresOn: '2026-11-25',
      expired: true,
    });
    const answer = await download('reader', first.id);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    assert.equal((await download('reader', second.id)).status, 404);
  });

  it('that a browser might run, or that lie about what they are, are only ever downloads', async () => {
    const script = '<script>alert(document.cookie)</script>';
    const brought: readonly (readonly [name: string, bytes: Buffer, macros: boolean])[] = [
      ['图.svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`), false],
      ['图.png', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`), false],
      ['页.html', Buffer.from(`<!doctype html>${script}`), false],
      ['教案.docx', Buffer.from('不是 Word'), false],
      ['炸弹.png', makePng(60_000, 60_000), false],
      ['教案.docm', aMacroFile(), true],
      ['换了名.docx', aMacroFile(), true],
    ];
    for (const [name, bytes, macros] of brought) {
      const uploadId = await uploaded('author', bytes, name);
      const { json } = await call('author', 'attachFile', { itemId, uploadId });
      const answer = await download('reader', json.id);
      assert.equal(answer.status, 200, name);
      assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/u, name);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', name);
      const { rows } = (await call('reader', 'listAttachments', { itemId, limit: 100 })).json;
      const { file } = rows.find((row: { id: string }) => row.id === json.id);
      assert.deepEqual([file.view, file.hasMacros], ['none', macros], name);
      await call('author', 'removeAttachment', { id: json.id, version: 1 });
    }
  });

  it('taken up twice are one also where the item is full, and no other finds room then', async () => {
    const uploadId = await uploaded('author', randomBytes(100), '最后一个.bin');
    const { json: last } = await call('author', 'attachFile', { itemId, uploadId });
    const addedBy = callers.get('author')?.actor.personId ?? '';
    const full = Array.from({ length: mostAttachments }, () => ({
      id: newId(),
      itemId,
      kind: 'link',
      title: '链接',
      url: 'https://pan.baidu.com/s/1a',
      addedBy,
    }));
    await db.insertInto('library.attachment').values(full).execute();
    const { json: again } = await call('author', 'attachFile', { itemId, uploadId });
    assert.equal(again.id, last.id);
    const other = await uploaded('author', randomBytes(100), '放不下.bin');
    assert.equal((await call('author', 'attachFile', { itemId, uploadId: other })).status, 409);
    await db
      .updateTable('library.attachment')
      .set({ removedAt: new Date().toISOString(), removedBy: addedBy })
      .where('url', '=', 'https://pan.baidu.com/s/1a')
      .where('title', '=', '链接')
      .execute();
  });

  it('do not exist for whoever may not see the item, and are not changed by whoever may only see it', async () => {
    const uploadId = await uploaded('author', randomBytes(100), '教案.bin');
    const { json } = await call('author', 'attachFile', { itemId, uploadId, title: '教案' });
    for (const [who, input, status] of [
      ['stranger', { itemId }, 404],
      ['author', { itemId: hiddenItemId }, 404],
      ['reader', { itemId }, 200],
    ] as const)
      assert.equal((await call(who, 'listAttachments', input)).status, status, `${who} lists`);
    for (const [who, status] of [
      ['stranger', 404],
      ['reader', 403],
    ] as const) {
      const own = await uploaded(who, randomBytes(100), '自己的.bin');
      for (const [endpoint, input] of [
        ['attachFile', { itemId, uploadId: own }],
        ['attachLink', { itemId, title: '链接', ...link }],
        ['changeAttachment', { id: json.id, version: 1, title: '改名', link: null }],
        ['removeAttachment', { id: json.id, version: 1 }],
      ] as const)
        assert.equal((await call(who, endpoint, input)).status, status, `${who} ${endpoint}`);
    }
    assert.equal((await download('stranger', json.id)).status, 404);
    assert.equal((await download('stranger', 'no-id')).status, 404);
    assert.equal((await download('reader', json.id)).status, 200);
  });

  it('take up neither another person’s upload nor one that is not whole', async () => {
    const hers = await uploaded('reader', randomBytes(100), '别人的.bin');
    assert.equal((await call('author', 'attachFile', { itemId, uploadId: hers })).status, 404);
    const half = await uploaderAt(url, 'author').announce(100, '一半.bin');
    assert.equal((await call('author', 'attachFile', { itemId, uploadId: half })).status, 409);
  });

  it('are changed and removed by version; what is removed is neither listed nor given out', async () => {
    const uploadId = await uploaded('author', randomBytes(100), '旧.bin');
    const { id } = (await call('author', 'attachFile', { itemId, uploadId })).json;
    const change = { id, version: 1, title: '新名称', link: null };
    assert.deepEqual((await call('author', 'changeAttachment', change)).json, { version: 2 });
    assert.equal((await call('author', 'changeAttachment', change)).status, 409);
    assert.equal((await call('author', 'changeAttachment', { ...change, version: 2, link })).status, 422);
    assert.equal((await call('author', 'removeAttachment', { id, version: 1 })).status, 409);
    assert.equal((await call('author', 'removeAttachment', { id, version: 2 })).status, 200);
    assert.equal((await download('author', id)).status, 404);
    assert.equal((await call('author', 'removeAttachment', { id, version: 3 })).status, 404);
    const { json } = await call('author', 'listAttachments', { itemId });
    assert.ok(json.rows.every((row: { id: string }) => row.id !== id));
    const actions = await db
      .selectFrom('platform.auditEntry')
      .select('action')
      .where('objectId', '=', id)
      .orderBy('id')
      .execute();
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['library.attachment-added', 'library.attachment-changed', 'library.attachment-removed'],
    );
  });

  it('leave neither code nor address of a link in the audit log, and what they were called before', async () => {
    const address = 'https://pan.baidu.com/s/1secret?pwd=zq42';
    const { json } = await call('author', 'attachLink', { itemId, title: '实录', ...link, url: address });
    const other = { ...link, url: 'https://pan.quark.cn/s/2secret', accessCode: 'xy77' };
    const change = { id: json.id, version: 1, title: '课堂实录', link: other };
    assert.equal((await call('author', 'changeAttachment', change)).status, 200);
    const rows = await db
      .selectFrom('platform.auditEntry')
      .select(['before', 'after'])
      .where('objectKind', '=', 'attachment')
      .orderBy('id')
      .execute();
    assert.doesNotMatch(JSON.stringify(rows), /zq42|xy77|ab12|secret/u);
    assert.deepEqual(rows.at(-1), {
      before: { title: '实录', host: 'pan.baidu.com', expiresOn: '2026-11-25' },
      after: { itemId, title: '课堂实录', host: 'pan.quark.cn', expiresOn: '2026-11-25', linkChanged: true },
    });
  });

  it('refuse a link that is none, in words', async () => {
    const { status, json } = await call('author', 'attachLink', {
      itemId,
      title: '内网',
      ...link,
      url: 'https://192.168.1.5/share',
    });
    assert.equal(status, 422);
    assert.match(json.message, /不是公网网盘的链接/);
  });

  it('in Word are read in the page by whoever sees the item; nothing of the file is markup', async () => {
    const bytes = makeDocx({
      body: `${para(run('<b>题目</b>'), '<w:outlineLvl w:val="0"/>')}${para(run('<script>alert(1)</script>'))}`,
    });
    const uploadId = await uploaded('author', bytes, '教案.docx');
    const { id } = (await call('author', 'attachFile', { itemId, uploadId })).json;
    const answer = await download('reader', `${id}/text`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
    const { blocks } = attachmentText.parse(await answer.json());
    assert.deepEqual(
      blocks.map(({ type }) => type),
      ['heading', 'paragraph'],
    );
    assert.match(JSON.stringify(blocks), /<script>/);
    assert.equal((await download('stranger', `${id}/text`)).status, 404);
    const other = await uploaded('author', randomBytes(100), '假.docx');
    const { id: otherId } = (await call('author', 'attachFile', { itemId, uploadId: other })).json;
    const refused = await download('reader', `${otherId}/text`);
    assert.equal(refused.status, 422);
    assert.match((await refused.json()).message, /可下载查看/);
  });

  it('of Office are turned into pages, with the rights of the item; failing is no hindrance to the download', async () => {
    const attach = async (told: string, name: string): Promise<string> => {
      const uploadId = await uploaded('author', makeRtf(told), name);
      return (await call('author', 'attachFile', { itemId, uploadId, title: name })).json.id;
    };
    const good = await attach('good pages', '课件.rtf');
    const bad = await attach('fail', '坏课件.rtf');
    const fileOf = async (id: string) =>
      (await call('reader', 'listAttachments', { itemId })).json.rows.find(
        (row: { id: string }) => row.id === id,
      ).file;
    assert.deepEqual(
      [(await fileOf(good)).view, (await fileOf(good)).pages],
      ['office', { state: 'waiting', sentence: '', mayTryAgain: false }],
    );
    assert.equal((await download('reader', `${good}/pages`)).status, 404);
    const folder = makeTestFolder();
    const convert = async (): Promise<void> => {
      const stop = await startPreviews({
        db,
        files,
        folder,
        converter: makeStandIn(folder),
        limits: { seconds: 60, megabytes: 4_096, fileMegabytes: 10 },
      });
      while (!(await fileOf(good)).firstPage || (await fileOf(bad)).pages.state !== 'failed') await delay(50);
      await stop();
    };
    await convert();
    assert.equal((await fileOf(good)).pages.state, 'ready');
    const pages = await download('reader', `${good}/pages`);
    assert.equal(pages.headers.get('content-type'), 'application/pdf');
    assert.match(pages.headers.get('content-disposition') ?? '', /^inline/);
    assert.match(
      pages.headers.get('content-security-policy') ?? '',
      /default-src 'none'.*frame-ancestors 'self'/,
    );
    const picture = await download('reader', `${good}/first-page`);
    assert.equal(picture.headers.get('content-type'), 'image/png');
    for (const path of ['pages', 'first-page'])
      assert.equal((await download('stranger', `${good}/${path}`)).status, 404);

    assert.deepEqual((await fileOf(bad)).pages, {
      state: 'failed',
      sentence: failureSentence('broken'),
      mayTryAgain: true,
    });
    assert.deepEqual(Buffer.from(await (await download('reader', bad)).arrayBuffer()), makeRtf('fail'));
    assert.equal((await call('reader', 'retryPages', { id: bad })).status, 403);
    assert.equal((await call('author', 'retryPages', { id: bad })).status, 200);
    assert.equal((await fileOf(bad)).pages.state, 'waiting');
    assert.equal((await call('author', 'retryPages', { id: bad })).status, 409);
  });
});
