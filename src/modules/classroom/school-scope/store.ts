import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { activeOn } from '#modules/organisation/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { SchoolScope } from './policy.ts';

/** Rows of schools in scope; `column` names the school. */
export const isOfSchools = (column: string, { allSchools, schoolIds }: SchoolScope): RawBuilder<SqlBool> =>
  allSchools ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(column)} = any(${[...schoolIds]}::uuid[])`;

export interface NamedSchool {
  readonly id: string;
  readonly name: string;
}

/**
 * In the district's usual order: as the schools were entered, campuses after their central school. A school that is
 * closed on the day stands among them where it is given: it has rows of its own.
 */
export const listSchoolsInScope = (
  db: Queryable,
  scope: SchoolScope,
  on: Day,
  given: readonly string[] = [],
): Promise<NamedSchool[]> =>
  db
    .selectFrom('organisation.school as school')
    .where((is) => is.or([activeOn('school', on), sql<SqlBool>`school.id = any(${[...given]}::uuid[])`]))
    .where(isOfSchools('school.id', scope))
    .select(['school.id', 'school.name'])
    .orderBy(sql`coalesce(school.parent_id, school.id)`)
    .orderBy(sql`school.parent_id is not null`)
    .orderBy('school.id')
    .execute();
