import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';

/** Schools open on any of the days, by name, in the order the form lists them. */
export const listSchoolsBetween = (
  db: Queryable,
  from: Day,
  to: Day,
): Promise<{ id: string; name: string; activeFrom: Day; activeTo: Day | null }[]> =>
  db
    .selectFrom('organisation.school')
    .select(['id', 'name', 'activeFrom', 'activeTo'])
    .where('activeFrom', '<=', to)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', from)]))
    .orderBy('name')
    .orderBy('id')
    .execute();

/** Where somebody observed last, the latest first; drafts count, withdrawn records do not. */
export const listLatestSchools = async (
  db: Queryable,
  where: { readonly observerId: string; readonly since: Day; readonly limit: number },
): Promise<string[]> => {
  const rows = await db
    .selectFrom('classroom.observation')
    .where('observerId', '=', where.observerId)
    .where('dayOn', '>=', where.since)
    .where('schoolId', 'is not', null)
    .where('withdrawnAt', 'is', null)
    .groupBy('schoolId')
    .select((row) => ['schoolId', row.fn.max('dayOn').as('latest')])
    .orderBy('latest', 'desc')
    .orderBy('schoolId')
    .limit(where.limit)
    .execute();
  return rows.flatMap(({ schoolId }) => (schoolId === null ? [] : [schoolId]));
};
