import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { DataStore, ERRORS, Server, Upload as TusUpload } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Origin } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { admit, type Caller, type Permission } from '#platform/http/endpoint.ts';
import { refuse, type Wiring } from '#platform/http/file-route.ts';
import { isStorable } from '#platform/http/storable.ts';
import { invalid, notFound, Refusal } from '#platform/refusal.ts';
import { cleanFileName } from './file-name.ts';
import type { FileStore } from './file-store.ts';
import { createReceiver, type Receiver } from './receiving.ts';
import { createUploadLocker } from './upload-locker.ts';
import { beginUpload, findUpload, largestFile, type Upload } from './uploads.ts';

const path = '/uploads';
const uploadId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Of the request under way: who sends it, and what went wrong. */
interface Sending {
  readonly origin: Origin & { readonly accountId: string };
  error: unknown;
}

const sending = new AsyncLocalStorage<Sending>();

const sender = (): Sending['origin'] => {
  const found = sending.getStore();
  if (found === undefined) throw new Error('an upload outside a request');
  return found.origin;
};

/** What the protocol asks of a store, in terms of our own; the ids it gives belong to whoever sends. */
class Uploads extends DataStore {
  override readonly extensions = ['creation', 'termination'];
  readonly #db: Database;
  readonly #receiver: Receiver;

  constructor(db: Database, receiver: Receiver) {
    super();
    this.#db = db;
    this.#receiver = receiver;
  }

  async #find(id: string): Promise<Upload> {
    const upload = await findUpload(this.#db, id, sender().accountId);
    if (upload === undefined) throw notFound('这次上传已取消或已过期被清理，请重新选择文件上传。');
    return upload;
  }

  override create(upload: TusUpload): Promise<TusUpload> {
    return Promise.resolve(upload);
  }

  override async getUpload(id: string): Promise<TusUpload> {
    const upload = await this.#find(id);
    return new TusUpload({
      id,
      size: upload.size,
      offset: await this.#receiver.offsetOf(upload, sender()),
    });
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    return this.#receiver.take(await this.#find(id), offset, source, sender());
  }

  override async remove(id: string): Promise<void> {
    const upload = await this.#find(id);
    if (!(await this.#receiver.cancel(upload, sender()))) throw ERRORS.INVALID_TERMINATION;
  }
}

const createProtocol = (db: Database, store: FileStore): Server => {
  const uploads = new Uploads(db, createReceiver(db, store));
  return new Server({
    path,
    datastore: uploads,
    locker: createUploadLocker(),
    relativeLocation: true,
    allowedOrigins: () => false,
    // A connection that another request has come to replace has nothing to say any more.
    lockDrainTimeout: 500,
    maxSize: largestFile,
    namingFunction: (_request, metadata) => {
      const id = metadata?.['id'] ?? '';
      if (!uploadId.test(id)) throw invalid('上传请求缺少编号，请刷新页面后重试。');
      return id;
    },
    onUploadCreate: async (_request, { id, size = 0, metadata }) => {
      const given = metadata?.['filename'] ?? '';
      const name = cleanFileName(given);
      if (!isStorable(name)) throw invalid('文件名中有无法识别的字符，请改名后再上传。');
      const freeBytes = await store.freeBytes();
      await db
        .transaction()
        .execute((transaction) =>
          beginUpload(transaction, { id, accountId: sender().accountId, name, size }, freeBytes),
        );
      return {};
    },
    onResponseError: (_request, error) => {
      const current = sending.getStore();
      if (current !== undefined) current.error = error;
      return undefined;
    },
  });
};

const read = [
  'tus-resumable',
  'upload-length',
  'upload-metadata',
  'upload-offset',
  'content-type',
  'content-length',
];

/** The request as the protocol reads it; the body stays a stream from the socket. */
const protocolRequest = ({ raw, url, method, headers }: FastifyRequest): Request => {
  const passed = new Headers();
  for (const name of read) {
    const value = headers[name];
    if (typeof value === 'string') passed.set(name, value);
  }
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers: passed,
    // Not `Readable.toWeb`, which copies every piece.
    ...(method === 'PATCH' ? { body: ReadableStream.from<Uint8Array>(raw), duplex: 'half' } : {}),
  } as RequestInit);
};

const sentences: Readonly<Record<number, string>> = {
  404: '这次上传已取消或已过期被清理，请重新选择文件上传。',
  409: '断点位置与服务器上的不一致，请从服务器的位置继续。',
  413: '文件太大，单个文件最大 4 GB。请压缩或分段后再上传。',
};

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** Answers what the protocol refused in words; a fault goes on to the server's own answer. */
const answerError = async (reply: FastifyReply, status: number, error: unknown): Promise<FastifyReply> => {
  if (error instanceof Refusal) return refuse(reply, error);
  if (isDiskFull(error)) {
    const message = '服务器的存储空间已满，已传的部分保留着。请联系系统管理员清理后再继续。';
    return reply.code(507).send({ message });
  }
  if (error instanceof Error) throw error;
  return reply.code(status).send({ message: sentences[status] ?? '上传请求的格式不对，请刷新页面后重试。' });
};

/**
 * Resumable uploads of the signed-in account under `/uploads`, as tus 1.0 has them. An upload's id is made by whoever
 * sends it and given as metadata `id` beside `filename`; announced twice it is one.
 */
export const registerResumableUploads = async <Actor>(
  app: FastifyInstance,
  permission: Permission<Actor>,
  { db, files, callerOf }: Wiring<Actor>,
): Promise<void> => {
  const protocol = createProtocol(db, files);
  const callers = new WeakMap<FastifyRequest, Caller<Actor>>();
  await app.register(async (scope) => {
    scope.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
    scope.addHook('onRequest', async (request, reply) => {
      try {
        callers.set(request, admit(await callerOf(request), permission));
      } catch (error) {
        await refuse(reply.header('connection', 'close'), error);
      }
    });
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const caller = callers.get(request);
      if (caller === undefined) throw new Error('an upload without a caller');
      const current: Sending = { origin: caller.origin, error: undefined };
      const answer = await sending.run(current, () => protocol.handleWeb(protocolRequest(request)));
      reply.header('cache-control', 'no-store');
      for (const [name, value] of answer.headers)
        if (name.startsWith('upload-') || name.startsWith('tus-') || name === 'location')
          reply.header(name, value);
      if (answer.status < 400) return reply.code(answer.status).send();
      // What is still on its way of a refused body is not read.
      if (request.method === 'PATCH') reply.header('connection', 'close');
      return answerError(reply, answer.status, current.error);
    };
    scope.post(path, handler);
    scope.route({ method: ['HEAD', 'PATCH', 'DELETE'], url: `${path}/:id`, bodyLimit: largestFile, handler });
  });
};
