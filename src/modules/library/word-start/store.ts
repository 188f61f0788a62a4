import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { WordDesign } from '../word-in/contract.ts';

export const insertBroughtWord = async (
  db: Queryable,
  brought: {
    readonly accountId: string;
    readonly name: string;
    readonly kind: ItemKind;
    readonly design: WordDesign;
  },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.broughtWord')
    .values({ id, ...brought, design: JSON.stringify(brought.design) })
    .execute();
  return id;
};

/** Of the account that brought it; for anybody else there is none. */
export const findBroughtWord = (db: Queryable, id: string, accountId: string) =>
  db
    .selectFrom('library.broughtWord')
    .where('id', '=', id)
    .where('accountId', '=', accountId)
    .select(['id', 'name', sql<ItemKind>`kind`.as('kind'), sql<WordDesign>`design`.as('design')])
    .executeTakeFirst();

/** Brought before a moment and not used. */
export const removeBroughtWords = async (db: Queryable, before: string): Promise<void> => {
  await db.deleteFrom('library.broughtWord').where('broughtAt', '<', before).execute();
};
