import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { RubricCriterion } from '../contract.ts';

export interface Rubric {
  readonly id: string;
  readonly criteria: readonly RubricCriterion[];
}

/** The edition in force on a day, or a given one. */
export const findRubric = async (db: Queryable, which: { on: Day } | { id: string }): Promise<Rubric> => {
  const rows = await db
    .selectFrom('classroom.rubricCriterion')
    .where('rubricId', '=', (inner) =>
      inner
        .selectFrom('classroom.rubric')
        .select('id')
        .$if('id' in which, (query) => query.where('id', '=', 'id' in which ? which.id : ''))
        .$if('on' in which, (query) =>
          query
            // Before the first edition there is still only the first edition.
            .orderBy((row) => row('activeFrom', '<=', 'on' in which ? which.on : ''), 'desc')
            .orderBy('activeFrom', 'desc'),
        )
        .limit(1),
    )
    .select(['rubricId', 'code', 'label', 'wording'])
    .orderBy('position')
    .execute();
  return { id: rows[0]?.rubricId ?? '', criteria: rows.map(({ rubricId: _id, ...criterion }) => criterion) };
};
