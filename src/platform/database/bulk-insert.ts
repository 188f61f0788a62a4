import { type Insertable, sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { DB } from './tables.ts';

const rowsPerStatement = 5000;

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Inserts many rows in few statements; a column that some row names and another leaves out is null there. */
export const insertRows = async <Name extends keyof DB>(
  db: Queryable,
  table: Name,
  rows: readonly Insertable<DB[Name]>[],
): Promise<void> => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const list = sql.join(columns.map((column) => sql.ref(column)));
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const chunk = rows
      .slice(from, from + rowsPerStatement)
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [snakeCase(name), value])));
    await sql`insert into ${sql.table(table)} (${list})
      select ${list} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(chunk)}::jsonb)`.execute(
      db,
    );
  }
};
