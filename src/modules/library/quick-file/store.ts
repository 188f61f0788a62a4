import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';

/** The unit of the volumes that somebody, or a colleague of their schools, taught last by the reflections. */
export const findUnitTaughtLast = async (
  db: Queryable,
  where: {
    readonly personId: string;
    readonly schoolIds: readonly string[];
    readonly volumeIds: readonly string[];
  },
): Promise<string | undefined> => {
  const row = await db
    .selectFrom('library.reflection as reflection')
    .innerJoin('library.adaptation as adaptation', 'adaptation.id', 'reflection.adaptationId')
    .innerJoin('library.item as item', 'item.id', 'adaptation.itemId')
    .where('reflection.withdrawnAt', 'is', null)
    .where('item.unitId', 'is not', null)
    .where(sql<boolean>`item.volume_id = any(${[...where.volumeIds]}::uuid[])`)
    .where((is) =>
      is.or([
        is('reflection.personId', '=', where.personId),
        is(sql<boolean>`adaptation.school_id = any(${[...where.schoolIds]}::uuid[])`, '=', true),
      ]),
    )
    .select('item.unitId')
    .orderBy(sql`reflection.person_id = ${where.personId}`, 'desc')
    .orderBy('reflection.taughtOn', 'desc')
    .orderBy('reflection.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.unitId ?? undefined;
};
