import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WebSocketServer } from 'ws';
import type { Database } from '#platform/database/database.ts';
import type { Caller } from '#platform/http/endpoint.ts';
import { type CoEditingOptions, createCoEditing } from './co-editing.ts';

const path = '/co-editing';
/** One message; a long paste is far smaller, and pictures are uploaded as files. */
const largestMessage = 2 * 2 ** 20;
const mostConnections = 3_000;
const mostPerAccount = 20;

interface Wiring<Actor> {
  readonly db: Database;
  readonly options: CoEditingOptions<Actor>;
  /** Whoever is behind the request now; without `active` the session is not counted as used. */
  callerOf(request: FastifyRequest, active: boolean): Promise<Caller<Actor> | null>;
}

/** Whether a browser sent the request from a page that is not ours; other programs name no origin. */
const isForeign = (request: FastifyRequest): boolean => {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.host;
};

/**
 * Takes WebSockets at `/co-editing`. The upgrade goes through Fastify like any request, so that address, cookies and
 * proxies are read in one way.
 */
export const registerCoEditing = <Actor>(app: FastifyInstance, wiring: Wiring<Actor>): void => {
  const coEditing = createCoEditing(wiring.db, wiring.options);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
  });
  const upgrades = new WeakMap<IncomingMessage, { socket: Duplex; head: Buffer }>();

  app.server.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?')[0] !== path) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    upgrades.set(request, { socket, head });
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as never);
    response.once('finish', () => socket.end());
    app.routing(request, response);
  });

  app.get(path, async (request, reply) => {
    const upgrade = upgrades.get(request.raw);
    if (upgrade === undefined) return reply.code(426).send({ message: '这个地址只接受协同编辑的连接。' });
    if (isForeign(request))
      return reply.code(403).send({ message: '请求不是从本系统的页面发出的，已拒绝。' });
    const caller = await wiring.callerOf(request, true);
    if (caller === null || caller.mustChangePassword)
      return reply.code(401).send({ message: '登录已过期，请重新登录。' });
    if (coEditing.count() >= mostConnections || coEditing.countFor(caller.origin.accountId) >= mostPerAccount)
      return reply.code(503).send({ message: '打开的编辑页太多，请关闭几个后再试。' });
    const { socket, head } = upgrade;
    reply.hijack();
    reply.raw.detachSocket(socket as never);
    sockets.handleUpgrade(request.raw, socket, head, (webSocket) => {
      coEditing.receive(webSocket, new Request(`http://localhost${path}`), caller, (active) =>
        wiring.callerOf(request, active),
      );
    });
    return reply;
  });

  app.addHook('preClose', () => coEditing.stop());
};
