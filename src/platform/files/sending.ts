import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '#platform/database/database.ts';
import { conflict } from '#platform/refusal.ts';
import { contentDisposition } from './file-name.ts';
import type { FileStore, OpenFile } from './file-store.ts';
import { rangeOf, servingOf } from './serving.ts';
import { isDamaged, type StoredFile } from './uploads.ts';

/** A stored file under the name it bears in a record; whoever makes one has decided that the caller may have it. */
export interface NamedFile {
  readonly fileName: string;
  readonly stored: StoredFile;
}

/** Bytes that are not what was stored are never given out. */
const openWhole = async (db: Database, files: FileStore, { sha256, size }: StoredFile): Promise<OpenFile> => {
  const file = (await isDamaged(db, sha256)) ? null : await files.open(sha256);
  if (file?.size === size) return file;
  await file?.close();
  console.error(`stored file ${sha256} is damaged or missing`);
  throw conflict(
    '这个文件在服务器上已损坏或缺失，不能下载。请联系系统管理员从备份恢复，或请原作者重新上传。',
  );
};

/** Streams a stored file, whole or the one part that was asked for. */
export const sendStoredFile = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { db, files }: { readonly db: Database; readonly files: FileStore },
  { fileName, stored }: NamedFile,
): Promise<FastifyReply> => {
  const { size, type, picture, sha256 } = stored;
  const etag = `"${sha256}"`;
  const { kind, contentType, policy } = servingOf({ name: fileName, type, picture });
  const file = await openWhole(db, files, stored);
  reply
    .header('cache-control', 'private, no-cache')
    .header('etag', etag)
    .header('accept-ranges', 'bytes')
    .header('content-security-policy', policy)
    .header('content-disposition', contentDisposition(kind, fileName));
  const { range: asked, 'if-range': ifRange, 'if-none-match': known } = request.headers;
  if (known !== undefined && known.split(',').some((tag) => tag.trim() === etag)) {
    await file.close();
    return reply.code(304).send();
  }
  const range = ifRange === undefined || ifRange === etag ? rangeOf(asked, size) : null;
  if (range === 'beyond') {
    await file.close();
    return reply
      .code(416)
      .header('content-range', `bytes */${size}`)
      .send({ message: '要读取的位置超出了文件的末尾，请刷新页面后重试。' });
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  reply
    .code(range === null ? 200 : 206)
    .header('content-type', contentType)
    .header('content-length', last - first + 1);
  if (range !== null) reply.header('content-range', `bytes ${first}-${last}/${size}`);
  if (request.method === 'HEAD') {
    await file.close();
    return reply.send(Readable.from([]));
  }
  return reply.send(file.read({ first, last }));
};
