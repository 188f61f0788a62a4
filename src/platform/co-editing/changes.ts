import * as Y from 'yjs';

/** Whether bytes are an update at all; what is not is never kept. */
export const isUpdate = (bytes: Uint8Array): boolean => {
  try {
    Y.decodeUpdate(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Whether a document has everything an update says already (a client repeats much when it comes back). */
export const addsNothing = (doc: Y.Doc, bytes: Uint8Array): boolean => {
  const { structs } = Y.decodeUpdate(bytes);
  const isNew = structs.some(({ id, length }) => id.clock + length > Y.getState(doc.store, id.client));
  return !isNew && Y.snapshotContainsUpdate(Y.snapshot(doc), bytes);
};

/** Room for a name, a place in the text and what a page likes to add. */
const largestPresence = 4_000;

/**
 * What a client says of itself, made trustworthy: only of its own clients, never under another name.
 * Throws when it is too large. `states` is changed in place.
 */
export const vouchFor = (
  states: Map<number, Record<string, unknown>>,
  known: { readonly own: ReadonlySet<number>; readonly all: ReadonlySet<number> },
  user: { readonly id: string; readonly name: string },
): void => {
  for (const [client, state] of states) {
    const mine = known.own.has(client) || (known.own.size === 0 && !known.all.has(client));
    if (!mine) states.delete(client);
    else {
      if (JSON.stringify(state).length > largestPresence) throw new Error('presence is too large');
      state['user'] = { ...user };
    }
  }
  if (states.size > 1) throw new Error('one connection, one presence');
};
