import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { Holder } from '../shapes/contract.ts';
import { activeOn } from '../store.ts';
import type { SchoolKind, Stage, Subject } from '../vocabulary/contract.ts';
import type { School, SchoolFields, SchoolRow } from './contract.ts';

export interface SchoolRecord extends SchoolFields {
  readonly id: string;
  readonly activeFrom: Day;
  readonly activeTo: Day | null;
  readonly version: number;
}

export const findSchool = (db: Queryable, schoolId: string): Promise<SchoolRecord | undefined> =>
  db
    .selectFrom('organisation.school as school')
    .where('school.id', '=', schoolId)
    .select([
      'school.id',
      'school.name',
      'school.parentId',
      'school.identifierCode',
      'school.activeFrom',
      'school.activeTo',
      'school.version',
      sql<SchoolKind>`school.kind`.as('kind'),
      sql<Stage[]>`school.stages`.as('stages'),
    ])
    .executeTakeFirst();

/** Central schools and their campuses stand together. */
export const listSchools = (db: Queryable, on: Day): Promise<SchoolRow[]> =>
  db
    .selectFrom('organisation.school as school')
    .where(activeOn('school', on))
    .select([
      'school.id',
      'school.name',
      'school.parentId',
      sql<SchoolKind>`school.kind`.as('kind'),
      sql<Stage[]>`school.stages`.as('stages'),
    ])
    .orderBy(sql`coalesce(school.parent_id, school.id)`)
    .orderBy(sql`school.parent_id is not null`)
    .orderBy('school.id')
    .execute();

export const listChildSchools = (db: Queryable, schoolId: string, on: Day): Promise<School['children']> =>
  db
    .selectFrom('organisation.school as school')
    .where('school.parentId', '=', schoolId)
    .where(activeOn('school', on))
    .select(['school.id', 'school.name', sql<SchoolKind>`school.kind`.as('kind')])
    .orderBy('school.id')
    .execute();

export const listAliases = (db: Queryable, schoolId: string): Promise<School['aliases']> =>
  db
    .selectFrom('organisation.schoolAlias')
    .where('schoolId', '=', schoolId)
    .select([
      'id',
      'alias',
      'source',
      sql<Stage | null>`stage`.as('stage'),
      sql<'confirmed' | 'proposed'>`status`.as('status'),
    ])
    .orderBy('alias')
    .execute();

export const listConsortiaOf = (db: Queryable, schoolId: string, on: Day): Promise<School['consortia']> =>
  db
    .selectFrom('organisation.consortiumSchool as place')
    .innerJoin('organisation.body as body', 'body.id', 'place.consortiumId')
    .where('place.schoolId', '=', schoolId)
    .where(activeOn('place', on))
    .select([
      'body.id',
      'body.name',
      sql<Stage>`place.stage`.as('stage'),
      sql<'base' | 'member'>`place.role`.as('role'),
    ])
    .execute();

export const listSubjectBasesAt = (
  db: Queryable,
  schoolId: string,
  on: Day,
): Promise<{ stage: Stage; subject: Subject }[]> =>
  db
    .selectFrom('organisation.subjectBase as base')
    .where('base.schoolId', '=', schoolId)
    .where(activeOn('base', on))
    .select([sql<Stage>`base.stage`.as('stage'), sql<Subject>`base.subject`.as('subject')])
    .execute();

/** Principal, vice-principals and deans of a school on a day, in that order. */
export const listLeaders = (db: Queryable, schoolId: string, on: Day): Promise<Holder[]> =>
  db
    .selectFrom('organisation.appointment as appointment')
    .innerJoin('organisation.person as person', 'person.id', 'appointment.personId')
    .innerJoin('organisation.school as school', 'school.id', 'appointment.schoolId')
    .where('appointment.schoolId', '=', schoolId)
    .where('appointment.bodyId', 'is', null)
    .where('appointment.post', 'in', ['principal', 'vice-principal', 'dean'])
    .where(activeOn('appointment', on))
    .select([
      'appointment.id as appointmentId',
      'person.id as personId',
      'person.name',
      'school.id as schoolId',
      'school.name as schoolName',
      sql<string | null>`null`.as('schoolShortName'),
      sql<Holder['post']>`appointment.post`.as('post'),
    ])
    .orderBy(sql`array_position(array['principal', 'vice-principal', 'dean'], appointment.post)`)
    .orderBy('appointment.id')
    .execute();

/** People of the school and of its campuses and teaching points, as the list of its people shows them. */
export const countPeople = async (db: Queryable, schoolId: string, on: Day): Promise<number> => {
  const { count } = await db
    .selectFrom('organisation.person as person')
    .innerJoin('organisation.school as home', 'home.id', 'person.homeSchoolId')
    .where((is) => is.or([is('home.id', '=', schoolId), is('home.parentId', '=', schoolId)]))
    .where(activeOn('person', on))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

/** The school with this name (or identifier code), other than the one being edited. */
export const findSchoolLike = (
  db: Queryable,
  fields: Pick<SchoolFields, 'name' | 'identifierCode'>,
  except: string | null,
): Promise<{ id: string; name: string } | undefined> =>
  db
    .selectFrom('organisation.school')
    .where((is) =>
      is.or([
        is('name', '=', fields.name),
        ...(fields.identifierCode === null ? [] : [is('identifierCode', '=', fields.identifierCode)]),
      ]),
    )
    .$if(except !== null, (query) => query.where('id', '!=', except))
    .select(['id', 'name'])
    .executeTakeFirst();

export const insertSchool = async (
  db: Queryable,
  { name, kind, stages, parentId, identifierCode }: SchoolFields,
  activeFrom: Day,
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.school')
    .values({ id, name, kind, stages, parentId, identifierCode, activeFrom, byHand: true })
    .execute();
  return id;
};

/** False when the record is no longer the version the edit was made from. */
export const updateSchool = async (
  db: Queryable,
  schoolId: string,
  version: number,
  fields: Partial<SchoolFields> & { activeTo?: Day },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('organisation.school')
    .set({ ...fields, byHand: true, version: version + 1 })
    .where('id', '=', schoolId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const listProposedAliases = (db: Queryable) =>
  db
    .selectFrom('organisation.schoolAlias as alias')
    .innerJoin('organisation.school as school', 'school.id', 'alias.schoolId')
    .where('alias.status', '=', 'proposed')
    .select([
      'alias.id',
      'alias.alias',
      'alias.source',
      'alias.schoolId',
      'school.name as schoolName',
      sql<Stage | null>`alias.stage`.as('stage'),
      sql<'confirmed' | 'proposed'>`alias.status`.as('status'),
    ])
    .orderBy('alias.alias')
    .execute();

export const findAlias = (db: Queryable, aliasId: string) =>
  db
    .selectFrom('organisation.schoolAlias')
    .where('id', '=', aliasId)
    .select(['id', 'alias', 'schoolId', 'status'])
    .forUpdate()
    .executeTakeFirst();

export const markAliasConfirmed = async (db: Queryable, aliasId: string): Promise<void> => {
  await db
    .updateTable('organisation.schoolAlias')
    .set({ status: 'confirmed' })
    .where('id', '=', aliasId)
    .execute();
};

export const removeAlias = async (db: Queryable, aliasId: string): Promise<void> => {
  await db.deleteFrom('organisation.schoolAlias').where('id', '=', aliasId).execute();
};
