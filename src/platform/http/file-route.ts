import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '#platform/database/database.ts';
import { Refusal, refusalStatus } from '#platform/refusal.ts';
import {
  type ActionContext,
  type Caller,
  NotSignedIn,
  type Permission,
  type RequestFacts,
  read,
} from './endpoint.ts';

/** What a person downloads. */
export interface FileAnswer {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array | Readable;
}

export interface FileInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** A file to download: streams through Fastify itself, guarded by the same permissions as an endpoint. */
export interface FileRoute<Actor> {
  /** Under `/files/`, e.g. `/files/circulars/:id.docx`. */
  readonly path: `/files/${string}`;
  readonly permission: Permission<Actor>;
  readonly action: (context: ActionContext<Actor>, input: FileInput) => Promise<FileAnswer>;
}

interface Wiring<Actor> {
  readonly db: Database;
  callerOf(request: FastifyRequest): Promise<Caller<Actor> | null>;
  factsOf(request: FastifyRequest, reply: FastifyReply, endpoint: string): RequestFacts;
}

const textValues = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

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
          input: { params: textValues(request.params), query: textValues(request.query) },
          context: {
            db: wiring.db,
            caller: await wiring.callerOf(request),
            request: wiring.factsOf(request, reply, route.path),
          },
        });
        return await reply
          .header('cache-control', 'no-store')
          .header('content-type', file.contentType)
          .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
          .send(file.bytes);
      } catch (error) {
        if (error instanceof Refusal)
          return reply.code(refusalStatus[error.kind]).send({ message: error.message });
        if (error instanceof NotSignedIn) return reply.code(401).send({ message: error.message });
        throw error;
      }
    });
  }
};
