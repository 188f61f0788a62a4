import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { RevisionCause } from '../../vocabulary/contract.ts';
import type { RevisionRow } from './contract.ts';

/** Newest first; numbers count up from 1 without gaps. */
export const listRevisions = async (
  db: Queryable,
  adaptationId: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<{ rows: RevisionRow[]; nextCursor: string | null }> => {
  let query = db
    .selectFrom('library.adaptationRevision as revision')
    .innerJoin('organisation.person as person', 'person.id', 'revision.madeBy')
    .where('revision.adaptationId', '=', adaptationId);
  if (before !== null) query = query.where('revision.number', '<', before);
  const found = await query
    .select([
      'revision.number',
      'revision.basedOn',
      sql<RevisionCause>`revision.cause`.as('cause'),
      'person.name as madeByName',
      'revision.madeAt',
      sql<RevisionRow['touched']>`coalesce((
        select jsonb_agg(jsonb_build_object('key', part.key, 'title', part.value ->> 'title') order by part.key)
        from jsonb_each(revision.touched) as part), '[]')`.as('touched'),
    ])
    .orderBy('revision.number', 'desc')
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last !== undefined ? String(last.number) : null };
};
