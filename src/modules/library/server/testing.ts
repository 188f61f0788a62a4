import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Actor } from '#modules/organisation/contract.ts';
import { actorOf } from '#modules/organisation/testing.ts';
import type { Database } from '#platform/database/database.ts';
import { createTestFiles, uploaderAt } from '#platform/files/testing.ts';
import type { Caller } from '#platform/http/endpoint.ts';
import { createServer } from '#platform/http/server.ts';
import { newId } from '#platform/ids.ts';
import { libraryFiles, libraryRouter, libraryUploads } from '../routes.ts';

/** The library over HTTP for some people, each signed in by the token of their name. */
export const startLibraryServer = async (db: Database, people: Readonly<Record<string, string>>) => {
  const callers = new Map<string, Caller<Actor>>();
  for (const [name, personId] of Object.entries(people)) {
    const actor = await actorOf(db, personId);
    callers.set(name, {
      actor,
      origin: { accountId: actor.accountId, personId, name, address: '127.0.0.1' },
      mustChangePassword: false,
      sessionId: newId(),
    });
  }
  const files = createTestFiles();
  const app = await createServer<Actor>({
    db,
    router: { library: libraryRouter(files) },
    fileRoutes: libraryFiles(files),
    uploadRoutes: libraryUploads(files),
    files,
    mayUpload: 'signed-in',
    authenticate: (token) => Promise.resolve(callers.get(token) ?? null),
    webDirectory: null,
    secure: false,
    trustedProxies: 0,
    now: () => new Date('2026-11-26T02:00:00Z'),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  after(() => app.close());
  return {
    files,
    call: async (who: string, endpoint: string, input: object) => {
      const answer = await fetch(`${url}/rpc/library/${endpoint}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `yanxun=${who}`, 'idempotency-key': newId() },
        body: JSON.stringify({ json: input }),
      });
      const { json } = JSON.parse(await answer.text());
      return { status: answer.status, json };
    },
    get: (who: string, path: string) => fetch(`${url}${path}`, { headers: { cookie: `yanxun=${who}` } }),
    /** Brings a Word file; gives the answer to the file's own request. */
    bring: async (who: string, bytes: Buffer, name = '教案.docx', kind = 'lesson-design') => {
      const answer = await fetch(`${url}/files/library/word?${new URLSearchParams({ name, kind })}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          cookie: `yanxun=${who}`,
          'idempotency-key': newId(),
        },
        body: new Uint8Array(bytes),
      });
      const json = JSON.parse(await answer.text());
      return { status: answer.status, json };
    },
    upload: async (who: string, bytes: Buffer, name: string): Promise<string> => {
      const line = uploaderAt(url, who);
      const id = await line.announce(bytes.length, name);
      assert.equal((await line.send(id, 0, bytes)).status, 204);
      return id;
    },
  };
};
