import { type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import { activeOn } from '#modules/organisation/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { Content } from '../content/contract.ts';
import type { ThemeCaseScope } from './policy.ts';

const isInScope = (column: string, { everySchool, schoolIds }: ThemeCaseScope) =>
  everySchool ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(column)} = any(${[...schoolIds]}::uuid[])`;

/** A case counts in the term in which it was first published: putting its text right later makes no other case. */
const isFirstPublished = ({ from, to }: { readonly from: Day; readonly to: Day }) => sql<SqlBool>`exists (
  select from library.version as first where first.item_id = item.id and first.number = 1
    and (first.published_at at time zone 'Asia/Shanghai')::date between ${from} and ${to}
)`;

/** Schools in scope with how many cases each published in a span of days, in the district's usual order. */
export const listSchoolsWithCases = (
  db: Queryable,
  scope: ThemeCaseScope,
  { on, ...span }: { readonly from: Day; readonly to: Day; readonly on: Day },
) =>
  db
    .selectFrom('organisation.school as school')
    .leftJoin('library.item as item', (join) =>
      join
        .onRef('item.schoolId', '=', 'school.id')
        .on('item.kind', '=', 'theme-case')
        .on('item.withdrawnAt', 'is', null)
        .on(isFirstPublished(span)),
    )
    .where(activeOn('school', on))
    .where(isInScope('school.id', scope))
    .groupBy(['school.id', 'school.name', 'school.parentId'])
    .select(['school.id', 'school.name', ({ fn }) => fn.count<number>('item.id').as('cases')])
    .orderBy(sql`coalesce(school.parent_id, school.id)`)
    .orderBy('school.id')
    .execute();

/** A school's published cases of a span of days. */
export const listCasesOfSchool = (
  db: Queryable,
  schoolId: string,
  span: { readonly from: Day; readonly to: Day },
) =>
  db
    .selectFrom('library.item as item')
    .innerJoin('library.version as version', (join) =>
      join.onRef('version.itemId', '=', 'item.id').onRef('version.number', '=', 'item.published'),
    )
    .where('item.schoolId', '=', schoolId)
    .where('item.kind', '=', 'theme-case')
    .where('item.withdrawnAt', 'is', null)
    .where(isFirstPublished(span))
    .select([
      'item.id',
      'item.title',
      sql<Subject>`item.subject`.as('subject'),
      'item.grade',
      sql<Content>`version.content`.as('content'),
    ])
    .orderBy('item.subject')
    .orderBy('item.grade')
    .orderBy('item.id')
    .limit(500)
    .execute();
