import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import { type AnyRouter, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fastify';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CoEditingOptions } from '#platform/co-editing/co-editing.ts';
import { registerCoEditing } from '#platform/co-editing/upgrade.ts';
import { type Database, isLostRace } from '#platform/database/database.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { registerResumableUploads } from '#platform/files/upload-route.ts';
import { Refusal, type RefusalKind, refusalStatus } from '#platform/refusal.ts';
import {
  admitTo,
  type Caller,
  NotSignedIn,
  type Permission,
  type RequestContext,
  type RequestFacts,
} from './endpoint.ts';
import { type FileRoute, registerFileRoutes, registerUploadRoutes, type UploadRoute } from './file-route.ts';
import { isStorable } from './storable.ts';

z.config(z.locales.zhCN());

export interface ServerOptions<Actor> {
  readonly db: Database;
  readonly router: AnyRouter;
  readonly fileRoutes: readonly FileRoute<Actor>[];
  readonly uploadRoutes?: readonly UploadRoute<Actor>[];
  /** Where uploaded files lie. */
  readonly files: FileStore;
  /** Who may send large files under `/uploads`; a record's action then takes them up. */
  readonly mayUpload: Permission<Actor>;
  /** Finds the session behind a cookie's token; `null` when there is none or it has ended. */
  authenticate(
    token: string,
    /** `background`: asked by the server itself, so that the session is not counted as used. */
    request: { address: string; now: Date; background?: boolean },
  ): Promise<Caller<Actor> | null>;
  /** Documents that several people write at once; without it there is no such channel. */
  readonly coEditing?: CoEditingOptions<Actor>;
  /** The built web app; `null` in development, where Vite serves it. */
  readonly webDirectory: string | null;
  readonly secure: boolean;
  readonly trustedProxies: number;
  readonly now: () => Date;
}

/** For requests under way when the server is stopped. */
const longestStopMs = 8_000;

const refusalCode: Readonly<Record<RefusalKind, string>> = {
  'not-found': 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  conflict: 'CONFLICT',
  invalid: 'INVALID',
};

/** Turns whatever an endpoint threw into what the page shows; a bug becomes an id that leads to the log. */
const toAnswer = (error: unknown, endpoint: string): ORPCError<string, unknown> => {
  if (error instanceof Refusal)
    return new ORPCError(refusalCode[error.kind], {
      status: refusalStatus[error.kind],
      message: error.message,
      data: error.details,
    });
  if (error instanceof NotSignedIn)
    return new ORPCError('UNAUTHORIZED', { status: 401, message: error.message });
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST')
    return new ORPCError('BAD_REQUEST', {
      status: 400,
      message: '填写的内容不符合要求，请按提示改正后再提交。',
      data: error.data,
    });
  if (error instanceof ORPCError && error.status < 500) return error;
  if (isLostRace(error))
    return new ORPCError('CONFLICT', {
      status: 409,
      message: '刚刚有人做了同样的或相冲突的修改，您的这一次没有保存。请刷新页面看过最新内容后再试。',
    });
  const id = randomUUID();
  console.error(`error ${id} in ${endpoint}:`, error instanceof ORPCError ? (error.cause ?? error) : error);
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    status: 500,
    message: `系统出了差错，您填写的内容没有丢失。请稍后重试；若仍不行，请把编号 ${id.slice(0, 8)} 告诉管理员。`,
    data: { id },
  });
};

export const sessionCookieName = (secure: boolean): string => (secure ? '__Host-yanxun' : 'yanxun');

export const createServer = async <Actor>(options: ServerOptions<Actor>): Promise<FastifyInstance> => {
  const app = Fastify({
    logger: false,
    trustProxy: (_address, hop) => hop < options.trustedProxies,
    bodyLimit: 1_048_576,
    requestTimeout: 60_000,
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  // Whoever sends or fetches a large file goes on from where it stood with the next start.
  app.addHook('preClose', (done) => {
    setTimeout(() => app.server.closeAllConnections(), longestStopMs).unref();
    done();
  });
  // Before the routes: Fastify gives each the handler that stands when it is registered.
  app.setErrorHandler(async (error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 500 || Number.isNaN(status)) {
      const answer = toAnswer(error, request.url);
      return reply.code(answer.status).send({ message: answer.message });
    }
    return reply.code(status).send({
      message: status === 413 ? '内容太大，请分次提交。' : '请求的格式不对，请刷新页面后重试。',
    });
  });
  await app.register(fastifyCookie);
  // Only JSON is read: a form or text post from a foreign page never reaches an endpoint.
  app.removeContentTypeParser('text/plain');
  addSecurityHeaders(app, options);
  refuseForeignOrigins(app);

  const callerOf = async (request: FastifyRequest, active = true): Promise<Caller<Actor> | null> => {
    const token = request.cookies[sessionCookieName(options.secure)];
    if (token === undefined || token.length > 200) return null;
    return options.authenticate(token, { address: request.ip, now: options.now(), background: !active });
  };
  const factsOf = (request: FastifyRequest, reply: FastifyReply, endpoint: string): RequestFacts => {
    const key = request.headers['idempotency-key'];
    return {
      endpoint,
      address: request.ip,
      device: (request.headers['user-agent'] ?? '').slice(0, 300),
      idempotencyKey: typeof key === 'string' ? key : undefined,
      now: options.now(),
      setSessionToken: (token, expiresAt) => {
        const name = sessionCookieName(options.secure);
        const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: options.secure } as const;
        if (token === null) reply.clearCookie(name, attributes);
        else
          reply.setCookie(
            name,
            token,
            expiresAt === undefined ? attributes : { ...attributes, expires: expiresAt },
          );
      },
    };
  };

  const rpc = new RPCHandler<RequestContext<Actor>>(options.router, {
    clientInterceptors: [
      async (call) => {
        try {
          admitTo(call.procedure['~orpc'].handler, call.context.caller);
          if (!isStorable(call.input)) throw new ORPCError('BAD_REQUEST');
          return await call.next();
        } catch (error) {
          throw toAnswer(error, call.path.join('.'));
        }
      },
    ],
  });
  app.post('/rpc/*', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const endpoint = request.url.slice('/rpc/'.length).split('?')[0]?.replaceAll('/', '.') ?? '';
    const { matched } = await rpc.handle(request, reply, {
      prefix: '/rpc',
      context: {
        db: options.db,
        caller: await callerOf(request),
        request: factsOf(request, reply, endpoint),
      },
    });
    if (!matched) await reply.code(404).send({ message: '没有这个接口。' });
  });
  const wiring = { db: options.db, files: options.files, callerOf, factsOf };
  registerFileRoutes(app, options.fileRoutes, wiring);
  await registerUploadRoutes(app, options.uploadRoutes ?? [], wiring);
  if (options.coEditing !== undefined)
    registerCoEditing(app, { db: options.db, options: options.coEditing, callerOf });
  await registerResumableUploads(app, options.mayUpload, wiring);

  app.get('/health', async (_request, reply) => {
    await options.db.selectNoFrom((builder) => builder.lit(1).as('one')).execute();
    return reply.header('cache-control', 'no-store').send({ status: 'ok' });
  });
  if (options.webDirectory !== null) await serveWeb(app, options.webDirectory);
  return app;
};

const serveWeb = async (app: FastifyInstance, directory: string): Promise<void> => {
  await app.register(fastifyStatic, {
    root: directory,
    index: false,
    preCompressed: true,
    setHeaders: (response, path) => {
      response.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const sendPage = (reply: FastifyReply): FastifyReply =>
    reply.header('cache-control', 'no-cache').sendFile('index.html');
  app.get('/', (_request, reply) => sendPage(reply));
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (!wantsPage) return reply.code(404).send({ message: '没有找到。' });
    return sendPage(reply);
  });
};

/** The page's own inline style (the skeleton that paints before any script) is allowed by its hash. */
const inlineStyleHashes = (webDirectory: string | null): string => {
  const page = webDirectory === null ? '' : join(webDirectory, 'index.html');
  if (page === '' || !existsSync(page)) return '';
  return [...readFileSync(page, 'utf8').matchAll(/<style>([\s\S]*?)<\/style>/g)]
    .map(
      ([, style]) =>
        ` 'sha256-${createHash('sha256')
          .update(style ?? '')
          .digest('base64')}'`,
    )
    .join('');
};

const addSecurityHeaders = <Actor>(app: FastifyInstance, options: ServerOptions<Actor>): void => {
  const policy = [
    "default-src 'self'",
    `style-src 'self'${inlineStyleHashes(options.webDirectory)}`,
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', policy);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
    reply.header('cross-origin-opener-policy', 'same-origin');
    if (options.secure) reply.header('strict-transport-security', 'max-age=31536000');
  });
};

/** Closes cross-site requests: a browser says where a request comes from, and only our own page may write. */
const refuseForeignOrigins = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const site = request.headers['sec-fetch-site'];
    const { origin } = request.headers;
    const foreign =
      (site !== undefined && site !== 'same-origin' && site !== 'none') ||
      (origin !== undefined && URL.canParse(origin) && new URL(origin).host !== request.host) ||
      origin === 'null';
    if (foreign) await reply.code(403).send({ message: '请求不是从本系统的页面发出的，已拒绝。' });
  });
};
