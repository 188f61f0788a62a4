import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { createTestFiles } from '#platform/files/testing.ts';
import type { Caller } from '#platform/http/endpoint.ts';
import { createServer } from '#platform/http/server.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { closeCodes } from './close-codes.ts';
import type { DocumentAccess } from './co-editing.ts';
import {
  appendUpdates,
  closeDocument,
  compactDocument,
  findDocument,
  insertDocument,
  listContributors,
  reopenDocument,
} from './document-log.ts';
import { connectTestClient, saved, type TestClient, until } from './testing.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

const { db } = await createTestDatabase();
/** Tokens of live sessions, and what their people may do with which document. */
const sessions = new Map<string, Person & { mustChange?: boolean }>();
const rights = new Map<string, DocumentAccess>();

const startServer = async (): Promise<string> => {
  const app = await createServer<Person>({
    db,
    router: {},
    fileRoutes: [],
    files: createTestFiles(),
    mayUpload: 'signed-in',
    webDirectory: null,
    secure: false,
    trustedProxies: 0,
    now: () => new Date(),
    authenticate: async (token, { address }) => {
      const person = sessions.get(token);
      if (person === undefined) return null;
      const { id, name, mustChange = false } = person;
      const caller: Caller<Person> = {
        actor: person,
        origin: { accountId: id, personId: id, name, address },
        mustChangePassword: mustChange,
        sessionId: token,
      };
      return caller;
    },
    coEditing: { authorise: async (id, { actor }) => rights.get(`${actor.id} ${id}`) ?? null },
  });
  after(() => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
};
const url = await startServer();

const aDocument = async (text = ''): Promise<string> => {
  const id = newId();
  const doc = new Y.Doc();
  doc.getText('body').insert(0, text);
  assert.equal(await insertDocument(db, id, doc), true);
  return id;
};

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});

const aPerson = (name: string): Person & { token: string } => {
  const person = { id: newId(), name, token: `token-${newId()}` };
  sessions.set(person.token, person);
  return person;
};

const enter = (
  id: string,
  person: Person & { token: string },
  access: DocumentAccess = 'edit',
  options: { at?: string; doc?: Y.Doc; reconnect?: boolean; origin?: string; token?: string } = {},
): TestClient => {
  rights.set(`${person.id} ${id}`, access);
  const client = connectTestClient(options.at ?? url, id, { cookie: `yanxun=${person.token}`, ...options });
  clients.push(client);
  return client;
};

const kept = async (id: string): Promise<string> => {
  const stored = await findDocument(db, id);
  const doc = new Y.Doc();
  for (const part of stored?.parts ?? []) Y.applyUpdate(doc, part);
  return doc.getText('body').toJSON();
};
const write = ({ doc }: TestClient, text: string): void =>
  doc.getText('body').insert(doc.getText('body').length, text);

describe('a page that stays open', () => {
  it('sends nothing under the name of whoever signed in on the device since', async () => {
    const id = await aDocument('开头');
    const [one, other] = [aPerson('甲'), aPerson('乙')];
    const page = enter(id, one, 'edit', { token: one.id });
    await saved(page);
    page.stop();
    write(page, '，甲断网时写的');
    const later = enter(id, other, 'edit', { doc: page.doc, token: one.id });
    await until(() => later.refusals.length > 0, 'the refusal');
    assert.deepEqual([later.refusals, await kept(id)], [['another-person'], '开头']);
    const again = enter(id, one, 'edit', { doc: page.doc, token: one.id });
    await saved(again);
    assert.equal(await kept(id), '开头，甲断网时写的');
  });
});

describe('writing together', () => {
  it('reaches the others and the database before anybody hears that it is saved', async () => {
    const id = await aDocument('开头');
    const [one, other] = [aPerson('甲'), aPerson('乙')];
    const [first, second] = [enter(id, one), enter(id, other)];
    await saved(first);
    await saved(second);
    const checks: Promise<void>[] = [];
    const mustBeKept = (text: string): void => {
      checks.push(kept(id).then((there) => assert.ok(there.includes(text), `${text} is not kept`)));
    };
    second.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === second.provider) mustBeKept(second.doc.getText('body').toJSON().slice(2));
    });
    for (let number = 0; number < 30; number += 1) {
      write(first, `[${number}]`);
      await saved(first);
      mustBeKept(`[${number}]`);
    }
    await until(() => second.doc.getText('body').toJSON().includes('[29]'), 'the last change');
    await Promise.all(checks);
    assert.ok(checks.length >= 31);
    assert.deepEqual(
      (await listContributors(db, id)).map(({ personId }) => personId),
      [one.id],
    );
    write(second, '完');
    await saved(second);
    assert.deepEqual(
      (await listContributors(db, id)).map(({ personId }) => personId),
      [one.id, other.id],
    );
  });

  it('takes what was written without a line when the line is back, also by somebody with an old copy', async () => {
    const id = await aDocument('开头');
    const person = aPerson('甲');
    const first = enter(id, person);
    await saved(first);
    first.stop();
    first.doc.getText('body').insert(0, '离线写的，');
    const again = enter(id, person, 'edit', { doc: first.doc });
    await saved(again);
    assert.equal(await kept(id), '离线写的，开头');
    const before = (await findDocument(db, id))?.lastNumber;
    const reader = enter(id, aPerson('乙'));
    await saved(reader);
    reader.stop();
    assert.equal((await findDocument(db, id))?.lastNumber, before, 'looking changes nothing');
  });

  it('folds updates into the state while people write, and loses nothing', async () => {
    const id = await aDocument();
    const client = enter(id, aPerson('甲'));
    await saved(client);
    let expected = '';
    for (let number = 0; number < 40; number += 1) {
      write(client, `${number},`);
      expected += `${number},`;
      if (number % 5 === 0) await Promise.all([compactDocument(db, id), compactDocument(db, id)]);
    }
    await saved(client);
    assert.equal(await kept(id), expected);
    await compactDocument(db, id);
    assert.equal((await findDocument(db, id))?.parts.length, 1);
    assert.equal(await kept(id), expected);
  });

  it('crosses from one server to another', async () => {
    const id = await aDocument();
    const elsewhere = await startServer();
    const first = enter(id, aPerson('甲'));
    const second = enter(id, aPerson('乙'), 'edit', { at: elsewhere });
    await Promise.all([saved(first), saved(second)]);
    write(first, '这边');
    await until(() => second.doc.getText('body').toJSON() === '这边', 'the change at the other server');
    write(second, '那边');
    await until(() => first.doc.getText('body').toJSON() === '这边那边', 'the change at the first server');
  });
});

describe('what another process appended and folded at once', () => {
  /** Both in one transaction: no look in between finds the update on its own. */
  const foldedIn = async (id: string, text: string): Promise<void> => {
    const doc = new Y.Doc();
    for (const part of (await findDocument(db, id))?.parts ?? []) Y.applyUpdate(doc, part);
    const before = Y.encodeStateVector(doc);
    doc.getText('body').insert(doc.getText('body').length, text);
    const bytes = Y.encodeStateAsUpdate(doc, before);
    await db.transaction().execute(async (transaction) => {
      await appendUpdates(transaction, id, [{ personId: null, bytes }]);
      await compactDocument(transaction, id);
    });
  };

  it('reaches whoever has the document open', async () => {
    const id = await aDocument('开头');
    const client = enter(id, aPerson('甲'));
    await saved(client);
    await foldedIn(id, '，折叠的');
    await until(() => client.doc.getText('body').toJSON() === '开头，折叠的', 'what was folded');
  });

  it('reaches whoever writes before anybody looked, and what is folded and what is not come both', async () => {
    const id = await aDocument('开头');
    const client = enter(id, aPerson('甲'));
    await saved(client);
    await foldedIn(id, '，折叠的');
    client.doc.getText('body').insert(0, '我写的，');
    await until(() => client.doc.getText('body').toJSON() === '我写的，开头，折叠的', 'what was folded');
    await saved(client);
    assert.equal(await kept(id), '我写的，开头，折叠的');
  });
});

describe('who may', () => {
  const neverIn = async (client: TestClient, status: number): Promise<void> => {
    await until(() => client.statuses.length > 0, 'an answer');
    assert.equal(client.statuses[0], status);
    assert.equal(client.doc.getText('body').toJSON(), '');
  };

  it('lets nobody in without a session, with a one-time password or from a foreign page', async () => {
    const id = await aDocument('秘密');
    const person = aPerson('甲');
    rights.set(`${person.id} ${id}`, 'edit');
    const client = (options: Parameters<typeof connectTestClient>[2]): TestClient => {
      const one = connectTestClient(url, id, { reconnect: false, ...options });
      clients.push(one);
      return one;
    };
    await neverIn(client({}), 401);
    await neverIn(client({ cookie: 'yanxun=wrong' }), 401);
    await neverIn(client({ cookie: `yanxun=${person.token}`, origin: 'https://elsewhere.example' }), 403);
    await neverIn(client({ cookie: `yanxun=${person.token}`, origin: 'null' }), 403);
    sessions.set(person.token, { ...person, mustChange: true });
    await neverIn(client({ cookie: `yanxun=${person.token}` }), 401);
    assert.equal((await fetch(`${url}/co-editing`)).status, 426);
  });

  it('tells a document one may not see from one that is not there in nothing', async () => {
    const id = await aDocument('秘密');
    const person = aPerson('甲');
    for (const name of [id, newId(), 'no-id', `${id} `]) {
      const client = enter(name, person, name === id ? null : 'edit');
      await until(() => client.refusals.length > 0, 'a refusal');
      assert.equal(client.refusals[0], 'not-found');
      assert.equal(client.doc.getText('body').toJSON(), '');
    }
  });

  it('takes nothing from somebody who only reads', async () => {
    const id = await aDocument('开头');
    const reader = enter(id, aPerson('甲'), 'read');
    const other = enter(id, aPerson('乙'));
    await until(() => reader.doc.getText('body').toJSON() === '开头', 'the text');
    await saved(other);
    write(reader, '偷偷加的');
    write(other, '，正当的');
    await saved(other);
    await until(() => reader.doc.getText('body').toJSON().includes('正当'), 'the change');
    assert.equal(await kept(id), '开头，正当的');
    assert.equal(other.doc.getText('body').toJSON(), '开头，正当的');
    assert.ok(reader.provider.hasUnsyncedChanges);
  });

  it('ends a connection within seconds of the session or the right', async () => {
    const id = await aDocument('开头');
    const [one, other, third] = [aPerson('甲'), aPerson('乙'), aPerson('丙')];
    const options = { reconnect: false };
    const [first, second, last] = [
      enter(id, one, 'edit', options),
      enter(id, other, 'edit', options),
      enter(id, third, 'edit'),
    ];
    await Promise.all([saved(first), saved(second), saved(last)]);
    sessions.delete(one.token);
    rights.set(`${other.id} ${id}`, null);
    rights.set(`${third.id} ${id}`, 'read');
    await until(() => first.closes.length > 0 && second.closes.length > 0, 'closed');
    assert.equal(first.closes[0]?.code, closeCodes.sessionEnded);
    assert.equal(second.closes[0]?.code, closeCodes.rightEnded);
    await until(() => last.provider.authorizedScope === 'readonly', 'reading only');
    assert.equal(last.doc.getText('body').toJSON(), '开头');
  });

  it('takes no change once the document is closed, and takes it when it is open again', async () => {
    const id = await aDocument('开头');
    const client = enter(id, aPerson('甲'));
    await saved(client);
    await closeDocument(db, id);
    write(client, '太晚了');
    await until(() => client.closes.length > 0, 'closed');
    assert.equal(client.closes[0]?.code, closeCodes.documentClosed);
    assert.equal(await kept(id), '开头');
    await until(() => client.provider.authorizedScope === 'readonly', 'reading only');
    await reopenDocument(db, id);
    await until(async () => (await kept(id)) === '开头太晚了', 'what was kept back');
  });
});

describe('what comes in', () => {
  it('shows everybody under the name of the session, whatever a client says', async () => {
    const id = await aDocument();
    const [one, other] = [aPerson('甲'), aPerson('乙')];
    const [first, second] = [enter(id, one), enter(id, other)];
    await Promise.all([saved(first), saved(second)]);
    first.provider.setAwarenessField('user', { id: other.id, name: '校长' });
    first.provider.setAwarenessField('section', 'goals');
    const seen = (): unknown => second.provider.awareness?.getStates().get(first.doc.clientID);
    const expected = { user: { id: one.id, name: '甲' }, section: 'goals' };
    await until(() => JSON.stringify(seen()) === JSON.stringify(expected), 'the name of the session');
    // Speaking for the other's client changes nothing.
    const forged = second.doc.clientID;
    first.provider.awareness?.states.set(forged, { user: { name: '冒名' } });
    first.provider.awareness?.meta.set(forged, { clock: 1_000, lastUpdated: Date.now() });
    first.provider.awareness?.emit('update', [{ added: [], updated: [forged], removed: [] }, 'local']);
    write(first, '写');
    await until(() => second.doc.getText('body').length === 1, 'the change');
    assert.notDeepEqual(second.provider.awareness?.getStates().get(forged), { user: { name: '冒名' } });
  });

  it('keeps no update that cannot be read, and cuts off what is too large', async () => {
    const id = await aDocument('开头');
    const person = aPerson('甲');
    rights.set(`${person.id} ${id}`, 'edit');
    const raw = async (...messages: (Uint8Array | string)[]): Promise<number> => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/co-editing`, {
        headers: { cookie: `yanxun=${person.token}`, origin: url },
      });
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      const refused = new Promise<number>((resolve) => {
        socket.on('message', (data) => {
          if (Buffer.isBuffer(data) && data.includes('unreadable')) resolve(0);
        });
      });
      socket.on('open', () => {
        socket.send(Buffer.concat([framed(id), Buffer.from([2, 0, 0])]));
        for (const message of messages) socket.send(message);
      });
      const code = await Promise.race([closed, refused]);
      socket.terminate();
      return code;
    };
    const framed = (name: string): Buffer => Buffer.concat([Buffer.from([name.length]), Buffer.from(name)]);
    const update = (bytes: Buffer): Buffer =>
      Buffer.concat([framed(id), Buffer.from([0, 2, bytes.length]), bytes]);
    assert.equal(await raw(update(Buffer.from('not an update, truly'))), 0);
    assert.equal(await raw(update(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7f, 1]))), 0);
    assert.equal(await raw('text'), 1003);
    assert.equal(await raw(Buffer.alloc(3 * 2 ** 20)), 1009);
    assert.equal(await kept(id), '开头');
    assert.equal((await findDocument(db, id))?.lastNumber, 0);
    const still = enter(id, person);
    await saved(still);
    write(still, '还在');
    await saved(still);
    assert.equal(await kept(id), '开头还在');
  });
});
