import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Database } from '#platform/database/database.ts';
import type { ActionContext, Caller } from '#platform/http/endpoint.ts';
import type { FileInput } from '#platform/http/file-route.ts';
import { createServer } from '#platform/http/server.ts';
import { newId } from '#platform/ids.ts';
import { notFound } from '#platform/refusal.ts';
import { type FileStore, openFileStore } from './file-store.ts';
import type { NamedFile } from './sending.ts';
import { findStoredFile } from './uploads.ts';

export interface Visitor {
  readonly name: string;
}

export const visitor = (name: string): Caller<Visitor> => ({
  actor: { name },
  origin: { accountId: randomUUID(), personId: null, name, address: '127.0.0.1' },
  mustChangePassword: false,
  sessionId: randomUUID(),
});

/** Stands for a record of a module: whoever knows a hash may have it under a name. */
const give = async ({ db }: ActionContext<Visitor>, { params, query }: FileInput): Promise<NamedFile> => {
  const stored = await findStoredFile(db, params['sha256'] ?? '');
  if (stored === undefined) throw notFound();
  return { fileName: query['name'] ?? '文件', stored };
};

/** A server that takes files in and gives them out at `/files/stored/<sha256>?name=`; a guest may not upload. */
export const createFileServer = (
  db: Database,
  files: FileStore,
  callers: ReadonlyMap<string, Caller<Visitor>>,
): Promise<FastifyInstance> =>
  createServer<Visitor>({
    db,
    router: {},
    fileRoutes: [{ path: '/files/stored/:sha256', permission: 'signed-in', action: give }],
    files,
    mayUpload: ({ name }) => name !== 'guest',
    authenticate: (token) => Promise.resolve(callers.get(token) ?? null),
    webDirectory: null,
    secure: false,
    trustedProxies: 0,
    now: () => new Date('2026-11-23T02:00:00Z'),
  });

export interface Uploader {
  announceAs(
    id: string,
    size: number,
    name: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** Under a new id, which it gives. */
  announce(size: number, name: string): Promise<string>;
  send(id: string, offset: number, bytes: Buffer): Promise<Response>;
  /** How many bytes the server has; the answer's status where it has no such upload. */
  offset(id: string): Promise<number>;
  cancel(id: string): Promise<Response>;
}

/** Sends files to a running server in the session of a cookie's token. */
export const uploaderAt = (url: string, token: string): Uploader => {
  const base = { cookie: `yanxun=${token}`, 'tus-resumable': '1.0.0' };
  const announceAs: Uploader['announceAs'] = (id, size, name, headers = {}) => {
    const metadata = Object.entries({ id, filename: name }).map(
      ([key, value]) => `${key} ${Buffer.from(value, 'utf8').toString('base64')}`,
    );
    return fetch(`${url}/uploads`, {
      method: 'POST',
      headers: { ...base, 'upload-length': String(size), 'upload-metadata': metadata.join(','), ...headers },
    });
  };
  return {
    announceAs,
    announce: async (size, name) => {
      const id = newId();
      const answer = await announceAs(id, size, name);
      if (answer.status !== 201) throw new Error(`not announced: ${answer.status} ${await answer.text()}`);
      return id;
    },
    send: (id, offset, bytes) =>
      fetch(`${url}/uploads/${id}`, {
        method: 'PATCH',
        headers: {
          ...base,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
        },
        body: new Uint8Array(bytes),
      }),
    offset: async (id) => {
      const answer = await fetch(`${url}/uploads/${id}`, { method: 'HEAD', headers: base });
      return answer.ok ? Number(answer.headers.get('upload-offset')) : answer.status;
    },
    cancel: (id) => fetch(`${url}/uploads/${id}`, { method: 'DELETE', headers: base }),
  };
};

/** A store in a folder of the calling test file's own, removed afterwards. */
export const createTestFiles = (): FileStore => {
  const directory = mkdtempSync(join(tmpdir(), 'yanxun-files-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return openFileStore(join(directory, 'files'));
};

/** A PNG of one colour; of a huge one only the header, which is all that anybody should read of it. */
export const makePng = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rowBytes = 1 + Math.ceil(width / 8);
  const pixels = width * height > 1_000_000 ? Buffer.alloc(0) : deflateSync(Buffer.alloc(rowBytes * height));
  const chunk = (kind: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
