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
  { id, sha256 }: Pick<NewPart, 'id' | 'sha256'>,
): Promise<void> => {
  if (!(await removeUpload(db, id, accountId))) return;
  await store.discard(id);
  await removeUnused(db, store, sha256);
};

/** A file that lies in another one, with what a list says of it. */
export interface ExpectedFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
}

interface Taking {
  readonly accountId: string;
  /** False for the operator's command line: only the disk bounds it. */
  readonly bounded: boolean;
}

type NewFile = ExpectedFile & { readonly id: string };

const otherBytes = (name: string) =>
  conflict(`“${name}”的内容和清单里的校验值不符，没有写入。请重新下载资源包，再导入。`);

/** Those that an earlier attempt of the account left untaken, by name and hash; they live on from now. */
const listLeft = async (
  db: Queryable,
  accountId: string,
  hashes: readonly string[],
): Promise<Map<string, string[]>> => {
  const rows = await db
    .updateTable('platform.upload')
    .set({ activeAt: sql`clock_timestamp()` })
    .where('accountId', '=', accountId)
    .where(sql<boolean>`sha256 = any(${[...hashes]}::text[])`)
    .where('prepared', '=', true)
    .where('state', '=', 'stored')
    .where('claimedAt', 'is', null)
    .returning(['id', 'name', 'sha256'])
    .execute();
  const byFile = Map.groupBy(rows, ({ name, sha256 }) => `${sha256} ${name}`);
  return new Map([...byFile].map(([key, found]) => [key, found.map(({ id }) => id)]));
};

/** The bytes themselves prove the hash, also of what lies here already: it may be somebody else's. */
const isOf = async (sha256: string, source: AsyncIterable<Uint8Array>): Promise<boolean> => {
  const hash = createHash('sha256');
  for await (const bytes of source) hash.update(bytes);
  return hash.digest('hex') === sha256;
};

/** False where the file is not here, whole. */
const noteKnown = (db: Database, accountId: string, { id, sha256, name, size }: NewFile): Promise<boolean> =>
  db.transaction().execute(async (transaction) => {
    await lockFile(transaction, sha256);
    const known = await findStoredFile(transaction, sha256);
    if (known === undefined || (await isDamaged(transaction, sha256))) return false;
    await transaction
      .insertInto('platform.upload')
      .values({ id, accountId, name, size, prepared: true, state: 'stored', sha256 })
      .execute();
    return true;
  });

const takeIn = async (
  db: Database,
  store: FileStore,
  { accountId, bounded }: Taking,
  file: NewFile,
): Promise<void> => {
  const { id, name, size, sha256 } = file;
  if ((await findStoredFile(db, sha256)) !== undefined && !(await isDamaged(db, sha256))) {
    if (!(await isOf(sha256, await file.open()))) throw otherBytes(name);
    if (await noteKnown(db, accountId, file)) return;
  }
  const freeBytes = await store.freeBytes();
  await db.transaction().execute(async (transaction) => {
    await lockQuota(transaction);
    await checkRoom(transaction, { accountId, size, prepared: true, bounded }, freeBytes);
    await transaction
      .insertInto('platform.upload')
      .values({ id, accountId, name, size, prepared: true })
      .execute();
  });
  const hash = createHash('sha256');
  await store.receive(id, 0, await file.open(), (bytes) => hash.update(bytes));
  if (hash.digest('hex') !== sha256) throw otherBytes(name);
  const content = await contentOf(store.pathOfUpload(id));
  await db.transaction().execute((transaction) => markStoring(transaction, { id, size }, sha256, content));
  await db.transaction().execute(async (transaction) => {
    await lockFile(transaction, sha256);
    if (!(await store.keep(id, sha256))) throw conflict(`“${name}”没有存好，没有写入。请再导入一次。`);
    await markStored(transaction, id, sha256);
  });
};

/**
 * As `storeParts`, for files too large to be held, each as it comes and an upload of its own; gives the ids in the
 * order of the files. Throws for bytes of another hash, and then leaves nothing of its own behind.
 */
export const storeExpected = async (
  db: Database,
  store: FileStore,
  taking: Taking,
  expected: readonly ExpectedFile[],
): Promise<string[]> => {
  if (expected.length === 0) return [];
  const left = await listLeft(
    db,
    taking.accountId,
    expected.map(({ sha256 }) => sha256),
  );
  const ids: string[] = [];
  const taken: NewFile[] = [];
  try {
    for (const file of expected) {
      const earlier = left.get(`${file.sha256} ${file.name}`)?.pop();
      if (earlier === undefined) {
        const next = { ...file, id: newId() };
        taken.push(next);
        await takeIn(db, store, taking, next);
        ids.push(next.id);
      } else ids.push(earlier);
    }
  } catch (error) {
    for (const file of taken) await giveUp(db, store, taking.accountId, file);
    throw error;
  }
  return ids;
};

async function* onePiece(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
