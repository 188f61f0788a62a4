import { type SqlBool, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { ItemScope } from '../item/policy.ts';
import { isAnsweredFor, isUsedOutside } from '../item/store.ts';
import type { Reuse } from './contract.ts';

/** The schools to which an item's authors belong, by its own few versions. */
const authorSchools = sql<string[]>`array_remove(item.school_id || array(
  select person.home_school_id from library.version as version
    cross join lateral unnest(version.contributors) as one (person_id)
    join organisation.person as person on person.id = one.person_id
    where version.item_id = item.id
), null)`;

/** Each count by the index of its table on the item. */
export const countReuse = async (db: Queryable, itemId: string): Promise<Reuse> => {
  const { rows } = await sql<Reuse>`
    with adapted (school_id) as materialized (
      select distinct adaptation.school_id from library.adaptation as adaptation
      where adaptation.item_id = ${itemId}::uuid
    )
    select
      (select count(*) from library.opening as opening where opening.item_id = ${itemId}::uuid)::int as opened,
      (select count(*) from adapted)::int as adapted,
      (select count(distinct adaptation.school_id) from library.adaptation as adaptation
        where adaptation.item_id = ${itemId}::uuid and exists (select from library.reflection as reflection
          where reflection.adaptation_id = adaptation.id and reflection.withdrawn_at is null))::int as taught,
      (select count(distinct suggestion.school_id) from library.suggestion as suggestion
        where suggestion.item_id = ${itemId}::uuid and suggestion.state <> 'withdrawn')::int as suggested,
      (select count(*) from adapted where adapted.school_id <> all(
        (select ${authorSchools} from library.item as item where item.id = ${itemId}::uuid)::uuid[]
      ))::int as outside`.execute(db);
  const [found] = rows;
  if (found === undefined) throw new Error('a count has a row');
  return found;
};

/** Of what the district published in the fields one answers for, by the condition of the list that a figure opens. */
export const countReuseShare = async (
  db: Queryable,
  scope: ItemScope,
): Promise<{ items: number; outside: number }> => {
  const which = sql<SqlBool>`item.published is not null and item.withdrawn_at is null and ${isAnsweredFor(scope)}`;
  const { rows } = await sql<{ items: number; outside: number }>`
    select count(*)::int as items, count(*) filter (where ${isUsedOutside})::int as outside
    from library.item as item where ${which}`.execute(db);
  return rows[0] ?? { items: 0, outside: 0 };
};
