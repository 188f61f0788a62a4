import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import type { FileStore } from './file-store.ts';

export interface FileDamage {
  readonly sha256: string;
  readonly kind: 'missing' | 'changed';
  /** The names under which people uploaded it. */
  readonly names: readonly string[];
}

export interface FileCheck {
  readonly files: number;
  readonly bytes: number;
  readonly damaged: readonly FileDamage[];
}

const pageSize = 500;

/** What lies under a hash, against the hash itself. */
const stateOf = async (store: FileStore, sha256: string): Promise<FileDamage['kind'] | 'whole'> => {
  const file = await store.open(sha256);
  if (file === null) return 'missing';
  if (file.size === 0) {
    await file.close();
    return 'changed';
  }
  const hash = createHash('sha256');
  for await (const bytes of file.read({ first: 0, last: file.size - 1 })) hash.update(bytes);
  return hash.digest('hex') === sha256 ? 'whole' : 'changed';
};

/**
 * Reads every stored file and compares it with its hash. A damaged one is marked, so that it is never given out; one
 * that has been put right again, from a backup say, is given out again. The server may run meanwhile.
 */
export const checkStoredFiles = async (db: Database, store: FileStore): Promise<FileCheck> => {
  const damaged: FileDamage[] = [];
  let files = 0;
  let bytes = 0;
  let after = '';
  for (;;) {
    const page = await db
      .selectFrom('platform.file')
      .select(['sha256', 'size'])
      .where('storedAt', 'is not', null)
      .where('sha256', '>', after)
      .orderBy('sha256')
      .limit(pageSize)
      .execute();
    for (const { sha256, size } of page) {
      const state = await stateOf(store, sha256);
      await db
        .updateTable('platform.file')
        .set({ damagedAt: state === 'whole' ? null : sql`coalesce(damaged_at, clock_timestamp())` })
        .where('sha256', '=', sha256)
        .execute();
      if (state !== 'whole') damaged.push({ sha256, kind: state, names: await namesOf(db, sha256) });
      files += 1;
      bytes += size;
    }
    after = page.at(-1)?.sha256 ?? after;
    if (page.length < pageSize) return { files, bytes, damaged };
  }
};

const namesOf = async (db: Database, sha256: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('platform.upload')
    .select('name')
    .distinct()
    .where('sha256', '=', sha256)
    .orderBy('name')
    .limit(3)
    .execute();
  return rows.map(({ name }) => name);
};
