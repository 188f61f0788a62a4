import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { AdaptationScope } from '../adaptation/policy.ts';
import { isAdaptationVisible } from '../adaptation/store.ts';
import type { ItemScope } from '../item/policy.ts';
import { isVisible } from '../item/store.ts';

/** The item that a document belongs to: the draft of its next version, or a school's own form of it. */
export const findItemOfDocument = async (db: Queryable, documentId: string): Promise<string | undefined> => {
  const round = await db
    .selectFrom('library.round')
    .select('itemId')
    .where('id', '=', documentId)
    .executeTakeFirst();
  if (round !== undefined) return round.itemId;
  const adaptation = await db
    .selectFrom('library.adaptation')
    .select('itemId')
    .where('id', '=', documentId)
    .executeTakeFirst();
  return adaptation?.itemId;
};

export interface PicturePlace {
  readonly documentId: string;
  readonly itemId: string;
}

export const insertPicture = async (
  db: Queryable,
  picture: PicturePlace & { readonly sha256: string; readonly uploadId: string },
): Promise<void> => {
  await db
    .insertInto('library.picture')
    .values(picture)
    .onConflict((target) => target.columns(['documentId', 'sha256']).doNothing())
    .execute();
};

/** Held to the end of the transaction, so that the most a draft may have is the most it gets. */
export const lockPictures = async (db: Queryable, documentId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`library.picture:${documentId}`}, 0))`.execute(
    db,
  );
};

export const countPictures = async (db: Queryable, documentId: string): Promise<number> => {
  const { count } = await db
    .selectFrom('library.picture')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('documentId', '=', documentId)
    .executeTakeFirstOrThrow();
  return count;
};

/** An upload by which the account brought these bytes itself. */
export const findOwnUpload = async (
  db: Queryable,
  accountId: string,
  sha256: string,
): Promise<string | undefined> => {
  const row = await db
    .selectFrom('platform.upload')
    .select('id')
    .where('accountId', '=', accountId)
    .where('sha256', '=', sha256)
    .where('state', '=', 'stored')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
};

export interface ReadingScopes {
  readonly item: ItemScope;
  readonly adaptation: AdaptationScope;
}

/** Documents in which a picture stands and of whose item or adaptation somebody sees something, the newest first. */
export const listPictureDocuments = async (
  db: Queryable,
  sha256: string,
  scopes: ReadingScopes,
): Promise<string[]> => {
  const rows = await db
    .selectFrom('library.picture as picture')
    .innerJoin('library.item as item', 'item.id', 'picture.itemId')
    .leftJoin('library.adaptation as adaptation', 'adaptation.id', 'picture.documentId')
    .where('picture.sha256', '=', sha256)
    .where(
      sql<boolean>`case when adaptation.id is null then ${isVisible(scopes.item)}
        else ${isAdaptationVisible(scopes.adaptation)} end`,
    )
    .select('picture.documentId')
    .orderBy('picture.addedAt', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ documentId }) => documentId);
};

/** Pictures that are noted in a document. */
export const listPictures = async (db: Queryable, documentId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('library.picture')
    .select('sha256')
    .where('documentId', '=', documentId)
    .execute();
  return rows.map(({ sha256 }) => sha256);
};

/**
 * An upload of a picture that stands in a published version, or in what was saved of an adaptation, within what
 * somebody may read; undefined where there is none. Looks at no text: what stands where is noted when it is published
 * or saved.
 */
export const findReadablePicture = async (
  db: Queryable,
  sha256: string,
  scopes: ReadingScopes,
): Promise<string | undefined> => {
  const found = await db
    .selectFrom('library.standingPicture as standing')
    .innerJoin('library.item as item', 'item.id', 'standing.itemId')
    .leftJoin('library.adaptation as adaptation', 'adaptation.id', 'standing.adaptationId')
    .where('standing.sha256', '=', sha256)
    .where(
      sql<boolean>`case when adaptation.id is null then ${isVisible(scopes.item)}
        else ${isAdaptationVisible(scopes.adaptation)} end`,
    )
    .select('standing.uploadId')
    .limit(1)
    .executeTakeFirst();
  return found?.uploadId;
};

/** Of the pictures that are noted in a document, those that were published, or saved of an adaptation. */
export const insertStanding = async (
  db: Queryable,
  { documentId, itemId }: PicturePlace,
  as: 'published' | 'saved',
  files: readonly string[],
): Promise<void> => {
  await sql`
    insert into library.standing_picture (sha256, item_id, adaptation_id, upload_id)
    select sha256, ${itemId}, ${as === 'saved' ? documentId : null}::uuid, upload_id
    from library.picture where document_id = ${documentId} and sha256 = any(${[...files]}::text[])
    on conflict do nothing`.execute(db);
};

/** Keeps an upload that a record names, whoever's it is. */
export const claim = async (db: Queryable, uploadId: string): Promise<void> => {
  await db
    .updateTable('platform.upload')
    .set({ claimedAt: sql`coalesce(claimed_at, clock_timestamp())` })
    .where('id', '=', uploadId)
    .execute();
};
