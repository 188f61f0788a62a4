import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import { openDatabase } from './database.ts';

/** Plain `NNNN-what.sql` files, forward only, each in one transaction with its mark of having run. */
class SqlFiles implements MigrationProvider {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async getMigrations(): Promise<Record<string, Migration>> {
    const names = (await readdir(this.#directory)).filter((name) => name.endsWith('.sql')).sort();
    const entries = names.map(async (name): Promise<[string, Migration]> => {
      const text = await readFile(join(this.#directory, name), 'utf8');
      return [
        name.replace(/\.sql$/, ''),
        {
          async up(db: Kysely<unknown>): Promise<void> {
            await sql.raw(text).execute(db);
          },
        },
      ];
    });
    return Object.fromEntries(await Promise.all(entries));
  }
}

export interface MigrationOutcome {
  readonly applied: readonly string[];
}

/**
 * Brings the database at `ownerUrl` to the newest schema; running it twice at once is safe.
 * Throws when the database is newer than this program or a file that already ran is missing.
 */
export const migrate = async (ownerUrl: string, directory: string): Promise<MigrationOutcome> => {
  const { db, close } = openDatabase(ownerUrl, { connections: 1 });
  try {
    const migrator = new Migrator({
      db,
      provider: new SqlFiles(directory),
      migrationTableSchema: 'migration',
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw new Error('数据库升级没有完成，未作任何改动。', { cause: error });
    return {
      applied: (results ?? []).filter((one) => one.status === 'Success').map((one) => one.migrationName),
    };
  } finally {
    await close();
  }
};
