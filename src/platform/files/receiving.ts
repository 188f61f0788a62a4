import { createHash, type Hash } from 'node:crypto';
import { type Origin, recordAudit } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { contentOf } from './content-type.ts';
import type { FileStore } from './file-store.ts';
import {
  lockFile,
  markBytesLost,
  markReceived,
  markStored,
  markStoring,
  removeUpload,
  type Upload,
} from './uploads.ts';

/** Hashes of uploads that are coming in; more than so many at once are read again from the disk at their end. */
const mostRunning = 200;

interface RunningHash {
  readonly hash: Hash;
  /** How many bytes it has seen. */
  length: number;
}

export interface Receiver {
  /** How many bytes are here. A whole upload that a killed server left half put away is put away first. */
  offsetOf(upload: Upload, origin: Origin): Promise<number>;
  /** Takes bytes in; the last ones put the file in its place. One call at a time for an upload. */
  take(upload: Upload, offset: number, source: AsyncIterable<Uint8Array>, origin: Origin): Promise<number>;
  /** Gives an upload up; false where a record has taken it up or there is none. */
  cancel(upload: Upload, origin: Origin): Promise<boolean>;
}

export const createReceiver = (db: Database, store: FileStore): Receiver => {
  const running = new Map<string, RunningHash>();

  const runningFor = (id: string, offset: number): RunningHash | null => {
    const known = running.get(id);
    if (known?.length === offset) return known;
    running.delete(id);
    if (offset !== 0) return null;
    const begun = { hash: createHash('sha256'), length: 0 };
    running.set(id, begun);
    const [oldest] = running.keys();
    if (running.size > mostRunning && oldest !== undefined) running.delete(oldest);
    return begun;
  };

  /** Of the bytes as they came in, or, after a restart, as they lie on the disk. */
  const digestOf = async ({ id, size }: Upload): Promise<string> => {
    const known = running.get(id);
    running.delete(id);
    if (known?.length === size) return known.hash.digest('hex');
    const hash = createHash('sha256');
    for await (const bytes of store.readReceived(id, size)) hash.update(bytes);
    return hash.digest('hex');
  };

  /** False where the bytes are lost: the upload begins again. */
  const putAway = (upload: Upload, sha256: string, origin: Origin): Promise<boolean> =>
    db.transaction().execute(async (transaction) => {
      await lockFile(transaction, sha256);
      if (!(await store.keep(upload.id, sha256))) {
        await markBytesLost(transaction, upload.id);
        return false;
      }
      await markStored(transaction, upload.id, sha256);
      await recordAudit(transaction, origin, {
        action: 'platform.file-uploaded',
        objectKind: 'upload',
        objectId: upload.id,
        after: { name: upload.name, size: upload.size, sha256 },
      });
      return true;
    });

  const finish = async (upload: Upload, origin: Origin): Promise<void> => {
    const sha256 = await digestOf(upload);
    const content = await contentOf(store.pathOfUpload(upload.id));
    await db.transaction().execute((transaction) => markStoring(transaction, upload, sha256, content));
    await putAway(upload, sha256, origin);
  };

  return {
    offsetOf: async (upload, origin) => {
      if (upload.state === 'stored') return upload.size;
      if (upload.state === 'storing' && upload.sha256 !== null) {
        return (await putAway(upload, upload.sha256, origin)) ? upload.size : 0;
      }
      const received = (await store.received(upload.id)) ?? 0;
      if (received === upload.size) await finish(upload, origin);
      return received;
    },
    take: async (upload, offset, source, origin) => {
      const known = runningFor(upload.id, offset);
      try {
        const length = await store.receive(upload.id, offset, source, (bytes) => {
          if (known === null) return;
          known.hash.update(bytes);
          known.length += bytes.byteLength;
        });
        if (length === upload.size) await finish(upload, origin);
        return length;
      } finally {
        await markReceived(db, upload.id);
      }
    },
    cancel: async (upload, origin) => {
      const removed = await db.transaction().execute(async (transaction) => {
        if (!(await removeUpload(transaction, upload.id, upload.accountId))) return false;
        await recordAudit(transaction, origin, {
          action: 'platform.upload-cancelled',
          objectKind: 'upload',
          objectId: upload.id,
          before: { name: upload.name, size: upload.size },
        });
        return true;
      });
      if (removed) {
        running.delete(upload.id);
        await store.discard(upload.id);
      }
      return removed;
    },
  };
};
