import { sql } from 'kysely';
import type { SchoolKind } from '#modules/organisation/contract.ts';
import { activeOn } from '#modules/organisation/store.ts';
import { listBodies, listConsortiumSchools } from '#modules/organisation/structure/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { ResponsiblePost } from '../contract.ts';

export interface Unit {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly kind: SchoolKind;
  /** The consortia it stands in, in words. */
  readonly placeName: string;
}

/** The district's units in its usual order: consortium by consortium as in appendix 2, the base school first. */
export const listUnits = async (db: Queryable, on: Day): Promise<Unit[]> => {
  const consortia = (await listBodies(db, on)).filter(({ kind }) => kind === 'consortium');
  const schools = await listConsortiumSchools(db, on);
  const places = consortia.flatMap(({ id, name }) =>
    schools
      .filter(({ consortiumId }) => consortiumId === id)
      .map((school) => ({ ...school, consortiumName: name })),
  );
  return [...Map.groupBy(places, ({ schoolId }) => schoolId)].flatMap(([schoolId, all]) => {
    const [first] = all;
    return first === undefined
      ? []
      : [
          {
            schoolId,
            schoolName: first.name,
            kind: first.kind,
            placeName: all.map(({ consortiumName }) => consortiumName).join('、'),
          },
        ];
  });
};

/** The district's units, and after them those of the schools given that are none on the day, by name. */
export const listUnitsWith = async (
  db: Queryable,
  schoolIds: readonly string[],
  on: Day,
): Promise<Pick<Unit, 'schoolId' | 'schoolName' | 'placeName'>[]> => {
  const units = await listUnits(db, on);
  const others = schoolIds.filter((id) => !units.some(({ schoolId }) => schoolId === id));
  return [
    ...units,
    ...(await listSchoolNames(db, others)).map(({ id, name }) => ({
      schoolId: id,
      schoolName: name,
      placeName: '',
    })),
  ];
};

/** Names of schools, in the order of their names. */
export const listSchoolNames = async (
  db: Queryable,
  schoolIds: readonly string[],
): Promise<{ id: string; name: string }[]> =>
  schoolIds.length === 0
    ? []
    : db
        .selectFrom('organisation.school')
        .where('id', 'in', [...schoolIds])
        .select(['id', 'name'])
        .orderBy('name')
        .orderBy('id')
        .execute();

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly initials: string;
}

const candidates = (db: Queryable, on: Day) =>
  db
    .selectFrom('organisation.person as person')
    .where(activeOn('person', on))
    .select(['person.id', 'person.name', 'person.nameInitials as initials']);

/** Everybody of a school: at home there, or holding a post of it. */
export const listSchoolPeople = (db: Queryable, schoolId: string, on: Day): Promise<Candidate[]> =>
  candidates(db, on)
    .where((is) =>
      is.or([
        is('person.homeSchoolId', '=', schoolId),
        is.exists(
          is
            .selectFrom('organisation.appointment as held')
            .whereRef('held.personId', '=', 'person.id')
            .where('held.schoolId', '=', schoolId)
            .where(activeOn('held', on))
            .select('held.id'),
        ),
      ]),
    )
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .limit(500)
    .execute();

/** Those who hold one of the posts of a school on a day. */
export const listPostHolders = (
  db: Queryable,
  schoolId: string,
  posts: readonly ResponsiblePost[],
  on: Day,
): Promise<(Candidate & { post: ResponsiblePost })[]> =>
  candidates(db, on)
    .innerJoin('organisation.appointment as held', 'held.personId', 'person.id')
    .where('held.schoolId', '=', schoolId)
    .where('held.bodyId', 'is', null)
    .where('held.post', 'in', [...posts])
    .where(activeOn('held', on))
    .select(sql<ResponsiblePost>`held.post`.as('post'))
    .orderBy(sql`array_position(array['principal', 'vice-principal', 'dean'], held.post)`)
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .execute();

/** Leading group and research office with the core groups' leads, once each. */
export const listDistrictPeople = (db: Queryable, on: Day): Promise<Candidate[]> =>
  candidates(db, on)
    .where((is) =>
      is.exists(
        is
          .selectFrom('organisation.appointment as held')
          .innerJoin('organisation.body as body', 'body.id', 'held.bodyId')
          .whereRef('held.personId', '=', 'person.id')
          .where(activeOn('held', on))
          .where((also) =>
            also.or([
              also('body.kind', 'in', ['leading-group', 'research-office']),
              also.and([also('body.kind', '=', 'core-group'), also('held.post', '=', 'lead')]),
            ]),
          )
          .select('held.id'),
      ),
    )
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .execute();
