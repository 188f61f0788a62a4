import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import * as yauzl from 'yauzl';

export type ArchiveFault = 'not-an-archive' | 'cut-off' | 'unsafe-path' | 'encrypted' | 'too-many' | 'bomb';

/** An archive that is not read further; whoever asked for it says so in words. */
export class UnreadableArchive extends Error {
  override readonly name = 'UnreadableArchive';
  readonly fault: ArchiveFault;

  constructor(fault: ArchiveFault, cause?: unknown) {
    super(fault, { cause });
    this.fault = fault;
  }
}

export interface OpenArchive {
  /** Unpacked sizes by path, of everything that is not a folder. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Unpacks one part as it is read, never more than its size. */
  read(path: string): Promise<Readable>;
  close(): void;
}

interface Limits {
  readonly entries: number;
  /** How many times larger than the file all of it together may become. */
  readonly ratio: number;
}

/** Below it no ratio matters. */
const harmless = 64 * 2 ** 20;

const begins = async (path: string): Promise<string> => {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
};

const faultOf = (error: unknown, head: string): UnreadableArchive => {
  if (error instanceof UnreadableArchive) return error;
  const text = error instanceof Error ? error.message : '';
  if (/relative path|absolute path|invalid characters in fileName/.test(text))
    return new UnreadableArchive('unsafe-path', error);
  return new UnreadableArchive(head.startsWith('PK') ? 'cut-off' : 'not-an-archive', error);
};

/** Reads a zip's directory only, and refuses what would unpack to far more than it is. */
export const openZip = async (path: string, limits: Limits): Promise<OpenArchive> => {
  const head = await begins(path);
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true });
  } catch (error) {
    throw faultOf(error, head);
  }
  const entries = new Map<string, yauzl.Entry>();
  try {
    if (zip.entryCount > limits.entries) throw new UnreadableArchive('too-many');
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (entries.has(entry.fileName)) throw new UnreadableArchive('unsafe-path');
      if (entry.isEncrypted()) throw new UnreadableArchive('encrypted');
      total += entry.uncompressedSize;
      entries.set(entry.fileName, entry);
    }
    if (total > harmless && total > zip.fileSize * limits.ratio) throw new UnreadableArchive('bomb');
  } catch (error) {
    zip.close();
    throw faultOf(error, head);
  }
  return {
    sizes: new Map([...entries].map(([name, { uncompressedSize }]) => [name, uncompressedSize])),
    close: () => zip.close(),
    read: async (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new UnreadableArchive('cut-off');
      try {
        return await zip.openReadStreamPromise(entry);
      } catch (error) {
        throw faultOf(error, head);
      }
    },
  };
};
