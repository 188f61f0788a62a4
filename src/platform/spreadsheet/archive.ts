import type { Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import type { TableLimits, TableSource } from './table-row.ts';
import { damaged, tooLarge, UnreadableFile } from './unreadable-file.ts';

const ratioMatters = 16 * 1024 * 1024;
const mostEntries = 10_000;

export interface Archive {
  has(name: string): boolean;
  names(): IterableIterator<string>;
  /** Unpacks one part as it is read; null when there is no such part. */
  open(name: string, mostBytes: number): Promise<AsyncGenerator<Buffer> | null>;
  close(): void;
}

/** Opens a zip and reads its directory only; a zip inside it is a part like any other and is never opened. */
export async function openArchive(source: TableSource, limits: TableLimits): Promise<Archive> {
  const entries = new Map<string, yauzl.Entry>();
  let zip: yauzl.ZipFile;
  try {
    zip =
      'bytes' in source
        ? await yauzl.fromBufferPromise(source.bytes, { lazyEntries: true, autoClose: false })
        : await yauzl.openPromise(source.path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw damaged(error);
  }
  try {
    if (zip.entryCount > mostEntries) throw tooLarge('压缩文件里的内容过多');
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  } catch (error) {
    zip.close();
    throw error instanceof UnreadableFile ? error : damaged(error);
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    names: () => entries.keys(),
    close: () => zip.close(),
    async open(name, mostBytes) {
      const entry = entries.get(name.toLowerCase());
      if (entry === undefined) return null;
      if (entry.isEncrypted())
        throw new UnreadableFile('unsafe', '文件加了密码，无法读取。请取消密码、另存后再上传。');
      checkSize(entry.uncompressedSize, entry.compressedSize, mostBytes, limits);
      let stream: Readable;
      try {
        stream = await zip.openReadStreamPromise(entry);
      } catch (error) {
        throw damaged(error);
      }
      return unpack(stream, entry.compressedSize, mostBytes, limits);
    },
  };
}

function checkSize(unpacked: number, packed: number, mostBytes: number, limits: TableLimits): void {
  if (unpacked > mostBytes) throw tooLarge('文件解开后过大');
  if (unpacked > ratioMatters && unpacked > packed * limits.ratio)
    throw new UnreadableFile(
      'unsafe',
      '文件的压缩比例异常，可能是压缩炸弹，已拒绝读取。请用办公软件新建文件，只复制需要的内容后再上传。',
    );
}

/** Counts what really comes out, because the sizes in a zip's directory are the sender's word. */
async function* unpack(
  stream: Readable,
  packed: number,
  mostBytes: number,
  limits: TableLimits,
): AsyncGenerator<Buffer> {
  let unpacked = 0;
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) throw damaged();
      unpacked += chunk.length;
      checkSize(unpacked, packed, mostBytes, limits);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged(error);
  } finally {
    stream.destroy();
  }
}
