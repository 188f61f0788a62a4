import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import type { Content } from './content-type.ts';
import type { PictureSize } from './picture-size.ts';

/** In bytes. A film of a whole lesson fits. */
export const largestFile = 4 * 2 ** 30;
/** Of one account: what it has begun or finished and no record has taken up yet. */
export const unclaimedQuota = { bytes: 5 * largestFile, uploads: 100 } as const;
/** Kept free on the disk for the database and what else writes there. */
export const reservedBytes = 2 * 2 ** 30;
/** An upload that got no bytes, and a whole one that no record took up, goes after this time. */
export const abandonedAfterMs = 7 * 86_400_000;

export interface Upload {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly size: number;
  readonly state: string;
  readonly sha256: string | null;
}

/** A file that is whole and in its place, as a record refers to it. */
export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
  readonly type: string;
  readonly picture: PictureSize | null;
}

const uploadColumns = ['id', 'accountId', 'name', 'size', 'state', 'sha256'] as const;

/** Of one account's own; what is another's does not exist for it. */
export const findUpload = (db: Queryable, id: string, accountId: string): Promise<Upload | undefined> =>
  db
    .selectFrom('platform.upload')
    .select(uploadColumns)
    .where('id', '=', id)
    .where('accountId', '=', accountId)
    .executeTakeFirst();

const lock = async (db: Queryable, name: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`platform.${name}`}, 0))`.execute(db);
};

const inGigabytes = (bytes: number): string => `${Number((bytes / 2 ** 30).toFixed(1))} GB`;

interface Asked {
  readonly accountId: string;
  readonly size: number;
  /** Made by the server out of a person's file: its bytes count, its number does not. */
  readonly prepared: boolean;
  /** False where no quota holds, only the disk's room. */
  readonly bounded?: boolean;
}

/** Held to the end of a short transaction that counts and announces; never while bytes are written. */
export const lockQuota = (db: Queryable): Promise<void> => lock(db, 'upload-quota');

/** In a transaction that holds `lockQuota`; throws where quota or disk have no room. */
export const checkRoom = async (
  db: Queryable,
  { accountId, size, prepared, bounded = true }: Asked,
  freeBytes: number,
): Promise<void> => {
  const sums = await db
    .selectFrom('platform.upload')
    .where('claimedAt', 'is', null)
    .select([
      sql<number>`count(*) filter (where account_id = ${accountId} and not prepared)`.as('uploads'),
      sql<number>`coalesce(sum(size) filter (where account_id = ${accountId}), 0)`.as('bytes'),
      sql<number>`coalesce(sum(size) filter (where state = 'receiving'), 0)`.as('announced'),
    ])
    .executeTakeFirstOrThrow();
  const tooMany = !prepared && sums.uploads >= unclaimedQuota.uploads;
  if (bounded && (tooMany || sums.bytes + size > unclaimedQuota.bytes))
    throw conflict(
      `您还有 ${sums.uploads} 个文件（共 ${inGigabytes(sums.bytes)}）没有传完或没有用上，已到上限。请先传完并保存，或取消不要的，再上传新的。`,
    );
  if (freeBytes - sums.announced - size < reservedBytes)
    throw conflict('服务器的存储空间不够放下这个文件，暂时不能上传。请联系系统管理员清理或扩容后再试。');
};

export type NewUpload = Pick<Upload, 'id' | 'accountId' | 'name' | 'size'>;

/** In a transaction. The same upload announced twice is one; throws where quota or disk have no room. */
export const beginUpload = async (db: Queryable, upload: NewUpload, freeBytes: number): Promise<void> => {
  const { accountId, size } = upload;
  if (!Number.isSafeInteger(size) || size <= 0) throw invalid('文件是空的，没有可上传的内容。');
  if (size > largestFile)
    throw invalid(
      `单个文件最大 ${inGigabytes(largestFile)}，这个文件有 ${inGigabytes(size)}。请压缩或分段后再上传。`,
    );
  await lockQuota(db);
  const earlier = await findUpload(db, upload.id, accountId);
  if (earlier !== undefined) {
    if (earlier.size === size && earlier.name === upload.name) return;
    throw conflict('这个上传编号已用于另一个文件，请重新选择文件。');
  }
  await checkRoom(db, { accountId, size, prepared: false }, freeBytes);
  const made = await db
    .insertInto('platform.upload')
    .values(upload)
    .onConflict((target) => target.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw conflict('这个上传编号已经用过，请重新选择文件。');
};

export const markReceived = async (db: Queryable, id: string): Promise<void> => {
  await db
    .updateTable('platform.upload')
    .set({ activeAt: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute();
};

/** In a transaction: all bytes are here and this is what they are; they have yet to be put in their place. */
export const markStoring = async (
  db: Queryable,
  { id, size }: Pick<Upload, 'id' | 'size'>,
  sha256: string,
  { type, picture }: Content,
): Promise<void> => {
  await lockFile(db, sha256);
  await db
    .insertInto('platform.file')
    .values({ sha256, size, type, width: picture?.width ?? null, height: picture?.height ?? null })
    .onConflict((target) => target.column('sha256').doNothing())
    .execute();
  await db
    .updateTable('platform.upload')
    .set({ state: 'storing', sha256, activeAt: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute();
};

/** Held to the end of the transaction by whoever moves, or removes, the bytes under a hash. */
export const lockFile = (db: Queryable, sha256: string): Promise<void> => lock(db, `file:${sha256}`);

/** In a transaction that holds `lockFile`: the bytes lie under their hash; they heal what was found damaged. */
export const markStored = async (db: Queryable, id: string, sha256: string): Promise<void> => {
  await db
    .updateTable('platform.file')
    .set({ storedAt: sql`coalesce(stored_at, clock_timestamp())`, damagedAt: null })
    .where('sha256', '=', sha256)
    .execute();
  await db.updateTable('platform.upload').set({ state: 'stored' }).where('id', '=', id).execute();
};

/** What was to be put under its hash is gone from the disk. */
export const markBytesLost = async (db: Queryable, id: string): Promise<void> => {
  await db
    .updateTable('platform.upload')
    .set({ state: 'receiving', sha256: null })
    .where('id', '=', id)
    .execute();
};

/** Forgets an upload that no record has taken up; false where there is none. */
export const removeUpload = async (db: Queryable, id: string, accountId: string): Promise<boolean> => {
  const removed = await db
    .deleteFrom('platform.upload')
    .where('id', '=', id)
    .where('accountId', '=', accountId)
    .where('claimedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return removed !== undefined;
};

export interface ClaimedUpload extends StoredFile {
  readonly name: string;
}

/**
 * For a module's action, in its transaction: takes an own finished upload into a record, so that it is kept. Throws for
 * one that is not the account's own or has not come in whole.
 */
export const claimUpload = async (
  db: Queryable,
  { uploadId, accountId }: { uploadId: string; accountId: string },
): Promise<ClaimedUpload> => {
  const upload = await findUpload(db, uploadId, accountId);
  if (upload === undefined) throw notFound('没有找到这次上传，可能已过期被清理。请重新上传文件。');
  const claimed = await db
    .updateTable('platform.upload')
    .set({ claimedAt: sql`coalesce(claimed_at, clock_timestamp())` })
    .where('id', '=', uploadId)
    .where('state', '=', 'stored')
    .returning('sha256')
    .executeTakeFirst();
  const file = claimed === undefined ? undefined : await findStoredFile(db, claimed.sha256 ?? '');
  if (file === undefined) throw conflict('文件还没有传完，请等进度到 100% 后再保存。');
  return { name: upload.name, ...file };
};

/** What a record needs to give a file out; undefined before it is in its place. */
export const findStoredFile = async (db: Queryable, sha256: string): Promise<StoredFile | undefined> => {
  const row = await db
    .selectFrom('platform.file')
    .select(['sha256', 'size', 'type', 'width', 'height'])
    .where('sha256', '=', sha256)
    .where('storedAt', 'is not', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { width, height, ...file } = row;
  return { ...file, picture: width === null || height === null ? null : { width, height } };
};

export const isDamaged = async (db: Queryable, sha256: string): Promise<boolean> => {
  const row = await db
    .selectFrom('platform.file')
    .select('damagedAt')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row?.damagedAt !== null;
};
