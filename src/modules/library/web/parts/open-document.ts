import { type HocuspocusProvider, WebSocketStatus } from '@hocuspocus/provider';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { closeCodes } from '#platform/co-editing/close-codes.ts';
import { isRecord } from '#platform/is-record.ts';
import { keptDocumentName } from '#web/kept-documents.ts';
import { draftChannel, isForGood } from './draft-channel.ts';

/** Somebody who has the draft open. */
export interface Presence {
  readonly client: number;
  readonly id: string;
  readonly name: string;
  /** The key of the section in which they are. */
  readonly section: string | null;
  readonly mine: boolean;
}

export interface DocumentState {
  /** The whole text has been here once, from the server or from this device. */
  readonly ready: boolean;
  /** `ended`: the session or the right is gone; nothing is sent until the page is opened anew. */
  readonly line: 'connecting' | 'saved' | 'saving' | 'offline' | 'ended';
  /** This device keeps what is written, so that closing the page loses nothing. */
  readonly keptHere: boolean;
  readonly mayEdit: boolean;
  /** Written here and refused, for the draft was closed: it is on this device only. */
  readonly heldBack: boolean;
  readonly people: readonly Presence[];
}

export interface OpenDocument {
  readonly doc: Y.Doc;
  readonly provider: HocuspocusProvider;
  readonly getState: () => DocumentState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Says to the others in which section one is. */
  readonly enterSection: (key: string | null) => void;
  readonly close: () => void;
}

const peopleOf = (states: ReadonlyMap<number, unknown>, own: number): Presence[] =>
  [...states].flatMap(([client, state]) => {
    const user = isRecord(state) ? state['user'] : null;
    if (!isRecord(state) || !isRecord(user)) return [];
    const { section } = state;
    return [
      {
        client,
        id: String(user['id']),
        name: String(user['name']),
        section: typeof section === 'string' ? section : null,
        mine: client === own,
      },
    ];
  });

/**
 * A draft's document in this page: with the server over a WebSocket, on this device in IndexedDB, so that neither a
 * dead line nor a closed browser loses a letter. What stands on the device is forgotten when all of it is saved.
 */
export const openDocument = (
  documentId: string,
  me: { readonly id: string; readonly name: string },
): OpenDocument => {
  const doc = new Y.Doc();
  const { socket, provider } = draftChannel(documentId, doc, me.id);
  let state: DocumentState = {
    ready: false,
    line: 'connecting',
    keptHere: false,
    mayEdit: false,
    heldBack: false,
    people: [],
  };
  const listeners = new Set<() => void>();
  /** The first attempt has come to an end, well or badly. */
  let tried = false;
  const firstAttempt = setTimeout(() => {
    tried = true;
    update();
  }, 5_000);
  let connected = false;
  let ended = false;
  let authenticated = false;
  const update = (change: Partial<DocumentState> = {}): void => {
    const unsaved = provider.hasUnsyncedChanges;
    const open = connected && authenticated;
    const reads = provider.authorizedScope === 'readonly';
    const next: DocumentState = {
      ...state,
      ...change,
      line: ended
        ? 'ended'
        : !open
          ? tried
            ? 'offline'
            : 'connecting'
          : unsaved && !reads
            ? 'saving'
            : 'saved',
      mayEdit: !ended && (reads ? false : authenticated || state.mayEdit || change.mayEdit === true),
      heldBack: reads && unsaved && state.ready,
      people: peopleOf(provider.awareness?.getStates() ?? new Map(), doc.clientID),
    };
    state = next;
    for (const listener of listeners) listener();
  };

  let persistence: IndexeddbPersistence | null = null;
  try {
    persistence = new IndexeddbPersistence(keptDocumentName(me.id, documentId), doc);
    persistence.whenSynced.then(
      () =>
        update({
          keptHere: true,
          ...(doc.share.size > 0 && doc.getMap('sections').size > 0 ? { ready: true, mayEdit: true } : {}),
        }),
      () => update(),
    );
  } catch {
    // A private window may forbid it: then the page says that it keeps nothing.
  }

  socket.on('status', ({ status }: { status: WebSocketStatus }) => {
    connected = status === WebSocketStatus.Connected;
    if (!connected) {
      authenticated = false;
      if (status === WebSocketStatus.Disconnected) tried = true;
    }
    update();
  });
  socket.on('close', ({ event }: { event: { code: number } }) => {
    if (event.code !== closeCodes.sessionEnded && event.code !== closeCodes.rightEnded) return;
    ended = true;
    socket.disconnect();
    update();
  });
  provider.on('authenticated', () => {
    authenticated = true;
    update();
  });
  provider.on('authenticationFailed', ({ reason }: { reason: string }) => {
    if (!isForGood(reason)) return;
    ended = true;
    socket.disconnect();
    update();
  });
  provider.on('synced', () => update({ ready: true }));
  provider.on('unsyncedChanges', () => update());
  provider.on('awarenessChange', () => update());
  // For this page only: to the others the server says who it is.
  provider.setAwarenessField('user', { id: me.id, name: me.name });
  provider.attach();

  return {
    doc,
    provider,
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    enterSection: (key) => {
      const own = provider.awareness?.getLocalState();
      if (isRecord(own) && own['section'] !== key) provider.setAwarenessField('section', key);
    },
    close: () => {
      clearTimeout(firstAttempt);
      const allSaved = state.line === 'saved' && !provider.hasUnsyncedChanges;
      provider.destroy();
      socket.destroy();
      listeners.clear();
      const done = allSaved ? persistence?.clearData() : persistence?.destroy();
      done?.catch(() => {});
      doc.destroy();
    },
  };
};
