import { type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { SchoolScope } from '../school-scope/policy.ts';
import { isOfSchools } from '../school-scope/store.ts';
import type { Booking } from './contract.ts';
import type { ExperimentMode, Purpose, RoomKind } from './vocabulary/contract.ts';

/** What the server works out beside what was asked for. */
export interface BookingPlace {
  readonly schoolId: string;
  readonly termId: string | null;
  readonly classLabel: string;
  readonly grade: number | null;
  readonly bookedBy: string;
}

/** Bookings of one room happen one after another, so that what stands there is found and named. */
export const lockRoom = async (db: Queryable, roomId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`classroom.room:${roomId}`}, 0))`.execute(db);
};

export const findTaken = (db: Queryable, { roomId, dayOn, slotFrom, slotTo }: Booking) =>
  db
    .selectFrom('classroom.roomUse as use')
    .innerJoin('organisation.person as person', 'person.id', 'use.bookedBy')
    .where('use.roomId', '=', roomId)
    .where('use.dayOn', '=', dayOn)
    .where('use.cancelledAt', 'is', null)
    .where('use.slotFrom', '<=', slotTo)
    .where('use.slotTo', '>=', slotFrom)
    .select([
      'use.id',
      'use.bookedBy',
      'use.slotFrom',
      'use.slotTo',
      'use.classId',
      'use.classLabel',
      sql<Purpose>`use.purpose`.as('purpose'),
      'use.experimentId',
      'use.experimentName',
      sql<ExperimentMode | null>`use.experiment_mode`.as('experimentMode'),
      'person.name as bookedByName',
    ])
    .orderBy('use.slotFrom')
    .executeTakeFirst();

export const insertUse = async (db: Queryable, booking: Booking, place: BookingPlace): Promise<void> => {
  await db
    .insertInto('classroom.roomUse')
    .values({ ...booking, ...place })
    .execute();
};

export const markUseCancelled = async (
  db: Queryable,
  id: string,
  mark: { cancelledAt: string; cancelledBy: string; cancelledReason: string },
): Promise<void> => {
  await db.updateTable('classroom.roomUse').set(mark).where('id', '=', id).execute();
};

export const findUseForUpdate = (db: Queryable, id: string) =>
  db
    .selectFrom('classroom.roomUse')
    .select([
      'id',
      'schoolId',
      'roomId',
      'dayOn',
      'bookedBy',
      'cancelledAt',
      sql<Purpose>`purpose`.as('purpose'),
      sql<number>`(select coalesce(max(version), 0) from classroom.experiment_outcome
        where use_id = room_use.id)`.as('outcomeVersion'),
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const insertOutcome = async (
  db: Queryable,
  outcome: { useId: string; version: number; held: boolean; note: string; markedBy: string },
): Promise<void> => {
  await db.insertInto('classroom.experimentOutcome').values(outcome).execute();
};

export interface UseFilter {
  readonly schoolId?: string | undefined;
  readonly roomId?: string | undefined;
  readonly kind?: RoomKind | undefined;
  readonly purpose?: Purpose | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly held?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly requiredSubject?: Subject | undefined;
  readonly requiredGrade?: number | undefined;
  readonly cancelled?: boolean | undefined;
}

const matching = (db: Queryable, scope: SchoolScope, filter: UseFilter) =>
  db
    .selectFrom('classroom.roomUse as use')
    .innerJoin('classroom.room as room', 'room.id', 'use.roomId')
    .leftJoin('classroom.requiredExperiment as required', 'required.id', 'use.experimentId')
    .leftJoinLateral(
      (lateral) =>
        lateral
          .selectFrom('classroom.experimentOutcome as outcome')
          .whereRef('outcome.useId', '=', 'use.id')
          .select(['outcome.held', 'outcome.version', 'outcome.note'])
          .orderBy('outcome.version', 'desc')
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .where(isOfSchools('use.schoolId', scope))
    .where((where) =>
      where.and([
        ...(filter.schoolId === undefined ? [] : [where('use.schoolId', '=', filter.schoolId)]),
        ...(filter.roomId === undefined ? [] : [where('use.roomId', '=', filter.roomId)]),
        ...(filter.kind === undefined ? [] : [where('room.kind', '=', filter.kind)]),
        ...(filter.purpose === undefined ? [] : [where('use.purpose', '=', filter.purpose)]),
        ...(filter.from === undefined ? [] : [where('use.dayOn', '>=', filter.from)]),
        ...(filter.to === undefined ? [] : [where('use.dayOn', '<=', filter.to)]),
        ...(filter.held === undefined ? [] : [where('said.held', '=', filter.held)]),
        ...(filter.required === undefined
          ? []
          : [where('required.id', filter.required ? 'is not' : 'is', null)]),
        ...(filter.requiredSubject === undefined
          ? []
          : [where('required.subject', '=', filter.requiredSubject)]),
        ...(filter.requiredGrade === undefined ? [] : [where('required.grade', '=', filter.requiredGrade)]),
        ...(filter.cancelled === undefined
          ? []
          : [where('use.cancelledAt', filter.cancelled ? 'is not' : 'is', null)]),
      ]),
    );

const rows = (db: Queryable, scope: SchoolScope, filter: UseFilter) =>
  matching(db, scope, filter)
    .innerJoin('organisation.school as school', 'school.id', 'use.schoolId')
    .innerJoin('organisation.person as person', 'person.id', 'use.bookedBy')
    .select([
      'use.id',
      'use.schoolId',
      'school.name as schoolName',
      'use.roomId',
      'room.name as roomName',
      sql<RoomKind>`room.kind`.as('roomKind'),
      'use.dayOn',
      'use.slotFrom',
      'use.slotTo',
      'use.grade',
      'use.classLabel',
      'use.bookedBy',
      'person.name as bookedByName',
      sql<Purpose>`use.purpose`.as('purpose'),
      'use.experimentName',
      sql<ExperimentMode | null>`use.experiment_mode`.as('experimentMode'),
      'said.held',
      'said.version as saidVersion',
      'said.note as saidNote',
      'use.cancelledReason',
    ]);
export type UseRecord = Awaited<ReturnType<typeof listUses>>['rows'][number];

/** Newest day first. */
export const listUses = async (
  db: Queryable,
  scope: SchoolScope,
  filter: UseFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const found = await rows(db, scope, filter)
    .$if(dayOn !== undefined, (query) =>
      query.where(sql<SqlBool>`(use.day_on, use.id) < (${dayOn}::date, ${id}::uuid)`),
    )
    .orderBy('use.dayOn', 'desc')
    .orderBy('use.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = found.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: found.length > page.limit && last !== undefined ? `${last.dayOn}_${last.id}` : null,
  };
};

/** A school's day, room by room and slot by slot, cancelled ones included. */
export const listUsesOfDay = (db: Queryable, schoolId: string, dayOn: Day) =>
  rows(db, { allSchools: true, schoolIds: [], personId: null }, { schoolId, from: dayOn, to: dayOn })
    .orderBy('use.slotFrom')
    .orderBy('room.name')
    .orderBy('use.id')
    .execute();

export const countUses = async (db: Queryable, scope: SchoolScope, filter: UseFilter): Promise<number> => {
  const { uses } = await matching(db, scope, filter)
    .select(sql<number>`count(*)`.as('uses'))
    .executeTakeFirstOrThrow();
  return uses;
};

const keys = {
  /** The Monday. */
  week: sql<string>`date_trunc('week', use.day_on)::date`,
  school: sql<string>`use.school_id`,
  room: sql<string>`use.room_id`,
  kind: sql<string>`room.kind`,
} as const;

export const countUsesBy = async (
  db: Queryable,
  by: keyof typeof keys,
  scope: SchoolScope,
  filter: UseFilter,
): Promise<Map<string, number>> => {
  const found = await matching(db, scope, filter)
    .groupBy(keys[by])
    .select([keys[by].as('key'), sql<number>`count(*)`.as('uses')])
    .execute();
  return new Map(found.map(({ key, uses }) => [key, uses]));
};
