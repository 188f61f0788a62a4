import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { HalfDay } from '../vocabulary/contract.ts';
import type { Turn } from './contract.ts';

/** Turns of a day; who has left the school has none, even while the rota still names them. */
const turnsOn = (db: Queryable, on: Day) =>
  db
    .selectFrom('classroom.patrolDuty as duty')
    .innerJoin('organisation.person as person', 'person.id', 'duty.personId')
    .innerJoin('organisation.school as home', 'home.id', 'person.homeSchoolId')
    .where((is) =>
      is.or([is('home.id', '=', is.ref('duty.schoolId')), is('home.parentId', '=', is.ref('duty.schoolId'))]),
    )
    .where('duty.activeFrom', '<=', on)
    .where((is) => is.or([is('duty.activeTo', 'is', null), is('duty.activeTo', '>', on)]));

/** The rota of a school on a day. */
export const listTurns = (db: Queryable, schoolId: string, on: Day): Promise<Turn[]> =>
  turnsOn(db, on)
    .where('duty.schoolId', '=', schoolId)
    .select([
      'duty.id',
      'duty.weekday',
      sql<HalfDay>`duty.half_day`.as('halfDay'),
      'duty.personId',
      'person.name as personName',
    ])
    .orderBy('duty.weekday')
    .orderBy('duty.halfDay', 'desc')
    .orderBy('duty.id')
    .execute();

/** Schools whose rota has the person on a day, whichever the half-day: turns are swapped freely. */
export const listRotaSchools = async (db: Queryable, personId: string, on: Day): Promise<string[]> => {
  const rows = await turnsOn(db, on)
    .where('duty.personId', '=', personId)
    .select('duty.schoolId')
    .distinct()
    .orderBy('duty.schoolId')
    .execute();
  return rows.map(({ schoolId }) => schoolId);
};

/** The people a school can put on its rota: its own, and those of its campuses. */
export const listRotaPeople = (
  db: Queryable,
  schoolId: string,
  on: Day,
): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('organisation.person as person')
    .innerJoin('organisation.school as home', 'home.id', 'person.homeSchoolId')
    .where((is) => is.or([is('home.id', '=', schoolId), is('home.parentId', '=', schoolId)]))
    .where('person.activeFrom', '<=', on)
    .where((is) => is.or([is('person.activeTo', 'is', null), is('person.activeTo', '>', on)]))
    .select(['person.id', 'person.name'])
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .limit(800)
    .execute();

/** `undefined` when the person already has this turn. */
export const insertTurn = async (
  db: Queryable,
  turn: {
    readonly schoolId: string;
    readonly personId: string;
    readonly weekday: number;
    readonly halfDay: HalfDay;
    readonly activeFrom: Day;
  },
): Promise<string | undefined> => {
  const row = await db
    .insertInto('classroom.patrolDuty')
    .values({ id: newId(), ...turn })
    .onConflict((target) => target.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
};

/** False when there is no such turn, or it has ended already. */
export const markTurnEnded = async (
  db: Queryable,
  schoolId: string,
  id: string,
  activeTo: Day,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('classroom.patrolDuty')
    .set({ activeTo })
    .where('id', '=', id)
    .where('schoolId', '=', schoolId)
    .where('activeTo', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};
