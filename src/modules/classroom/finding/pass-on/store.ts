import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { FindingScope } from '../policy.ts';
import { isVisible } from '../store.ts';
import type { FindingState, PassableSource } from '../vocabulary/contract.ts';

/** What was passed on of these sources and not cancelled since; `visible`: whether the reader may see the finding. */
export const listPassedOn = (
  db: Queryable,
  scope: FindingScope,
  { source, sourceIds }: { readonly source: PassableSource; readonly sourceIds: readonly string[] },
) =>
  db
    .selectFrom('classroom.finding as f')
    .innerJoin('organisation.school as school', 'school.id', 'f.schoolId')
    .where('f.source', '=', source)
    .where('f.sourceId', 'in', [...sourceIds])
    .where('f.sourcePart', 'is not', null)
    .where('f.state', '<>', 'cancelled')
    .select((where) => [
      'f.id as findingId',
      sql<string>`f.source_id`.as('sourceId'),
      sql<string>`f.source_part`.as('part'),
      sql<FindingState>`f.state`.as('state'),
      isVisible(where, scope).as('visible'),
    ])
    .execute();

/** Until the transaction ends nobody else passes this on. */
export const lockSource = async (
  db: Queryable,
  source: PassableSource,
  sourceId: string,
  part: string,
): Promise<void> => {
  const key = `classroom.finding:${source}:${sourceId}:${part}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
};
