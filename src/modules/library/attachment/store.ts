import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { extensionOf } from '#platform/files/file-name.ts';
import { newId } from '#platform/ids.ts';
import { isOwnFirstPage } from '#platform/preview/previews.ts';

interface NewAttachment {
  readonly itemId: string;
  readonly title: string;
  readonly addedBy: string;
}

interface LinkFields {
  readonly url: string;
  readonly accessCode: string;
  readonly expiresOn: Day | null;
}

const standing = (db: Queryable) =>
  db
    .selectFrom('library.attachment as a')
    .leftJoin('organisation.person as person', 'person.id', 'a.addedBy')
    .leftJoin('platform.upload as upload', 'upload.id', 'a.uploadId')
    .leftJoin('platform.file as file', 'file.sha256', 'upload.sha256')
    .where('a.removedAt', 'is', null)
    .select([
      'a.id',
      'a.itemId',
      'a.kind',
      'a.title',
      'a.url',
      'a.accessCode',
      'a.expiresOn',
      'a.version',
      'a.addedAt',
      sql<string>`coalesce(person.name, '资源包')`.as('addedByName'),
      'upload.name as fileName',
      'file.sha256',
      'file.size',
      'file.type',
      'file.width',
      'file.height',
    ]);

export type StoredAttachment = Awaited<ReturnType<typeof listAttachments>>[number];

/** Of one item, those after a given one. */
export const listAttachments = (db: Queryable, itemId: string, afterId: string | null, limit: number) => {
  const query = standing(db).where('a.itemId', '=', itemId);
  return (afterId === null ? query : query.where('a.id', '>', afterId))
    .orderBy('a.id')
    .limit(limit)
    .execute();
};

export const findAttachment = (db: Queryable, id: string): Promise<StoredAttachment | undefined> =>
  standing(db).where('a.id', '=', id).executeTakeFirst();

/** Of each item the file it is known by: the first that has a picture of its first page, else the first. */
export const listCovers = async (db: Queryable, itemIds: readonly string[]) => {
  const rows = await db
    .selectFrom('library.attachment as a')
    .innerJoin('platform.upload as upload', 'upload.id', 'a.uploadId')
    .innerJoin('platform.file as file', 'file.sha256', 'upload.sha256')
    .where('a.removedAt', 'is', null)
    .where(sql<boolean>`a.item_id = any(${[...itemIds]}::uuid[])`)
    .select([
      'a.itemId',
      'a.id',
      'upload.name',
      'file.sha256',
      'file.size',
      'file.type',
      'file.width',
      'file.height',
      sql<boolean>`exists (select from platform.derived_file as derived
        where derived.source_sha256 = file.sha256 and derived.kind = 'first-page')`.as('drawn'),
    ])
    .orderBy('a.itemId')
    .orderBy('a.id')
    .execute();
  const found = rows.map(({ width, height, drawn, ...file }) => ({
    ...file,
    picture:
      drawn ||
      isOwnFirstPage({ ...file, picture: width === null || height === null ? null : { width, height } }),
  }));
  return new Map(
    [...Map.groupBy(found, ({ itemId }) => itemId)].flatMap(([itemId, files]) => {
      const shown = files.find(({ picture }) => picture) ?? files[0];
      return shown === undefined
        ? []
        : [
            [
              itemId,
              {
                attachmentId: shown.id,
                picture: shown.picture,
                ending: extensionOf(shown.name).slice(0, 5).toUpperCase(),
              },
            ] as const,
          ];
    }),
  );
};

/** Held to the end of the transaction, so that the most an item may have is the most it gets. */
export const lockItemAttachments = async (db: Queryable, itemId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`library.attachment:${itemId}`}, 0))`.execute(db);
};

export const countAttachments = async (db: Queryable, itemId: string): Promise<number> => {
  const { count } = await db
    .selectFrom('library.attachment')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('itemId', '=', itemId)
    .where('removedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
};

export const findAttachmentOfUpload = async (
  db: Queryable,
  itemId: string,
  uploadId: string,
): Promise<string | undefined> => {
  const row = await db
    .selectFrom('library.attachment')
    .select('id')
    .where('itemId', '=', itemId)
    .where('uploadId', '=', uploadId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  return row?.id;
};

export const insertFile = async (
  db: Queryable,
  attachment: NewAttachment & { readonly uploadId: string },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.attachment')
    .values({ id, kind: 'file', ...attachment })
    .execute();
  return id;
};

export const insertLink = async (db: Queryable, attachment: NewAttachment & LinkFields): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.attachment')
    .values({ id, kind: 'link', ...attachment })
    .execute();
  return id;
};

/** The new version; undefined where another one stands. */
export const updateAttachment = async (
  db: Queryable,
  id: string,
  version: number,
  fields: { readonly title: string } & Partial<LinkFields>,
): Promise<number | undefined> => {
  const row = await db
    .updateTable('library.attachment')
    .set({ ...fields, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removedAt', 'is', null)
    .returning('version')
    .executeTakeFirst();
  return row?.version;
};

/** A mark: row and file stay. */
export const markRemoved = async (
  db: Queryable,
  id: string,
  version: number,
  removedBy: string,
): Promise<boolean> => {
  const row = await db
    .updateTable('library.attachment')
    .set({ removedAt: sql`clock_timestamp()`, removedBy, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};
