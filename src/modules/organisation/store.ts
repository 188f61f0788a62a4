import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { ActiveAppointment } from './vocabulary/contract.ts';

/** Of dated rows (`activeFrom` inclusive, `activeTo` exclusive): those that hold on a day. */
export const activeOn = (table: string, on: Day): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(`${table}.activeFrom`)} <= ${on}::date
    and (${sql.ref(`${table}.activeTo`)} is null or ${sql.ref(`${table}.activeTo`)} > ${on}::date)`;

/** Posts a person holds on a day; what ended the day before gives nothing today. */
export const listActiveAppointments = async (
  db: Queryable,
  personId: string,
  on: Day,
): Promise<ActiveAppointment[]> => {
  const rows = await db
    .selectFrom('organisation.appointment as appointment')
    .leftJoin('organisation.body as body', 'body.id', 'appointment.bodyId')
    .where('appointment.personId', '=', personId)
    .where(activeOn('appointment', on))
    .select([
      'appointment.id',
      'appointment.bodyId',
      'body.parentId as parentBodyId',
      'appointment.schoolId',
      'appointment.gradeFrom',
      'appointment.gradeTo',
      sql<ActiveAppointment['post']>`appointment.post`.as('post'),
      sql<ActiveAppointment['bodyKind']>`body.kind`.as('bodyKind'),
      sql<ActiveAppointment['stage']>`coalesce(appointment.stage, body.stage)`.as('stage'),
      sql<ActiveAppointment['subject']>`coalesce(appointment.subject, body.subject)`.as('subject'),
    ])
    .orderBy('appointment.id')
    .execute();
  return rows;
};
