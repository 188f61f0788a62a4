import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { RowSet } from '#platform/database/row-set.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { Holder } from '../shapes/contract.ts';
import { activeOn } from '../store.ts';
import type { BodyKind, SchoolKind, Stage, Subject } from '../vocabulary/contract.ts';

export interface BodyFact {
  readonly id: string;
  readonly kind: BodyKind;
  readonly name: string;
  readonly stage: Stage | null;
  readonly subject: Subject | null;
  readonly parentId: string | null;
  readonly gradeFrom: number | null;
  readonly gradeTo: number | null;
  readonly topic: string | null;
}

export const listBodies = (db: Queryable, on: Day): Promise<BodyFact[]> =>
  db
    .selectFrom('organisation.body as body')
    .where(activeOn('body', on))
    .select([
      'body.id',
      'body.name',
      'body.parentId',
      'body.gradeFrom',
      'body.gradeTo',
      'body.topic',
      sql<BodyKind>`body.kind`.as('kind'),
      sql<Stage | null>`body.stage`.as('stage'),
      sql<Subject | null>`body.subject`.as('subject'),
    ])
    .orderBy('body.id')
    .execute();

/** A school's shortest alias of a stage, as the appendices print it in brackets. */
const shortName = (schoolId: string, stageOf: string) => sql<string | null>`(
  select alias from organisation.school_alias
  where school_id = ${sql.ref(schoolId)} and (stage is null or stage = ${sql.ref(stageOf)})
  order by status, length(alias), alias limit 1)`;

/** Everyone who holds a post in a body on a day, with the body; in the order of appointment. */
export const listBodyHolders = async (
  db: Queryable,
  on: Day,
): Promise<(Holder & { readonly bodyId: string })[]> => {
  const rows = await db
    .selectFrom('organisation.appointment as appointment')
    .innerJoin('organisation.body as body', 'body.id', 'appointment.bodyId')
    .innerJoin('organisation.person as person', 'person.id', 'appointment.personId')
    .leftJoin('organisation.school as school', (join) =>
      join.on(sql`coalesce(appointment.school_id, person.home_school_id)`, '=', sql.ref('school.id')),
    )
    .where(activeOn('appointment', on))
    .where(activeOn('body', on))
    .where('body.kind', '!=', 'subject-group')
    .select([
      'appointment.id as appointmentId',
      'body.id as bodyId',
      'person.id as personId',
      'person.name',
      'school.id as schoolId',
      'school.name as schoolName',
      shortName('school.id', 'body.stage').as('schoolShortName'),
      sql<Holder['post']>`appointment.post`.as('post'),
    ])
    .orderBy('appointment.id')
    .execute();
  return rows;
};

export interface ConsortiumSchoolFact {
  readonly consortiumId: string;
  readonly schoolId: string;
  readonly name: string;
  readonly kind: SchoolKind;
  readonly role: 'base' | 'member';
}

/** The base school first, then the members in the order they were listed. */
export const listConsortiumSchools = (
  db: Queryable,
  on: Day,
  consortiumId?: string,
): Promise<ConsortiumSchoolFact[]> =>
  db
    .selectFrom('organisation.consortiumSchool as place')
    .innerJoin('organisation.school as school', 'school.id', 'place.schoolId')
    .where(activeOn('place', on))
    .where(activeOn('school', on))
    .$if(consortiumId !== undefined, (query) => query.where('place.consortiumId', '=', consortiumId ?? ''))
    .select([
      'place.consortiumId',
      'place.schoolId',
      'school.name',
      sql<SchoolKind>`school.kind`.as('kind'),
      sql<'base' | 'member'>`place.role`.as('role'),
    ])
    .orderBy('place.role')
    .orderBy('place.id')
    .execute();

export interface SubjectBaseFact {
  readonly stage: Stage;
  readonly subject: Subject;
  readonly schoolId: string;
  readonly schoolName: string;
}

export const listSubjectBases = (db: Queryable, on: Day): Promise<SubjectBaseFact[]> =>
  db
    .selectFrom('organisation.subjectBase as base')
    .innerJoin('organisation.school as school', 'school.id', 'base.schoolId')
    .where(activeOn('base', on))
    .where(activeOn('school', on))
    .select([
      'base.schoolId',
      'school.name as schoolName',
      sql<Stage>`base.stage`.as('stage'),
      sql<Subject>`base.subject`.as('subject'),
    ])
    .orderBy('base.id')
    .execute();

/** Stage by stage the subjects offered on a day: those with a district group and a base school. */
export const listDistrictSubjects = (db: Queryable, on: Day): Promise<{ stage: Stage; subject: Subject }[]> =>
  db
    .selectFrom('organisation.subjectOffer as offer')
    .where(activeOn('offer', on))
    .select([
      sql<Stage>`case when offer.grade <= 6 then 'primary' else 'junior' end`.as('stage'),
      sql<Subject>`offer.subject`.as('subject'),
    ])
    .distinct()
    .execute();

export const subjectBaseTable: RowSet = { table: 'organisation.subjectBase', where: {} };

/** Every place of a school in a consortium, past and planned. */
export const placesOfSchool = (schoolId: string): RowSet => ({
  table: 'organisation.consortiumSchool',
  where: { schoolId },
});

interface Slot {
  readonly stage: Stage;
  readonly subject: Subject;
}

/** From `from` on the slot's base is this school, or none. Answers the school that was base before. */
export const replaceSubjectBase = async (
  db: Queryable,
  slot: Slot,
  schoolId: string | null,
  from: Day,
): Promise<string | null> => {
  const before = await db
    .selectFrom('organisation.subjectBase as base')
    .where('base.stage', '=', slot.stage)
    .where('base.subject', '=', slot.subject)
    .where(activeOn('base', from))
    .select('base.schoolId')
    .forUpdate()
    .executeTakeFirst();
  await db
    .deleteFrom('organisation.subjectBase')
    .where('stage', '=', slot.stage)
    .where('subject', '=', slot.subject)
    .where('activeFrom', '>=', from)
    .execute();
  await db
    .updateTable('organisation.subjectBase')
    .set({ activeTo: from })
    .where('stage', '=', slot.stage)
    .where('subject', '=', slot.subject)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', from)]))
    .execute();
  if (schoolId !== null)
    await db
      .insertInto('organisation.subjectBase')
      .values({ id: newId(), ...slot, schoolId, activeFrom: from })
      .execute();
  return before?.schoolId ?? null;
};

export interface ConsortiumPlace {
  readonly consortiumId: string;
  readonly role: 'base' | 'member';
}

/** From `from` on the school stands here, or nowhere. Answers where it stood before. */
export const replaceConsortiumPlace = async (
  db: Queryable,
  school: { readonly schoolId: string; readonly stage: Stage },
  place: ConsortiumPlace | null,
  from: Day,
): Promise<ConsortiumPlace | null> => {
  const before = await db
    .selectFrom('organisation.consortiumSchool as place')
    .where('place.schoolId', '=', school.schoolId)
    .where('place.stage', '=', school.stage)
    .where(activeOn('place', from))
    .select(['place.consortiumId', sql<'base' | 'member'>`place.role`.as('role')])
    .forUpdate()
    .executeTakeFirst();
  await db
    .deleteFrom('organisation.consortiumSchool')
    .where('schoolId', '=', school.schoolId)
    .where('stage', '=', school.stage)
    .where('activeFrom', '>=', from)
    .execute();
  await db
    .updateTable('organisation.consortiumSchool')
    .set({ activeTo: from })
    .where('schoolId', '=', school.schoolId)
    .where('stage', '=', school.stage)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', from)]))
    .execute();
  if (place !== null)
    await db
      .insertInto('organisation.consortiumSchool')
      .values({ id: newId(), ...school, ...place, activeFrom: from })
      .execute();
  return before ?? null;
};

/** The base school of a consortium on a day. */
export const findBaseSchool = (
  db: Queryable,
  consortiumId: string,
  on: Day,
): Promise<{ schoolId: string } | undefined> =>
  db
    .selectFrom('organisation.consortiumSchool as place')
    .where('place.consortiumId', '=', consortiumId)
    .where('place.role', '=', 'base')
    .where(activeOn('place', on))
    .select('place.schoolId')
    .executeTakeFirst();

/** From `from` on the school stands in no consortium and is no subject's base; what was planned later is dropped. */
export const markPlacesEnded = async (db: Queryable, schoolId: string, from: Day): Promise<void> => {
  for (const table of ['organisation.consortiumSchool', 'organisation.subjectBase'] as const) {
    await db.deleteFrom(table).where('schoolId', '=', schoolId).where('activeFrom', '>=', from).execute();
    await db
      .updateTable(table)
      .set({ activeTo: from })
      .where('schoolId', '=', schoolId)
      .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', from)]))
      .execute();
  }
};
