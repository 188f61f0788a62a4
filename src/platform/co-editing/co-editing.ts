import { type Connection, Hocuspocus } from '@hocuspocus/server';
import type { WebSocket } from 'ws';
import type { Database } from '#platform/database/database.ts';
import type { Caller } from '#platform/http/endpoint.ts';
import { isId } from '#platform/ids.ts';
import { createAppender } from './appending.ts';
import { addsNothing, clientsSpokenOf, isUpdate, vouchFor } from './changes.ts';
import { closeCodes } from './close-codes.ts';
import { applyParts, compactDocument, findDocument, listHeads, listPartsAfter } from './document-log.ts';

/** What somebody may do with a document; null is nothing, as if it did not exist. */
export type DocumentAccess = 'edit' | 'read' | null;

export interface CoEditingOptions<Actor> {
  /** Asked when a document is opened and again every few seconds while it stays open. */
  readonly authorise: (documentId: string, caller: Caller<Actor>) => Promise<DocumentAccess>;
}

const recheckEvery = 2_500;
const compactAfter = 400;
/** A design with everything that was ever deleted from it; pictures are kept elsewhere. */
const largestDocument = 16 * 2 ** 20;
const largestBacklog = 8 * 2 ** 20;
/** Of y-protocols: the second and third kind of synchronising message carry changes. */
const carriesChanges = (type: number): boolean => type === 1 || type === 2;

const personOf = ({ origin }: Pick<Caller<unknown>, 'origin'>): string => origin.personId ?? origin.accountId;

interface Visit<Actor> {
  readonly socket: WebSocket;
  /** Reads the session anew; `active` when the person did something since the last time. */
  authenticate(active: boolean): Promise<Caller<Actor> | null>;
  caller: Caller<Actor>;
  active: boolean;
  backlog: number;
}

interface Context<Actor> {
  readonly visit: Visit<Actor>;
}

interface OpenDocument {
  known: number;
  bytes: number;
  sinceCompacted: number;
}

/** The server's side of documents that several people write at once. Knows updates and callers, not what is written. */
export const createCoEditing = <Actor>(db: Database, { authorise }: CoEditingOptions<Actor>) => {
  const open = new Map<string, OpenDocument>();
  const visits = new Set<Visit<Actor>>();

  const append = createAppender(db, (id, first, last) => {
    const document = open.get(id);
    if (document === undefined) return;
    if (first > document.known + 1)
      pull(id).catch((error: unknown) => console.error(`co-editing: ${id} is behind:`, error));
    else document.known = Math.max(document.known, last);
  });

  /** Brings in what other processes appended. */
  const pull = async (id: string): Promise<void> => {
    const state = open.get(id);
    const document = hocuspocus.documents.get(id);
    if (state === undefined || document === undefined) return;
    const pieces = await listPartsAfter(db, id, state.known);
    applyParts(
      document,
      id,
      pieces.map(({ bytes }) => bytes),
      { source: 'local', skipStoreHooks: true },
    );
    state.known = Math.max(state.known, pieces.at(-1)?.number ?? 0);
  };

  let stopping = false;
  const compacting = new Set<Promise<void>>();
  const compact = (id: string): void => {
    if (stopping) return;
    const work = compactDocument(db, id)
      .catch((error: unknown) => console.error(`co-editing: ${id} not compacted:`, error))
      .finally(() => compacting.delete(work));
    compacting.add(work);
  };

  /** Whom the message that is being handled speaks of, by connection. */
  const spokenOf = new WeakMap<object, ReadonlySet<number>>();

  const hocuspocus: Hocuspocus<Context<Actor>> = new Hocuspocus<Context<Actor>>({
    quiet: true,
    // Nothing waits to be stored: every update is in the database before it is applied.
    debounce: 0,
    maxDebounce: 0,
    maxPendingDocuments: 4,
    maxUnauthenticatedQueueSize: 2 ** 20,
    onAuthenticate: ({ documentName, connectionConfig, context, token }) =>
      orTryAgain(context.visit, async () => {
        // Somebody else signed in on the device since the page was opened: what waits in it is not theirs.
        if (token !== '' && token !== personOf(context.visit.caller)) throw new Refused('another-person');
        const access = isId(documentName) ? await authorise(documentName, context.visit.caller) : null;
        const [head] = access === null ? [] : await listHeads(db, [documentName]);
        if (head === undefined) throw new Refused('not-found');
        connectionConfig.readOnly = access === 'read' || head.closed;
      }),
    onLoadDocument: ({ document, documentName, context }) =>
      orTryAgain(context.visit, async () => {
        const stored = await findDocument(db, documentName);
        if (stored === undefined) throw new Refused('not-found');
        applyParts(document, documentName, stored.parts);
        open.set(documentName, {
          known: stored.lastNumber,
          bytes: stored.parts.reduce((sum, { length }) => sum + length, 0),
          sinceCompacted: stored.parts.length - 1,
        });
      }),
    beforeSync: async ({ connection, context, document, documentName, payload, type }) => {
      if (!carriesChanges(type) || connection.readOnly) return;
      if (!isUpdate(payload)) throw new Refused('unreadable');
      if (addsNothing(document, payload)) return;
      const state = open.get(documentName);
      if (state === undefined || state.bytes + payload.length > largestDocument)
        throw new Refused('too-large');
      context.visit.active = true;
      state.bytes += payload.length;
      // The update is a view of the message, which may be reused: keep its own bytes.
      const { personId } = context.visit.caller.origin;
      if (await append(documentName, { personId, bytes: payload.slice() })) {
        state.sinceCompacted += 1;
        if (state.sinceCompacted < compactAfter) return;
        state.sinceCompacted = 0;
        compact(documentName);
      } else {
        // Closed in the meantime: the update is answered as not applied, and the page learns why.
        connection.readOnly = true;
        setImmediate(() => context.visit.socket.close(closeCodes.documentClosed, 'document closed'));
      }
    },
    beforeHandleMessage: async ({ connection, update }) => {
      const clients = clientsSpokenOf(update);
      if (clients !== null) spokenOf.set(connection, clients);
    },
    beforeHandleAwareness: async ({ awareness, connection, context, document, states }) => {
      if (connection === undefined || context === undefined) return;
      const { name } = context.visit.caller.origin;
      vouchFor(
        states,
        {
          spokenOf: spokenOf.get(connection) ?? new Set(),
          own: new Set(document.getClients(connection)),
          all: new Set(awareness.getStates().keys()),
        },
        { id: personOf(context.visit.caller), name },
      );
    },
    afterHandleMessage: async ({ context, update }) => {
      context.visit.backlog -= update.byteLength;
    },
    afterUnloadDocument: async ({ documentName }) => {
      if ((open.get(documentName)?.sinceCompacted ?? 0) > 0) compact(documentName);
      open.delete(documentName);
    },
  });

  const end = (visit: Visit<Actor>, code: number, reason: string): void => visit.socket.close(code, reason);

  const recheckVisit = async (visit: Visit<Actor>): Promise<Caller<Actor> | null> => {
    const caller = await visit.authenticate(visit.active);
    visit.active = false;
    if (caller === null || caller.mustChangePassword) {
      end(visit, closeCodes.sessionEnded, 'session ended');
      return null;
    }
    visit.caller = caller;
    return caller;
  };

  const recheckConnection = async (
    connection: Connection<Context<Actor>>,
    caller: Caller<Actor>,
    closed: boolean,
  ): Promise<void> => {
    const access = await authorise(connection.document.name, caller);
    const readOnly = access === 'read' || closed;
    if (access === null) end(connection.context.visit, closeCodes.rightEnded, 'right ended');
    else if (readOnly !== connection.readOnly)
      end(connection.context.visit, closeCodes.documentClosed, 'right changed');
  };

  /** Asks again for every session, right and document, and brings in what other processes wrote. */
  const recheck = async (): Promise<void> => {
    const heads = new Map((await listHeads(db, [...open.keys()])).map((head) => [head.id, head]));
    for (const [id, { known }] of open) if ((heads.get(id)?.lastNumber ?? 0) > known) await pull(id);
    const callers = new Map<Visit<Actor>, Caller<Actor>>();
    for (const visit of visits) {
      const caller = await recheckVisit(visit);
      if (caller !== null) callers.set(visit, caller);
    }
    for (const document of hocuspocus.documents.values())
      for (const connection of document.getConnections()) {
        const caller = callers.get(connection.context.visit);
        if (caller !== undefined)
          await recheckConnection(connection, caller, heads.get(document.name)?.closed ?? false);
      }
  };

  // One at a time: while one is slow, the next waits for its own turn of the clock.
  let rechecking: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (rechecking !== null) return;
    rechecking = recheck()
      .catch((error: unknown) => console.error('co-editing: rights not asked again:', error))
      .finally(() => {
        rechecking = null;
      });
  }, recheckEvery);
  timer.unref();

  return {
    /** A socket whose session and origin have been checked. */
    receive: (
      socket: WebSocket,
      request: Request,
      caller: Caller<Actor>,
      authenticate: Visit<Actor>['authenticate'],
    ): void => {
      const visit: Visit<Actor> = { socket, authenticate, caller, active: true, backlog: 0 };
      const client = hocuspocus.handleConnection(socket, request, { visit });
      visits.add(visit);
      socket.on('message', (data, isBinary) => {
        if (!isBinary || !Buffer.isBuffer(data)) {
          socket.close(1003, 'binary only');
          return;
        }
        visit.backlog += data.byteLength;
        if (visit.backlog > largestBacklog) socket.close(1008, 'too much at once');
        else client.handleMessage(data);
      });
      socket.on('close', (code, reason) => {
        visits.delete(visit);
        client.handleClose({ code, reason: reason.toString() });
      });
      // A frame that breaks the protocol or is too large: ws closes the connection itself.
      socket.on('error', () => {});
    },
    countFor: (accountId: string): number =>
      [...visits].filter(({ caller }) => caller.origin.accountId === accountId).length,
    count: (): number => visits.size,
    /** Ends every connection; what was acknowledged is in the database already. */
    stop: async (): Promise<void> => {
      stopping = true;
      clearInterval(timer);
      for (const { socket } of visits) socket.close(closeCodes.restart, 'restart');
      await rechecking;
      await Promise.all(compacting);
      await Promise.all(
        [...hocuspocus.documents.values()].flatMap((document) =>
          document.getConnections().map((connection) => connection.waitForPendingMessages()),
        ),
      );
      for (const { socket } of visits) socket.terminate();
    },
  };
};

/**
 * A refusal is told to the client; a fault (the database is away for a moment) ends the connection instead, so that the
 * client comes again by itself and is not told that it may not.
 */
const orTryAgain = async ({ socket }: { socket: WebSocket }, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) socket.close(1011, 'try again');
    throw error;
  }
};

/** What the client is told, in one word. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: string;
  constructor(reason: string) {
    // Hocuspocus writes what has a message into the log; this is no fault.
    super('');
    this.reason = reason;
  }
}
