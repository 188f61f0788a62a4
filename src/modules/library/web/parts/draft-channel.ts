import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import type * as Y from 'yjs';

const address = (): string => {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${window.location.host}/co-editing`;
};

/** A document's line to the server, for one person: nothing goes before it is attached. */
export const draftChannel = (documentId: string, document: Y.Doc, personId: string) => {
  const socket = new HocuspocusProviderWebsocket({ url: address(), maxDelay: 5_000 });
  const provider = new HocuspocusProvider({
    name: documentId,
    document,
    websocketProvider: socket,
    // Whose text this is: the cookie may be somebody else's by the time the line is back.
    token: personId,
  });
  return { socket, provider };
};

/** Any other refusal is a fault that passes: the server has ended the connection, and it is made anew. */
export const isForGood = (reason: string): boolean => reason === 'not-found' || reason === 'another-person';
