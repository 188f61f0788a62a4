import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { BodyDescription, RosterSnapshot, SchoolPost } from '../../roster/contract.ts';
import { activeOn } from '../../store.ts';
import type { Post, SchoolKind, Stage, Subject } from '../../vocabulary/contract.ts';

type SnapshotBody = RosterSnapshot['bodies'][number];

const listBodies = async (db: Queryable, on: Day): Promise<SnapshotBody[]> => {
  const places = await db
    .selectFrom('organisation.consortiumSchool as place')
    .innerJoin('organisation.school as school', 'school.id', 'place.schoolId')
    .where(activeOn('place', on))
    .select(['place.consortiumId', 'place.role', 'school.id', 'school.name'])
    .orderBy('place.id')
    .execute();
  const rows = await db
    .selectFrom('organisation.body as body')
    .where('body.kind', 'in', ['leading-group', 'core-group', 'grade-team', 'consortium'])
    .where(activeOn('body', on))
    .select([
      'body.id',
      'body.gradeFrom',
      'body.gradeTo',
      'body.topic',
      sql<BodyDescription['kind']>`body.kind`.as('kind'),
      sql<Stage | null>`body.stage`.as('stage'),
      sql<Subject | null>`body.subject`.as('subject'),
    ])
    .orderBy('body.id')
    .execute();
  return rows.map((row) => {
    const own = places.filter(({ consortiumId }) => consortiumId === row.id);
    return {
      ...row,
      base: own.find(({ role }) => role === 'base')?.name ?? null,
      memberSchoolIds: own.filter(({ role }) => role === 'member').map(({ id }) => id),
    };
  });
};

const schoolPosts: readonly SchoolPost[] = ['principal', 'vice-principal', 'dean', 'subject-lead'];

/** Posts of schools that reach beyond a day, those that begin later too: nobody is to hold one twice. */
const listSchoolPosts = (
  db: Queryable,
  on: Day,
  from: Day,
): Promise<RosterSnapshot['schoolPosts'][number][]> =>
  db
    .selectFrom('organisation.appointment as appointment')
    .where('appointment.bodyId', 'is', null)
    .where('appointment.post', 'in', schoolPosts)
    .where(sql<boolean>`(appointment.active_to is null or appointment.active_to > ${from}::date)`)
    .select([
      'appointment.personId',
      sql<string>`appointment.school_id`.as('schoolId'),
      sql<SchoolPost>`appointment.post`.as('post'),
      sql<Stage | null>`appointment.stage`.as('stage'),
      sql<Subject | null>`appointment.subject`.as('subject'),
      sql<boolean>`coalesce(appointment.active_to <= ${on}::date, false)`.as('ended'),
    ])
    .orderBy('appointment.id')
    .execute();

interface SnapshotOf {
  readonly on: Day;
  /** From this day on the list is to hold. */
  readonly activeFrom: Day;
  readonly termId: string | null;
}

/** What stands in the district on a day, for a roster to be compared with; teaching is of one term. */
export const readSnapshot = async (
  db: Queryable,
  { on, activeFrom, termId }: SnapshotOf,
): Promise<RosterSnapshot> => ({
  schools: await db
    .selectFrom('organisation.school as school')
    .where(activeOn('school', on))
    .select([
      'school.id',
      'school.name',
      'school.byHand',
      sql<SchoolKind>`school.kind`.as('kind'),
      sql<Stage[]>`school.stages`.as('stages'),
    ])
    .orderBy('school.id')
    .execute(),
  aliases: await db
    .selectFrom('organisation.schoolAlias')
    .select([
      'alias',
      'schoolId',
      sql<Stage | null>`stage`.as('stage'),
      sql<'confirmed' | 'proposed'>`status`.as('status'),
    ])
    .orderBy('id')
    .execute(),
  people: await db
    .selectFrom('organisation.person as person')
    .where(activeOn('person', on))
    .select([
      'person.id',
      'person.name',
      'person.staffNumber',
      'person.phone',
      'person.homeSchoolId',
      'person.byHand',
      sql<Subject[]>`person.subjects`.as('subjects'),
    ])
    .orderBy('person.id')
    .execute(),
  bodies: await listBodies(db, on),
  appointments: await db
    .selectFrom('organisation.appointment as appointment')
    .where(activeOn('appointment', on))
    .where('appointment.bodyId', 'is not', null)
    .select([
      'appointment.id',
      'appointment.personId',
      sql<string>`appointment.body_id`.as('bodyId'),
      sql<Post>`appointment.post`.as('post'),
    ])
    .orderBy('appointment.id')
    .execute(),
  schoolPosts: await listSchoolPosts(db, on, activeFrom),
  subjectBases: await db
    .selectFrom('organisation.subjectBase as base')
    .where(activeOn('base', on))
    .select(['base.schoolId', sql<Stage>`base.stage`.as('stage'), sql<Subject>`base.subject`.as('subject')])
    .execute(),
  teaching:
    termId === null
      ? []
      : await db
          .selectFrom('organisation.teachingAssignment')
          .where('termId', '=', termId)
          .select(['personId', 'schoolId', 'grade', sql<Subject>`subject`.as('subject')])
          .distinct()
          .execute(),
});

/** One import at a time: what one has planned, no other may change before it is written. */
export const lockRoster = async (db: Queryable): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('organisation.roster'))`.execute(db);
};

export const countSchools = async (db: Queryable): Promise<number> => {
  const { count } = await db
    .selectFrom('organisation.school')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};
