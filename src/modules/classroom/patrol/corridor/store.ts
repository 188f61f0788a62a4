import type { Queryable } from '#platform/database/database.ts';
import type { Room } from './contract.ts';

/** The order a school entered, first room first; version 0 while it entered none. */
export const findCorridor = async (
  db: Queryable,
  schoolId: string,
): Promise<{ version: number; rooms: Room[] }> => {
  const corridor = await db
    .selectFrom('classroom.patrolCorridor')
    .select('version')
    .where('schoolId', '=', schoolId)
    .executeTakeFirst();
  if (corridor === undefined) return { version: 0, rooms: [] };
  const rooms = await db
    .selectFrom('classroom.patrolRoom')
    .select(['classId', 'building', 'floor', 'room'])
    .where('schoolId', '=', schoolId)
    .orderBy('position')
    .orderBy('classId')
    .execute();
  return { version: corridor.version, rooms };
};

/** The new version; null when somebody was faster. */
export const updateCorridor = async (
  db: Queryable,
  schoolId: string,
  version: number,
  rooms: readonly Room[],
): Promise<number | null> => {
  const row =
    version === 0
      ? await db
          .insertInto('classroom.patrolCorridor')
          .values({ schoolId })
          .onConflict((target) => target.column('schoolId').doNothing())
          .returning('version')
          .executeTakeFirst()
      : await db
          .updateTable('classroom.patrolCorridor')
          .set({ version: version + 1 })
          .where('schoolId', '=', schoolId)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  if (row === undefined) return null;
  await db
    .insertInto('classroom.patrolRoom')
    .values(rooms.map((room, position) => ({ schoolId, position, ...room })))
    .onConflict((target) =>
      target.columns(['schoolId', 'classId']).doUpdateSet({
        position: (is) => is.ref('excluded.position'),
        building: (is) => is.ref('excluded.building'),
        floor: (is) => is.ref('excluded.floor'),
        room: (is) => is.ref('excluded.room'),
      }),
    )
    .execute();
  return row.version;
};
