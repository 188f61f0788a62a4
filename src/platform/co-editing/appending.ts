import * as Y from 'yjs';
import type { Database } from '#platform/database/database.ts';
import { appendUpdates, type Change } from './document-log.ts';

/** Changes of one document that arrive within this many milliseconds share one transaction. */
const window = 3;

interface Waiting extends Change {
  settle(taken: boolean): void;
  fail(error: unknown): void;
}

/** Neighbouring changes by one person become one. */
const merged = (waiting: readonly Waiting[]): Change[] => {
  const runs: { personId: string | null; parts: Uint8Array[] }[] = [];
  for (const { personId, bytes } of waiting) {
    const last = runs.at(-1);
    if (last !== undefined && last.personId === personId) last.parts.push(bytes);
    else runs.push({ personId, parts: [bytes] });
  }
  return runs.map(({ personId, parts }) => ({
    personId,
    bytes: parts.length === 1 && parts[0] !== undefined ? parts[0] : Y.mergeUpdates(parts),
  }));
};

/**
 * Appends a document's changes in batches: whoever waits is answered only when the change is in the database. The
 * answer is whether it was taken: a closed document takes none.
 */
export const createAppender = (
  db: Database,
  /** The numbers a batch took; those before it that one does not know are another process's. */
  appended: (id: string, first: number, last: number) => void,
) => {
  const queues = new Map<string, Waiting[]>();

  const drain = async (id: string): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, window));
    for (
      let batch = queues.get(id)?.splice(0) ?? [];
      batch.length > 0;
      batch = queues.get(id)?.splice(0) ?? []
    )
      try {
        const changes = merged(batch);
        const last = await appendUpdates(db, id, changes);
        if (last !== null) appended(id, last - changes.length + 1, last);
        for (const one of batch) one.settle(last !== null);
      } catch (error) {
        for (const one of batch) one.fail(error);
      }
    queues.delete(id);
  };

  return (id: string, change: Change): Promise<boolean> =>
    new Promise((settle, fail) => {
      const queue = queues.get(id);
      const waiting = { ...change, settle, fail };
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      queues.set(id, [waiting]);
      void drain(id);
    });
};
