import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { type DemoRole, demoRoles } from './contract.ts';
import { demoLoginName } from './rules.ts';

export const listDemoAccountRows = async (
  db: Queryable,
  today: Day,
): Promise<{ loginName: string; name: string; place: string }[]> =>
  db
    .selectFrom('accounts.account as account')
    .leftJoin('organisation.person as person', 'person.id', 'account.personId')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .where('account.loginName', 'in', demoRoles.map(demoLoginName))
    .where('account.disabledAt', 'is', null)
    .select([
      sql<string>`account.login_name`.as('loginName'),
      'account.displayName as name',
      sql<string>`coalesce(school.name, (
        select coalesce(body.name, held_in.name) from organisation.appointment
        left join organisation.body on body.id = appointment.body_id
        left join organisation.school as held_in on held_in.id = appointment.school_id
        where appointment.person_id = person.id and appointment.active_from <= ${today}
          and (appointment.active_to is null or appointment.active_to > ${today})
        order by appointment.id limit 1), '')`.as('place'),
    ])
    .execute();

export const findDemoAccount = (
  db: Queryable,
  role: DemoRole,
  today: Day,
): Promise<{ id: string; personId: string | null; displayName: string; holdsDuty: boolean } | undefined> =>
  db
    .selectFrom('accounts.account as account')
    .where('account.loginName', '=', demoLoginName(role))
    .where('account.disabledAt', 'is', null)
    .select([
      'account.id',
      'account.personId',
      'account.displayName',
      sql<boolean>`exists (
        select from accounts.duty
        where duty.account_id = account.id and duty.active_from <= ${today}
          and (duty.active_to is null or duty.active_to > ${today}))`.as('holdsDuty'),
    ])
    .executeTakeFirst();
