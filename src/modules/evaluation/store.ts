import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { Criterion } from './contract.ts';
import type { EvaluationScope } from './policy.ts';

export interface Framework {
  readonly title: string;
  readonly version: number;
  readonly clause: string;
  readonly note: string;
  readonly criteria: Criterion[];
}

/** The ten items as they held on a day; before the first edition, the first. */
export const getFramework = async (db: Queryable, on: Day): Promise<Framework> => {
  const { id, ...framework } = await db
    .selectFrom('evaluation.framework')
    .select(['id', 'title', 'version', 'clause', 'note'])
    .where('key', '=', 'quality-school')
    .orderBy(sql`from_on > ${on}`)
    .orderBy(sql`case when from_on <= ${on} then from_on end`, 'desc')
    .orderBy('fromOn')
    .limit(1)
    .executeTakeFirstOrThrow();
  const criteria = await db
    .selectFrom('evaluation.criterion')
    .select(['code', 'name', 'text', 'points', 'limitNote'])
    .where('frameworkId', '=', id)
    .orderBy('position')
    .execute();
  const parts = await db
    .selectFrom('evaluation.criterionPart')
    .select(['code', 'letter', 'text', 'evidence', 'measure'])
    .where('frameworkId', '=', id)
    .orderBy('letter')
    .execute();
  return {
    ...framework,
    criteria: criteria.map((one) => ({
      ...one,
      parts: parts
        .filter(({ code }) => code === one.code)
        .map(({ letter, text, evidence, measure }) => ({
          letter,
          text,
          evidence,
          measured: measure !== null,
        })),
    })),
  };
};

/** The units on a day that may be looked at; whoever calls puts them in order of name. */
export const listEvaluatedSchools = async (db: Queryable, scope: EvaluationScope, on: Day) => {
  if (!scope.allSchools && scope.schoolIds.length === 0) return [];
  let query = db.selectFrom('organisation.school as school').select(['school.id', 'school.name']);
  query = scope.allSchools
    ? query.where((is) =>
        is.exists(
          is
            .selectFrom('organisation.consortiumSchool as place')
            .whereRef('place.schoolId', '=', 'school.id')
            .where('place.activeFrom', '<=', on)
            .where((also) => also.or([also('place.activeTo', 'is', null), also('place.activeTo', '>', on)]))
            .select('place.id'),
        ),
      )
    : query.where('school.id', 'in', scope.schoolIds);
  return query.execute();
};

export const findSchool = (db: Queryable, id: string) =>
  db.selectFrom('organisation.school').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
