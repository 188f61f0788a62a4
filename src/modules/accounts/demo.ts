import { sql } from 'kysely';
import type { Duty } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { DemoRole } from './demo-sign-in/contract.ts';
import { demoLoginName, demoRoleLabels } from './demo-sign-in/rules.ts';

interface Candidate {
  readonly personId: string;
  readonly name: string;
  readonly schoolId: string | null;
}

/** One core group, so that what its members write the lead publishes. */
const primaryMathematics = "body.subject = 'mathematics' and body.stage = 'primary'";

/** Which appointment makes a person the demonstration's example of a role. */
const exampleOf: readonly (readonly [role: DemoRole, condition: string])[] = [
  ['principal', "appointment.post = 'principal' and appointment.body_id is null"],
  ['vice-principal', "appointment.post = 'vice-principal' and appointment.body_id is null"],
  ['subject-lead', "appointment.post = 'subject-lead'"],
  ['research-officer', "appointment.post = 'research-officer'"],
  ['core-lead', `appointment.post = 'lead' and body.kind = 'core-group' and ${primaryMathematics}`],
  ['core-member', `appointment.post = 'member' and body.kind = 'grade-team' and ${primaryMathematics}`],
  ['core-reviewer', `appointment.post = 'member' and body.kind = 'grade-team' and ${primaryMathematics}`],
  ['consortium-head', "appointment.post = 'head' and body.kind = 'consortium'"],
  ['leading-group', "appointment.post in ('head', 'deputy') and body.kind = 'leading-group'"],
];

/** The first by pinyin; from the principal's school where it has one, so that what one writes the other sees. */
const findExample = async (
  db: Queryable,
  condition: string,
  today: Day,
  preferredSchoolId: string | null,
  taken: readonly string[],
): Promise<Candidate | undefined> => {
  const { rows } = await sql<Candidate>`
    select person.id as person_id, person.name, coalesce(appointment.school_id, person.home_school_id) as school_id
    from organisation.person
    join organisation.appointment on appointment.person_id = person.id
    left join organisation.body on body.id = appointment.body_id
    where appointment.active_from <= ${today}
      and (appointment.active_to is null or appointment.active_to > ${today})
      and not (person.id = any(${taken}::uuid[])) and ${sql.raw(condition)}
    order by (coalesce(appointment.school_id, person.home_school_id) is distinct from ${preferredSchoolId}::uuid),
      person.name_pinyin, person.id
    limit 1
  `.execute(db);
  return rows[0];
};

/** Somebody of the school who teaches and leads nothing. */
const findTeacher = async (db: Queryable, schoolId: string | null): Promise<Candidate | undefined> => {
  const { rows } = await sql<Candidate>`
    select person.id as person_id, person.name, person.home_school_id as school_id
    from organisation.person
    where person.home_school_id = ${schoolId}::uuid
      and not exists (
        select from organisation.appointment
        where appointment.person_id = person.id and appointment.post <> 'teacher')
    order by
      (not exists (select from organisation.teaching_assignment as lesson where lesson.person_id = person.id)),
      person.name_pinyin, person.id
    limit 1
  `.execute(db);
  return rows[0];
};

const chooseExamples = async (db: Queryable, today: Day): Promise<Map<string, DemoRole>> => {
  const chosen = new Map<string, DemoRole>();
  let schoolId: string | null = null;
  for (const [role, condition] of exampleOf) {
    const found = await findExample(db, condition, today, schoolId, [...chosen.keys()]);
    if (found === undefined) continue;
    chosen.set(found.personId, role);
    if (role === 'principal') schoolId = found.schoolId;
  }
  const teacher = await findTeacher(db, schoolId);
  if (teacher !== undefined) chosen.set(teacher.personId, 'teacher');
  return chosen;
};

const administrators: readonly Duty[] = ['system', 'security', 'audit'];

/**
 * An account for everybody on the roster, one of each role to sign in as, and the three administrators. None has
 * a password. Comes after the roster and the appointments.
 */
export const fillDemoAccounts = async (db: Queryable, today: Day): Promise<{ accounts: number }> => {
  const examples = await chooseExamples(db, today);
  const people = await db
    .selectFrom('organisation.person')
    .select(['id', 'name'])
    .orderBy('namePinyin')
    .orderBy('id')
    .execute();
  const accounts = people.map((person, index) => {
    const role = examples.get(person.id);
    const waiting = role === undefined && index % 17 === 0;
    return {
      id: newId(),
      personId: person.id,
      loginName: role === undefined ? null : demoLoginName(role),
      displayName: person.name,
      mustChangePassword: waiting,
      oneTimeExpiresAt: waiting ? `${addDays(today, 9)}T00:00:00Z` : null,
      lastSignedInAt: waiting ? null : `${addDays(today, -(index % 12))}T0${index % 9}:30:00Z`,
    };
  });
  for (let from = 0; from < accounts.length; from += 1000)
    await db
      .insertInto('accounts.account')
      .values(accounts.slice(from, from + 1000))
      .execute();
  for (const duty of administrators) {
    const id = newId();
    await db
      .insertInto('accounts.account')
      .values({
        id,
        loginName: demoLoginName(duty),
        displayName: demoRoleLabels[duty],
        mustChangePassword: false,
      })
      .execute();
    await db.insertInto('accounts.duty').values({ accountId: id, duty, activeFrom: today }).execute();
  }
  return { accounts: accounts.length + administrators.length };
};

/** Who stands for a role. */
export const findDemoPerson = async (db: Queryable, role: DemoRole): Promise<string | null> => {
  const found = await db
    .selectFrom('accounts.account')
    .where('loginName', '=', demoLoginName(role))
    .select('personId')
    .executeTakeFirst();
  return found?.personId ?? null;
};
