import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Both ends inclusive, as in a Range header. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface OpenFile {
  readonly size: number;
  /** Reads the bytes and closes the file at their end. */
  read(range: ByteRange): Readable;
  close(): Promise<void>;
}

/**
 * Where bytes lie: those still coming in under their upload's id, whole ones under their SHA-256. Who may see them and
 * what they are is not its business.
 */
export interface FileStore {
  /** How many bytes of an upload are here; null where there is nothing of it. */
  received(uploadId: string): Promise<number | null>;
  /**
   * Writes bytes from `offset` on and has them on the disk before it returns. `seen` gets each piece once written.
   * What came before the source failed stays; gives the new length.
   */
  receive(
    uploadId: string,
    offset: number,
    source: AsyncIterable<Uint8Array>,
    seen: (bytes: Uint8Array) => void,
  ): Promise<number>;
  readReceived(uploadId: string, until: number): Readable;
  discard(uploadId: string): Promise<void>;
  /**
   * Puts a whole upload under its hash, on the disk for good when it returns; once more is harmless. False where
   * nothing of it is here.
   */
  keep(uploadId: string, sha256: string): Promise<boolean>;
  /** Null where nothing lies under the hash. */
  open(sha256: string): Promise<OpenFile | null>;
  remove(sha256: string): Promise<void>;
  /** A path for programs and readers that need one. */
  pathOfUpload(uploadId: string): string;
  pathOf(sha256: string): string;
  uploadIds(): Promise<string[]>;
  freeBytes(): Promise<number>;
}

/** The pieces of a socket are small; so many bytes go to the disk at once, and no more are lost with the process. */
const bytesAWrite = 256 * 1024;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const sizeAt = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

/** A name in a folder is on the disk only once the folder itself is. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Makes a folder and has its name on the disk. */
const makeFolder = async (folder: string): Promise<void> => {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first !== undefined) await syncFolder(dirname(first));
};

/** `writev` may take less than it was given when the disk is nearly full. */
const writeWhole = async (
  handle: FileHandle,
  pieces: readonly Uint8Array[],
  position: number,
): Promise<void> => {
  let left = [...pieces];
  let at = position;
  while (left.length > 0) {
    let { bytesWritten } = await handle.writev(left, at);
    at += bytesWritten;
    left = left.flatMap((piece) => {
      const taken = Math.min(bytesWritten, piece.byteLength);
      bytesWritten -= taken;
      return taken === piece.byteLength ? [] : [piece.subarray(taken)];
    });
  }
};

/** A store in the file system; `directory` and what lies in it are made when first needed. */
export const openFileStore = (directory: string): FileStore => {
  const incoming = join(directory, 'incoming');
  const pathOfUpload = (uploadId: string): string => join(incoming, uploadId);
  const pathOf = (sha256: string): string => join(directory, sha256.slice(0, 2), sha256);
  return {
    pathOf,
    pathOfUpload,
    received: (uploadId) => sizeAt(pathOfUpload(uploadId)),
    receive: async (uploadId, offset, source, seen) => {
      await makeFolder(incoming);
      const handle = await open(pathOfUpload(uploadId), offset === 0 ? 'w' : 'r+', 0o600);
      let length = offset;
      let waiting: Uint8Array[] = [];
      let waitingBytes = 0;
      const write = async (): Promise<void> => {
        const pieces = waiting;
        [waiting, waitingBytes] = [[], 0];
        await writeWhole(handle, pieces, length);
        for (const piece of pieces) {
          length += piece.byteLength;
          seen(piece);
        }
      };
      try {
        try {
          for await (const bytes of source) {
            waiting.push(bytes);
            waitingBytes += bytes.byteLength;
            if (waitingBytes >= bytesAWrite) await write();
          }
        } finally {
          // Also what came before the line broke.
          await write();
        }
        await handle.datasync();
      } finally {
        await handle.close();
      }
      return length;
    },
    readReceived: (uploadId, until) => createReadStream(pathOfUpload(uploadId), { end: until - 1 }),
    discard: (uploadId) => rm(pathOfUpload(uploadId), { force: true }),
    keep: async (uploadId, sha256) => {
      const from = pathOfUpload(uploadId);
      const to = pathOf(sha256);
      const handle = await open(from, 'r+').catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      });
      // The server was killed between the move and its mark: the bytes lie there already.
      if (handle === null) return (await sizeAt(to)) !== null;
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      await makeFolder(dirname(to));
      // Over what may lie there: these bytes were hashed just now.
      await rename(from, to);
      await syncFolder(dirname(to));
      await syncFolder(incoming);
      return true;
    },
    open: async (sha256) => {
      let handle: FileHandle;
      try {
        handle = await open(pathOf(sha256), 'r');
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
      const { size } = await handle.stat();
      return {
        size,
        read: ({ first, last }) =>
          handle.createReadStream({ start: first, end: last, highWaterMark: 256 * 1024 }),
        close: () => handle.close(),
      };
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    uploadIds: () =>
      readdir(incoming).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      }),
    freeBytes: async () => {
      await makeFolder(directory);
      const { bavail, bsize } = await statfs(directory);
      return bavail * bsize;
    },
  };
};
