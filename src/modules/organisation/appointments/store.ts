import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { activeOn } from '../store.ts';
import type { BodyKind, Post, Stage, Subject } from '../vocabulary/contract.ts';
import type { Appointment, NewAppointment } from './contract.ts';

const appointmentRows = (db: Queryable) =>
  db
    .selectFrom('organisation.appointment as appointment')
    .leftJoin('organisation.body as body', 'body.id', 'appointment.bodyId')
    .leftJoin('organisation.school as school', 'school.id', 'appointment.schoolId')
    .select([
      'appointment.id',
      'appointment.personId',
      'appointment.bodyId',
      'body.name as bodyName',
      'body.parentId as parentBodyId',
      'appointment.schoolId',
      'school.name as schoolName',
      'appointment.gradeFrom',
      'appointment.gradeTo',
      'appointment.activeFrom',
      'appointment.activeTo',
      'appointment.version',
      sql<Post>`appointment.post`.as('post'),
      sql<BodyKind | null>`body.kind`.as('bodyKind'),
      sql<Stage | null>`coalesce(appointment.stage, body.stage)`.as('stage'),
      sql<Subject | null>`coalesce(appointment.subject, body.subject)`.as('subject'),
    ]);

export type AppointmentRecord = Appointment & {
  readonly personId: string;
  readonly parentBodyId: string | null;
};

export const findAppointment = (
  db: Queryable,
  appointmentId: string,
): Promise<AppointmentRecord | undefined> =>
  appointmentRows(db).where('appointment.id', '=', appointmentId).executeTakeFirst();

/** Every post a person ever held, those of today first. */
export const listAppointmentsOf = (db: Queryable, personId: string): Promise<AppointmentRecord[]> =>
  appointmentRows(db)
    .where('appointment.personId', '=', personId)
    .orderBy(sql`appointment.active_to desc nulls first`)
    .orderBy('appointment.activeFrom', 'desc')
    .orderBy('appointment.id')
    .execute();

export const insertAppointment = async (
  db: Queryable,
  fields: NewAppointment,
  source: string,
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.appointment')
    .values({ id, ...fields, source, byHand: true })
    .execute();
  return id;
};

/** The same post held at an overlapping time, if there is one. */
export const findSamePost = (db: Queryable, fields: NewAppointment): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('organisation.appointment')
    .where('personId', '=', fields.personId)
    .where('post', '=', fields.post)
    .where(sql<boolean>`body_id is not distinct from ${fields.bodyId}::uuid`)
    .where(sql<boolean>`school_id is not distinct from ${fields.schoolId}::uuid`)
    .where(sql<boolean>`stage is not distinct from ${fields.stage}`)
    .where(sql<boolean>`subject is not distinct from ${fields.subject}`)
    .where(sql<boolean>`grade_from is not distinct from ${fields.gradeFrom}::smallint`)
    .where(sql<boolean>`grade_to is not distinct from ${fields.gradeTo}::smallint`)
    .where(
      sql<boolean>`daterange(active_from, active_to) && daterange(${fields.activeFrom}::date, ${fields.activeTo}::date)`,
    )
    .select('id')
    .executeTakeFirst();

export const markAppointmentEnded = async (
  db: Queryable,
  appointmentId: string,
  version: number,
  activeTo: Day,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('organisation.appointment')
    .set({ activeTo, byHand: true, version: version + 1 })
    .where('id', '=', appointmentId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

/** Ends what a person still holds on a day; what would begin later is ended before it begins. */
export const markAppointmentsEnded = async (
  db: Queryable,
  personId: string,
  activeTo: Day,
): Promise<string[]> => {
  const rows = await db
    .updateTable('organisation.appointment')
    .set((is) => ({ activeTo, byHand: true, version: is('version', '+', 1) }))
    .where('personId', '=', personId)
    .where('activeFrom', '<', activeTo)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', activeTo)]))
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
};

/** A school's own posts, and the seats of those who stand for it in a consortium's subject group. */
const postsAtSchool = (schoolId: string) =>
  sql<boolean>`appointment.school_id = ${schoolId} and (appointment.body_id is null or appointment.body_id in
    (select id from organisation.body where kind = 'subject-group'))`;

export const listPostsAtSchool = (
  db: Queryable,
  schoolId: string,
  on: Day,
): Promise<{ personId: string; name: string; post: Post; bodyId: string | null }[]> =>
  db
    .selectFrom('organisation.appointment as appointment')
    .innerJoin('organisation.person as person', 'person.id', 'appointment.personId')
    .where(postsAtSchool(schoolId))
    .where(activeOn('appointment', on))
    .select([
      'person.id as personId',
      'person.name',
      'appointment.bodyId',
      sql<Post>`appointment.post`.as('post'),
    ])
    .orderBy('appointment.id')
    .execute();

/** The last of a school's posts that begins on a day or later. */
export const findPostAtSchoolFrom = (
  db: Queryable,
  schoolId: string,
  from: Day,
): Promise<{ name: string; activeFrom: Day } | undefined> =>
  db
    .selectFrom('organisation.appointment as appointment')
    .innerJoin('organisation.person as person', 'person.id', 'appointment.personId')
    .where(postsAtSchool(schoolId))
    .where('appointment.activeFrom', '>=', from)
    .select(['person.name', 'appointment.activeFrom'])
    .orderBy('appointment.activeFrom', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Ends the posts that a school's last day finds held. */
export const markPostsAtSchoolEnded = async (
  db: Queryable,
  schoolId: string,
  activeTo: Day,
): Promise<string[]> => {
  const rows = await db
    .updateTable('organisation.appointment as appointment')
    .set((is) => ({ activeTo, byHand: true, version: is('version', '+', 1) }))
    .where(postsAtSchool(schoolId))
    .where('appointment.activeFrom', '<', activeTo)
    .where((is) => is.or([is('appointment.activeTo', 'is', null), is('appointment.activeTo', '>', activeTo)]))
    .returning('appointment.id')
    .execute();
  return rows.map(({ id }) => id);
};

/** Whether the body or school keeps somebody else in one of these posts on a day. */
export const countOthersIn = async (
  db: Queryable,
  place: { readonly bodyId: string | null; readonly schoolId: string | null },
  posts: readonly Post[],
  exceptAppointmentId: string,
  on: Day,
): Promise<number> => {
  const { count } = await db
    .selectFrom('organisation.appointment as appointment')
    .where('appointment.id', '!=', exceptAppointmentId)
    .where('appointment.post', 'in', posts)
    .where(sql<boolean>`appointment.body_id is not distinct from ${place.bodyId}::uuid`)
    .$if(place.bodyId === null, (query) => query.where('appointment.schoolId', '=', place.schoolId))
    .where(activeOn('appointment', on))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

export interface BodyRow {
  readonly id: string;
  readonly kind: BodyKind;
  readonly name: string;
  readonly stage: Stage | null;
  readonly subject: Subject | null;
}

export const findBody = (db: Queryable, bodyId: string): Promise<BodyRow | undefined> =>
  db
    .selectFrom('organisation.body')
    .where('id', '=', bodyId)
    .select([
      'id',
      'name',
      sql<BodyKind>`kind`.as('kind'),
      sql<Stage | null>`stage`.as('stage'),
      sql<Subject | null>`subject`.as('subject'),
    ])
    .executeTakeFirst();
