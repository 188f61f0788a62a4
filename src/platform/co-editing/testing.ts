import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import * as Y from 'yjs';

export interface TestClient {
  readonly doc: Y.Doc;
  readonly provider: HocuspocusProvider;
  readonly closes: { readonly code: number; readonly reason: string }[];
  /** Reasons for which the document was refused. */
  readonly refusals: string[];
  /** How often an upgrade was answered with something else, by status. */
  readonly statuses: number[];
  readonly stop: () => void;
}

/** A browser's side of a document, over a real WebSocket with the cookie of a real session. */
export const connectTestClient = (
  url: string,
  documentId: string,
  options: { cookie?: string; origin?: string; doc?: Y.Doc; reconnect?: boolean; token?: string } = {},
): TestClient => {
  const closes: { code: number; reason: string }[] = [];
  const refusals: string[] = [];
  const statuses: number[] = [];
  const headers = {
    ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
    origin: options.origin ?? url,
  };
  class Socket extends WebSocket {
    constructor(address: string) {
      super(address, { headers, perMessageDeflate: false });
      this.on('unexpected-response', (_request, { statusCode }) => {
        statuses.push(statusCode ?? 0);
        this.emit('error', new Error(`status ${statusCode}`));
      });
      this.on('error', () => {});
    }
  }
  const socket = new HocuspocusProviderWebsocket({
    url: `${url.replace(/^http/, 'ws')}/co-editing`,
    WebSocketPolyfill: Socket,
    delay: 100,
    minDelay: 100,
    maxDelay: 500,
    ...(options.reconnect === false ? { maxAttempts: 1 } : {}),
  });
  const doc = options.doc ?? new Y.Doc();
  const provider = new HocuspocusProvider({
    name: documentId,
    document: doc,
    websocketProvider: socket,
    token: options.token ?? '',
    onClose: ({ event }) => {
      closes.push({ code: event.code, reason: event.reason });
      if (options.reconnect === false) socket.disconnect();
    },
    onAuthenticationFailed: ({ reason }) => {
      refusals.push(reason);
    },
  });
  provider.attach();
  return {
    doc,
    provider,
    closes,
    refusals,
    statuses,
    stop: () => {
      provider.destroy();
      socket.destroy();
    },
  };
};

/** Waits until something holds. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  what: string,
  seconds = 15,
): Promise<void> => {
  const deadline = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** All that the client wrote is acknowledged. */
export const saved = ({ provider }: TestClient, seconds = 15): Promise<void> =>
  until(() => provider.isSynced && !provider.hasUnsyncedChanges, 'everything saved', seconds);
