import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { conflict } from '#platform/refusal.ts';
import { contentOf } from './content-type.ts';
import type { FileStore } from './file-store.ts';
import { removeUnused } from './upkeep.ts';
import {
  checkRoom,
  findStoredFile,
  isDamaged,
  lockFile,
  lockQuota,
  markStored,
  markStoring,
  removeUpload,
} from './uploads.ts';

interface Part {
  readonly name: string;
  readonly bytes: Buffer;
}

interface NewPart extends Part {
  readonly id: string;
  readonly sha256: string;
}

/** Those of the hashes that the account has already; what no record took up lives on from now. */
const listOwn = async (db: Queryable, accountId: string, hashes: readonly string[]): Promise<Set<string>> => {
  const rows = await db
    .updateTable('platform.upload')
    .set({ activeAt: sql`clock_timestamp()` })
    .where('accountId', '=', accountId)
    .where('sha256', 'in', hashes)
    .where('state', '=', 'stored')
    .returning('sha256')
    .execute();
  return new Set(rows.map(({ sha256 }) => sha256 ?? ''));
};

/** Notes the parts as uploads of the account; the lock on the quota is held for this alone. */
const announce = async (
  db: Database,
  accountId: string,
  parts: readonly NewPart[],
  freeBytes: number,
): Promise<void> => {
  const size = parts.reduce((sum, part) => sum + part.bytes.length, 0);
  await db.transaction().execute(async (transaction) => {
    await lockQuota(transaction);
    await checkRoom(transaction, { accountId, size, prepared: true }, freeBytes);
    await transaction
      .insertInto('platform.upload')
      .values(
        parts.map(({ id, name, bytes }) => ({ id, accountId, name, size: bytes.length, prepared: true })),
      )
      .execute();
  });
};

/**
 * Puts what the server took out of somebody's file away as whole uploads of theirs, for a record to take up. Outside of
 * any transaction: each upload stands in the database before its bytes lie on the disk, so that whatever is not taken
 * up, or was left by a server that was killed, is swept as any upload. Throws where quota or disk have no room, and
 * then leaves nothing behind.
 */
export const storeParts = async (
  db: Database,
  store: FileStore,
  accountId: string,
  parts: readonly Part[],
): Promise<void> => {
  const hashed = new Map(
    parts.map((part) => {
      const sha256 = createHash('sha256').update(part.bytes).digest('hex');
      return [sha256, { ...part, sha256, id: newId() }] as const;
    }),
  );
  if (hashed.size === 0) return;
  const own = await listOwn(db, accountId, [...hashed.keys()]);
  const missing = [...hashed.values()].filter(({ sha256 }) => !own.has(sha256));
  if (missing.length === 0) return;
  await announce(db, accountId, missing, await store.freeBytes());
  try {
    for (const part of missing) await storePart(db, store, accountId, part);
  } catch (error) {
    for (const part of missing) await giveUp(db, store, accountId, part);
    throw error;
  }
};

const storePart = async (
  db: Database,
  store: FileStore,
  accountId: string,
  { id, sha256, bytes }: NewPart,
): Promise<void> => {
  await store.receive(id, 0, onePiece(bytes), () => {});
  const content = await contentOf(store.pathOfUpload(id));
  const upload = { id, size: bytes.length };
  await db.transaction().execute((transaction) => markStoring(transaction, upload, sha256, content));
  await db.transaction().execute(async (transaction) => {
    await lockFile(transaction, sha256);
    // The same file was brought twice at once.
    if ((await listOwn(transaction, accountId, [sha256])).size > 0) {
      await removeUpload(transaction, id, accountId);
      return store.discard(id);
    }
    if (!(await store.keep(id, sha256))) throw conflict('文件里的图片没有存好，请重新选择这个文件再试一次。');
    await markStored(transaction, id, sha256);
  });
};

const giveUp = async (
  db: Database,
  store: FileStore,
  accountId: string,
  { id, sha256 }: NewPart,
): Promise<void> => {
  if (!(await removeUpload(db, id, accountId))) return;
  await store.discard(id);
  await removeUnused(db, store, sha256);
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
  await markStoring(db, upload, sha256, content);
  if (!(await store.keep(upload.id, sha256))) return false;
  await markStored(db, upload.id, sha256);
  return upload.id;
};

async function* onePiece(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
