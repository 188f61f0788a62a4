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

/** Documents in which a picture stands, the newest first. */
export const listPictureDocuments = async (db: Queryable, sha256: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('library.picture')
    .select('documentId')
    .where('sha256', '=', sha256)
    .orderBy('addedAt', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ documentId }) => documentId);
};

export interface ReadingScopes {
  readonly item: ItemScope;
  readonly adaptation: AdaptationScope;
}

/**
 * An upload of a picture that stands in a published version, or in what was saved of an adaptation, within what
 * somebody may read; undefined where there is none.
 */
export const findReadablePicture = async (
  db: Queryable,
  sha256: string,
  scopes: ReadingScopes,
): Promise<string | undefined> => {
  const published = await db
    .selectFrom('library.picture as picture')
    .innerJoin('library.item as item', 'item.id', 'picture.itemId')
    .where('picture.sha256', '=', sha256)
    .where(isVisible(scopes.item))
    .where(
      sql<boolean>`exists (select from library.version as version where version.item_id = item.id
        and strpos(version.content::text, ${sha256}) > 0)`,
    )
    .select('picture.uploadId')
    .limit(1)
    .executeTakeFirst();
  if (published !== undefined) return published.uploadId;
  const adapted = await db
    .selectFrom('library.picture as picture')
    .innerJoin('library.adaptation as adaptation', 'adaptation.id', 'picture.documentId')
    .innerJoin('library.item as item', 'item.id', 'adaptation.itemId')
    .where('picture.sha256', '=', sha256)
    .where(isAdaptationVisible(scopes.adaptation))
    .where(
      sql<boolean>`exists (select from library.adaptation_revision as revision
        where revision.adaptation_id = adaptation.id and strpos(revision.touched::text, ${sha256}) > 0)`,
    )
    .select('picture.uploadId')
    .limit(1)
    .executeTakeFirst();
  return adapted?.uploadId;
};

/** Keeps an upload that a record names, whoever's it is. */
export const claim = async (db: Queryable, uploadId: string): Promise<void> => {
  await db
    .updateTable('platform.upload')
    .set({ claimedAt: sql`coalesce(claimed_at, clock_timestamp())` })
    .where('id', '=', uploadId)
    .execute();
};
