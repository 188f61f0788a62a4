import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import type { FileStore } from './file-store.ts';
import { abandonedAfterMs, lockFile } from './uploads.ts';

/** Neither an upload nor another file, of which it was made, refers to the row of `platform.file as file`. */
const isUnused = sql<boolean>`not exists (select from platform.upload where upload.sha256 = file.sha256)
  and not exists (select from platform.derived_file as derived where derived.sha256 = file.sha256)`;

/**
 * Removes uploads that were given up, then files that nothing refers to any more; what was made of them goes with the next run. Safe to run twice at once, and to
 * be killed in: what is left is found by the next run.
 */
export const sweepFiles = async (db: Database, store: FileStore, now: Date): Promise<void> => {
  await db
    .deleteFrom('platform.upload')
    .where('claimedAt', 'is', null)
    .where('activeAt', '<', new Date(now.getTime() - abandonedAfterMs).toISOString())
    .execute();
  for (const id of await store.uploadIds())
    if (
      (await db.selectFrom('platform.upload').select('id').where('id', '=', id).executeTakeFirst()) ===
      undefined
    )
      await store.discard(id);
  const unused = await db.selectFrom('platform.file as file').select('file.sha256').where(isUnused).execute();
  for (const { sha256 } of unused) await removeUnused(db, store, sha256);
};

/** Removes row and bytes of a file that no upload refers to. */
export const removeUnused = (db: Database, store: FileStore, sha256: string): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await lockFile(transaction, sha256);
    const removed = await transaction
      .deleteFrom('platform.file as file')
      .where('file.sha256', '=', sha256)
      .where(isUnused)
      .returning('file.sha256')
      .executeTakeFirst();
    if (removed !== undefined) await store.remove(sha256);
  });
