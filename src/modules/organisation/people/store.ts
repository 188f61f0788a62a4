import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { likeLiteral } from '#platform/database/like.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { namePinyin } from '../pinyin/rules.ts';
import { appointmentLabels } from '../rules.ts';
import { activeOn } from '../store.ts';
import { type Actor, type BodyKind, type Post, type Subject, subjects } from '../vocabulary/contract.ts';
import type { Honour, PeopleSearch, PersonFields, PersonRow } from './contract.ts';
import { readCursor, readSearchText } from './rules.ts';

export interface PersonRecord extends PersonFields {
  readonly id: string;
  readonly namePinyin: string;
  readonly schoolName: string | null;
  readonly activeFrom: Day;
  readonly activeTo: Day | null;
  readonly version: number;
}

const personRows = (db: Queryable) =>
  db
    .selectFrom('organisation.person as person')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .select([
      'person.id',
      'person.name',
      'person.namePinyin',
      'person.staffNumber',
      'person.phone',
      'person.homeSchoolId',
      'school.name as schoolName',
      'person.activeFrom',
      'person.activeTo',
      'person.version',
      sql<Subject[]>`person.subjects`.as('subjects'),
    ]);

/** What a post of theirs is about, else what they teach, the first in the usual order; null where neither says. */
export const findOwnSubject = async (
  db: Queryable,
  { personId, appointments }: Pick<Actor, 'personId' | 'appointments'>,
): Promise<Subject | null> => {
  const ofPost = appointments.find(({ subject }) => subject !== null)?.subject;
  if (ofPost !== undefined || personId === null) return ofPost ?? null;
  const person = await db
    .selectFrom('organisation.person')
    .where('id', '=', personId)
    .select(sql<Subject[]>`subjects`.as('taught'))
    .executeTakeFirst();
  return subjects.find((one) => person?.taught.includes(one) === true) ?? null;
};

export const findPerson = (db: Queryable, personId: string): Promise<PersonRecord | undefined> =>
  personRows(db).where('person.id', '=', personId).executeTakeFirst();

/**
 * One row more than the limit tells that there is a next page. A school's people are also those of its campuses
 * and teaching points.
 */
export const searchPeople = (
  db: Queryable,
  { text, schoolId, subject, cursor, limit }: PeopleSearch,
  on: Day,
): Promise<PersonRecord[]> => {
  const term = readSearchText(text);
  const after = cursor === undefined ? null : readCursor(cursor);
  let query = personRows(db).where(activeOn('person', on));
  if (term.by === 'name') query = query.where('person.name', 'like', `%${likeLiteral(term.part)}%`);
  if (term.by === 'number') query = query.where('person.staffNumber', 'like', `${likeLiteral(term.start)}%`);
  if (term.by === 'latin')
    query = query.where((is) =>
      is.or([
        is(sql<string>`replace(person.name_pinyin, ' ', '')`, 'like', `%${term.letters}%`),
        is('person.nameInitials', 'like', `${term.letters}%`),
        is('person.staffNumber', 'like', `${term.letters}%`),
      ]),
    );
  if (schoolId !== undefined)
    query = query.where((is) =>
      is.or([is('person.homeSchoolId', '=', schoolId), is('school.parentId', '=', schoolId)]),
    );
  if (subject !== undefined) query = query.where(sql<boolean>`${subject} = any(person.subjects)`);
  if (after !== null)
    query = query.where(
      sql<boolean>`(person.name_pinyin, person.id) > (${after.namePinyin}, ${after.id}::uuid)`,
    );
  return query
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .limit(limit + 1)
    .execute();
};

/** Today's posts of several people, in words. */
export const listPostLabels = async (
  db: Queryable,
  personIds: readonly string[],
  on: Day,
): Promise<ReadonlyMap<string, PersonRow['posts']>> => {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('organisation.appointment as appointment')
    .leftJoin('organisation.body as body', 'body.id', 'appointment.bodyId')
    .leftJoin('organisation.school as school', 'school.id', 'appointment.schoolId')
    .where('appointment.personId', 'in', personIds)
    .where('appointment.post', '!=', 'teacher')
    .where(activeOn('appointment', on))
    .select([
      'appointment.personId',
      'body.name as bodyName',
      'school.name as schoolName',
      'appointment.gradeFrom',
      'appointment.gradeTo',
      sql<Post>`appointment.post`.as('post'),
      sql<BodyKind | null>`body.kind`.as('bodyKind'),
      sql<Subject | null>`appointment.subject`.as('subject'),
    ])
    .orderBy('appointment.id')
    .execute();
  const held = Map.groupBy(rows, ({ personId }) => personId);
  return new Map([...held].map(([personId, posts]) => [personId, appointmentLabels(posts)]));
};

export const listHonours = (db: Queryable, personId: string): Promise<Honour[]> =>
  db
    .selectFrom('organisation.honour')
    .where('personId', '=', personId)
    .select([
      'id',
      'kind',
      'field',
      'issuer',
      'activeFrom',
      'activeTo',
      sql<Honour['level']>`level`.as('level'),
    ])
    .orderBy('activeFrom', 'desc')
    .execute();

export const findStaffNumber = (
  db: Queryable,
  staffNumber: string,
  exceptPersonId: string | null,
): Promise<{ id: string; name: string } | undefined> =>
  db
    .selectFrom('organisation.person')
    .where('staffNumber', '=', staffNumber)
    .$if(exceptPersonId !== null, (query) => query.where('id', '!=', exceptPersonId))
    .select(['id', 'name'])
    .executeTakeFirst();

export const insertPerson = async (db: Queryable, fields: PersonFields, activeFrom: Day): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.person')
    .values({ id, ...fields, ...namePinyin(fields.name), activeFrom, byHand: true })
    .execute();
  return id;
};

/** False when the record is no longer the version the edit was made from. */
export const updatePerson = async (
  db: Queryable,
  personId: string,
  version: number,
  fields: Partial<PersonFields> & { activeTo?: Day },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('organisation.person')
    .set({
      ...fields,
      ...(fields.name === undefined ? {} : namePinyin(fields.name)),
      byHand: true,
      version: version + 1,
    })
    .where('id', '=', personId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const insertHonour = async (
  db: Queryable,
  honour: Omit<Honour, 'id'> & { readonly personId: string },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.honour')
    .values({ id, ...honour })
    .execute();
  return id;
};
