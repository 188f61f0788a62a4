import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { conflict } from '#platform/refusal.ts';
import { contentOf } from './content-type.ts';
import type { FileStore } from './file-store.ts';
import { checkRoom, findStoredFile, isDamaged, lockFile, markStored, markStoring } from './uploads.ts';

interface Part {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The account has these bytes already; what no record took up lives on from now. */
const hasUpload = async (db: Queryable, accountId: string, sha256: string): Promise<boolean> => {
  const rows = await db
    .updateTable('platform.upload')
    .set({ activeAt: sql`clock_timestamp()` })
    .where('accountId', '=', accountId)
    .where('sha256', '=', sha256)
    .where('state', '=', 'stored')
    .returning('id')
    .execute();
  return rows.length > 0;
};

/**
 * In a transaction: puts what the server took out of somebody's file away as whole uploads of theirs, for a record to
 * take up. Parts that nothing takes up are swept as any upload. Throws where quota or disk have no room.
 */
export const storeParts = async (
  db: Queryable,
  store: FileStore,
  accountId: string,
  parts: readonly Part[],
): Promise<void> => {
  if (parts.length === 0) return;
  const bytes = parts.reduce((sum, part) => sum + part.bytes.length, 0);
  await checkRoom(db, { accountId, size: bytes, prepared: true }, await store.freeBytes());
  const hashed = parts.map((part) => ({
    ...part,
    sha256: createHash('sha256').update(part.bytes).digest('hex'),
  }));
  // Locks are taken in one order, whatever the order in the file.
  for (const part of hashed.toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1))) {
    await lockFile(db, part.sha256);
    if (!(await hasUpload(db, accountId, part.sha256))) await storePart(db, store, accountId, part);
  }
};

const storePart = async (
  db: Queryable,
  store: FileStore,
  accountId: string,
  { name, bytes, sha256 }: Part & { readonly sha256: string },
): Promise<void> => {
  const upload = { id: newId(), accountId, name, size: bytes.length };
  await db
    .insertInto('platform.upload')
    .values({ ...upload, prepared: true })
    .execute();
  await store.receive(upload.id, 0, onePiece(bytes), () => {});
  const content = await contentOf(store.pathOfUpload(upload.id));
  await markStoring(db, { ...upload, state: 'receiving', sha256: null }, sha256, content);
  if (!(await store.keep(upload.id, sha256)))
    throw conflict('文件里的图片没有存好，请重新选择这个文件再试一次。');
  await markStored(db, upload.id, sha256);
};

interface Expected {
  readonly accountId: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/** Nothing of it stays where it is not what was expected. */
const receiveExpected = async (
  store: FileStore,
  id: string,
  sha256: string,
  source: AsyncIterable<Uint8Array>,
): Promise<boolean> => {
  const hash = createHash('sha256');
  try {
    await store.receive(id, 0, source, (bytes) => hash.update(bytes));
    if (hash.digest('hex') === sha256) return true;
  } catch (error) {
    await store.discard(id);
    throw error;
  }
  await store.discard(id);
  return false;
};

/**
 * In a transaction: puts one file that the server takes out of another away as an upload of its own, as it comes; what
 * lies here already is not read again. False where the bytes have another hash.
 */
export const storeExpected = async (
  db: Queryable,
  store: FileStore,
  { sha256, ...file }: Expected,
  open: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<string | false> => {
  const upload = { id: newId(), ...file };
  await lockFile(db, sha256);
  const known = await findStoredFile(db, sha256);
  if (known !== undefined && !(await isDamaged(db, sha256))) {
    await db
      .insertInto('platform.upload')
      .values({ ...upload, prepared: true, state: 'stored', sha256 })
      .execute();
    return upload.id;
  }
  await checkRoom(db, { ...file, prepared: true }, await store.freeBytes());
  await db
    .insertInto('platform.upload')
    .values({ ...upload, prepared: true })
    .execute();
  if (!(await receiveExpected(store, upload.id, sha256, await open()))) return false;
  const content = await contentOf(store.pathOfUpload(upload.id));
  await markStoring(db, { ...upload, state: 'receiving', sha256: null }, sha256, content);
  if (!(await store.keep(upload.id, sha256))) return false;
  await markStored(db, upload.id, sha256);
  return upload.id;
};

async function* onePiece(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
