import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '#platform/database/database.ts';
import { contentDisposition } from '#platform/files/file-name.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { type NamedFile, sendStoredFile } from '#platform/files/sending.ts';
import { invalid, Refusal, refusalStatus } from '#platform/refusal.ts';
import {
  type ActionContext,
  admit,
  type Caller,
  NotSignedIn,
  type Permission,
  type RequestFacts,
  read,
  readIdempotencyKey,
  write,
} from './endpoint.ts';
import { isStorable } from './storable.ts';

/** What a person downloads, made for the request. */
export interface FileAnswer {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array | Readable;
  /** Sentences for the person who downloads: what of it is otherwise than it stands in the application. */
  readonly notices?: readonly string[];
}

/** A header of the answer: the notices as JSON, percent-encoded. */
export const noticesHeader = 'x-notices';

export interface FileInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** A file to download: streams through Fastify itself, guarded by the same permissions as an endpoint. */
export interface FileRoute<Actor> {
  /** Under `/files/`, e.g. `/files/circulars/:id.docx`. */
  readonly path: `/files/${string}`;
  readonly permission: Permission<Actor>;
  /** Gives a file made for the request, or a stored one, which may then be asked for in parts. */
  readonly action: (context: ActionContext<Actor>, input: FileInput) => Promise<FileAnswer | NamedFile>;
}

export interface UploadInput extends FileInput {
  readonly bytes: Buffer;
}

/** What is known before the transaction of an upload is opened. */
export interface PreparingContext<Actor> {
  /** Not a transaction: what is written through it stays, whatever becomes of the action. */
  readonly db: Database;
  readonly origin: Caller<Actor>['origin'];
}

interface UploadPlace<Actor> {
  readonly path: `/files/${string}`;
  readonly permission: Permission<Actor>;
  /** In bytes; more is refused before it is read to the end. */
  readonly largest: number;
}

/**
 * Bytes to take in, posted as `application/octet-stream`: one transaction and an Idempotency-Key as for a
 * write, and the caller's permission is asked before the body is read.
 */
export type UploadRoute<Actor> = UploadPlace<Actor> &
  (
    | { readonly action: (context: ActionContext<Actor>, input: UploadInput) => Promise<unknown> }
    | {
        /**
         * Reads the bytes and gives what is done in the transaction, so that no connection and no lock is held while a
         * large file is unpacked or written to the disk. Runs again for a repeated request.
         */
        readonly prepare: (
          context: PreparingContext<Actor>,
          input: UploadInput,
        ) => Promise<(context: ActionContext<Actor>) => Promise<unknown>>;
      }
  );

export interface Wiring<Actor> {
  readonly db: Database;
  readonly files: FileStore;
  readonly callerOf: (request: FastifyRequest) => Promise<Caller<Actor> | null>;
  readonly factsOf: (request: FastifyRequest, reply: FastifyReply, endpoint: string) => RequestFacts;
}

const textValues = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

/** What the address says; throws for text that the database cannot keep. */
const inputOf = ({ params, query }: FastifyRequest): FileInput => {
  const input = { params: textValues(params), query: textValues(query) };
  if (!isStorable(input)) throw invalid('地址中有无法识别的字符，请从页面上重新打开。');
  return input;
};

export const registerFileRoutes = <Actor>(
  app: FastifyInstance,
  routes: readonly FileRoute<Actor>[],
  wiring: Wiring<Actor>,
): void => {
  for (const route of routes) {
    const answer = read(route.permission, route.action);
    app.get(route.path, async (request, reply) => {
      try {
        const file = await answer({
          input: inputOf(request),
          context: {
            db: wiring.db,
            caller: await wiring.callerOf(request),
            request: wiring.factsOf(request, reply, route.path),
          },
        });
        if ('stored' in file) return await sendStoredFile(request, reply, wiring, file);
        if (file.notices !== undefined && file.notices.length > 0)
          reply.header(noticesHeader, encodeURIComponent(JSON.stringify(file.notices)));
        return await reply
          .header('cache-control', 'no-store')
          .header('content-type', file.contentType)
          .header('content-disposition', contentDisposition('attachment', file.fileName))
          .send(file.bytes);
      } catch (error) {
        return refuse(reply, error);
      }
    });
  }
};

/** Answers a refusal in words; whatever else was thrown goes on. */
export const refuse = async (reply: FastifyReply, error: unknown): Promise<FastifyReply> => {
  if (error instanceof Refusal)
    return reply.code(refusalStatus[error.kind]).send({ message: error.message, ...error.details });
  if (error instanceof NotSignedIn) return reply.code(401).send({ message: error.message });
  throw error;
};

export const registerUploadRoutes = async <Actor>(
  app: FastifyInstance,
  routes: readonly UploadRoute<Actor>[],
  wiring: Wiring<Actor>,
): Promise<void> => {
  await app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    for (const route of routes)
      scope.post(route.path, {
        bodyLimit: route.largest,
        onRequest: async (request, reply) => {
          try {
            admit(await wiring.callerOf(request), route.permission);
          } catch (error) {
            await refuse(reply, error);
          }
        },
        handler: async (request, reply) => {
          const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          const digest = createHash('sha256').update(bytes).digest('hex');
          try {
            const { params, query } = inputOf(request);
            const facts = wiring.factsOf(request, reply, route.path);
            const { origin } = admit(await wiring.callerOf(request), route.permission);
            readIdempotencyKey(facts);
            const input = { params, query, bytes };
            const action =
              'prepare' in route
                ? await route.prepare({ db: wiring.db, origin }, input)
                : (context: ActionContext<Actor>) => route.action(context, input);
            const answer = await write(
              route.permission,
              action,
            )({
              input: { params, query: { ...query, digest } },
              context: { db: wiring.db, caller: await wiring.callerOf(request), request: facts },
            });
            return await reply.header('cache-control', 'no-store').send(answer);
          } catch (error) {
            return refuse(reply, error);
          }
        },
      });
  });
};
