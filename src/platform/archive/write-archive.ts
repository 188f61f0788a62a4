import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface ArchivePart {
  /** With `/` between folders. */
  readonly path: string;
  /** Known beforehand: a part of more than 4 GB then says so in its own header too. */
  readonly size?: number;
  /** What is packed already (films, pictures, Office files) lies in it as it is. */
  readonly packed: boolean;
  /** Asked when its turn has come. */
  readonly open: () => Promise<Readable>;
}

/** The day that every part bears: the same content is the same archive. */
const mtime = new Date('2000-01-01T00:00:00Z');

/** Resolves once the part has gone out whole; `begun` gets what is being read. */
const put = (
  zip: ZipFile,
  { path, size, packed, open }: ArchivePart,
  begun: (source: Readable) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const options = { mtime, forceDosTimestamp: true, mode: 0o100644, compress: !packed };
    zip.addReadStreamLazy(path, size === undefined ? options : { ...options, size }, (give) => {
      const begin = async (): Promise<void> => {
        const source = await open();
        source.once('error', reject);
        source.once('close', () => reject(new Error('a part ended early')));
        source.once('end', resolve);
        begun(source);
        give(null, source);
      };
      begin().catch(reject);
    });
  });

/**
 * A zip (zip64 where it is large) made while it is read: one part after the other, none held. Where a part fails, or the
 * reader goes away, the rest is not made; what has gone out lacks its directory, and no program takes it for whole.
 */
export const writeArchive = (parts: AsyncIterable<ArchivePart>): Readable => {
  const zip = new ZipFile();
  const out = new PassThrough();
  // yazl writes headers without waiting; what it is piped into waits for the reader.
  zip.outputStream.pipe(out);
  zip.on('error', (error: Error) => out.destroy(error));
  let current: Readable | null = null;
  out.once('close', () => current?.destroy());
  const write = async (): Promise<void> => {
    for await (const part of parts) {
      if (out.destroyed) return;
      await put(zip, part, (source) => {
        current = source;
        if (out.destroyed) source.destroy();
      });
    }
    zip.end();
  };
  write().catch((error: unknown) => {
    if (!out.destroyed) out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return out;
};
