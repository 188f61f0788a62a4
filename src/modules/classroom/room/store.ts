import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { activeOn } from '#modules/organisation/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { Room } from '../room-use/contract.ts';
import { openingSetting } from '../room-use/rules.ts';
import type { RoomKind } from '../room-use/vocabulary/contract.ts';
import type { SchoolScope } from '../school-scope/policy.ts';
import { isOfSchools, type NamedSchool } from '../school-scope/store.ts';

/** Of the room `room`: minutes a week from the row set last for the day. */
const openingMinutes = (on: Day): RawBuilder<number | null> =>
  sql<number | null>`(select opening.minutes_per_week from classroom.room_opening as opening
    where opening.room_id = room.id and opening.from_on <= ${on}::date
    order by opening.from_on desc, opening.set_at desc limit 1)`;

/** By kind, then name. */
/** Rooms of the day, and those named besides, e.g. one that was used before it was given up. */
export const listRooms = (
  db: Queryable,
  schoolId: string,
  on: Day,
  besides: readonly string[] = [],
): Promise<Room[]> =>
  db
    .selectFrom('classroom.room as room')
    .where('room.schoolId', '=', schoolId)
    .where((where) => where.or([activeOn('room', on), sql<SqlBool>`room.id = any(${[...besides]}::uuid[])`]))
    .select([
      'room.id',
      sql<RoomKind>`room.kind`.as('kind'),
      'room.name',
      'room.version',
      openingMinutes(on).as('openingMinutes'),
    ])
    .orderBy(
      sql`array_position(array['library', 'laboratory', 'music', 'fine-art', 'computer', 'other'], room.kind)`,
    )
    .orderBy('room.name')
    .execute();

export const countRooms = (
  db: Queryable,
  scope: SchoolScope,
  on: Day,
): Promise<{ schoolId: string; kind: RoomKind; rooms: number }[]> =>
  db
    .selectFrom('classroom.room as room')
    .where(isOfSchools('room.schoolId', scope))
    .where(activeOn('room', on))
    .groupBy(['room.schoolId', 'room.kind'])
    .select(['room.schoolId', sql<RoomKind>`room.kind`.as('kind'), sql<number>`count(*)`.as('rooms')])
    .execute();

export const findRoom = (db: Queryable, id: string) =>
  db
    .selectFrom('classroom.room')
    .select(['id', 'schoolId', 'name', 'version', 'activeFrom', 'activeTo', sql<RoomKind>`kind`.as('kind')])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** Null when the school has a room of this name. */
export const insertRoom = async (
  db: Queryable,
  room: { schoolId: string; kind: RoomKind; name: string; activeFrom: Day },
): Promise<string | null> => {
  const row = await db
    .insertInto('classroom.room')
    .values({ id: newId(), ...room })
    .onConflict((target) => target.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

export const hasRoomNamed = async (
  db: Queryable,
  room: { schoolId: string; name: string; exceptId: string },
): Promise<boolean> => {
  const row = await db
    .selectFrom('classroom.room')
    .where('schoolId', '=', room.schoolId)
    .where('name', '=', room.name)
    .where('activeTo', 'is', null)
    .where('id', '<>', room.exceptId)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
};

export const updateRoom = async (
  db: Queryable,
  id: string,
  change: { readonly kind?: RoomKind; readonly name?: string; readonly activeTo?: Day },
): Promise<number> => {
  const row = await db
    .updateTable('classroom.room')
    .set((is) => ({ ...change, version: is('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return row.version;
};

export const insertOpening = async (
  db: Queryable,
  opening: { roomId: string; fromOn: Day; minutesPerWeek: number; setBy: string },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('classroom.roomOpening')
    .values({ id, ...opening })
    .execute();
  return id;
};

/** Hours a week that a library should stand open, with the rule they come from. */
export const readOpeningWanted = async (
  db: Queryable,
  on: Day,
): Promise<{ hoursWanted: number; clause: string }> => {
  const row = await db
    .selectFrom('platform.setting')
    .where('key', '=', openingSetting)
    .where('fromOn', '<=', on)
    .orderBy('fromOn', 'desc')
    .limit(1)
    .select([sql<number>`value::text::numeric`.as('hoursWanted'), 'clause'])
    .executeTakeFirst();
  return row ?? { hoursWanted: 0, clause: '' };
};

/** Schools whose roll one stands on, or where one teaches this term. */
export const listWorkplaces = (
  db: Queryable,
  where: { readonly personId: string; readonly termId: string | null; readonly on: Day },
): Promise<NamedSchool[]> =>
  db
    .selectFrom('organisation.school as school')
    .where(activeOn('school', where.on))
    .where((is) =>
      is.or([
        is.exists(
          is
            .selectFrom('organisation.person as person')
            .whereRef('person.homeSchoolId', '=', 'school.id')
            .where('person.id', '=', where.personId)
            .where(activeOn('person', where.on))
            .select('person.id'),
        ),
        is.exists(
          is
            .selectFrom('organisation.teachingAssignment as assignment')
            .whereRef('assignment.schoolId', '=', 'school.id')
            .where('assignment.personId', '=', where.personId)
            .where('assignment.termId', '=', where.termId)
            .select('assignment.id'),
        ),
      ]),
    )
    .select(['school.id', 'school.name'])
    .orderBy('school.id')
    .execute();
