import * as decoding from 'lib0/decoding';
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

/** Of whom a message with presence speaks; null for a message of another kind. */
export const clientsSpokenOf = (message: Uint8Array): ReadonlySet<number> | null => {
  const frame = decoding.createDecoder(message);
  decoding.readVarString(frame);
  if (decoding.readVarUint(frame) !== 1) return null;
  const update = decoding.createDecoder(decoding.readVarUint8Array(frame));
  const clients = new Set<number>();
  for (let left = decoding.readVarUint(update); left > 0; left -= 1) {
    clients.add(decoding.readVarUint(update));
    decoding.readVarUint(update);
    decoding.readVarString(update);
  }
  return clients;
};

/**
 * What a client says of itself, made trustworthy: only of its own client, never under another name. Throws when it
 * is too large. `states` is changed in place; it may hold others than were spoken of, for Hocuspocus 4.7 decodes
 * into an Awareness that has an empty state of its own.
 */
export const vouchFor = (
  states: Map<number, Record<string, unknown>>,
  known: {
    readonly spokenOf: ReadonlySet<number>;
    readonly own: ReadonlySet<number>;
    readonly all: ReadonlySet<number>;
  },
  user: { readonly id: string; readonly name: string },
): void => {
  const mine = [...known.spokenOf].filter(
    (client) => known.own.has(client) || (known.own.size === 0 && !known.all.has(client)),
  );
  for (const [client, state] of states)
    if (client !== mine[0]) states.delete(client);
    else {
      if (JSON.stringify(state).length > largestPresence) throw new Error('presence is too large');
      state['user'] = { ...user };
    }
};
