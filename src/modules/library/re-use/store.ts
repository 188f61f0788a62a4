import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { ItemScope } from '../item/policy.ts';
import { isAnsweredFor } from '../item/store.ts';
import type { Reuse } from './contract.ts';

/** Which schools did what with the items that `which` names, and to which schools their authors belong. */
const uses = (which: RawBuilder<SqlBool>) => sql`
  shown as (select item.id, item.school_id from library.item as item where ${which}),
  author (item_id, school_id) as (
    select shown.id, shown.school_id from shown where shown.school_id is not null
    union
    select shown.id, person.home_school_id from shown
      join library.version as version on version.item_id = shown.id
      join organisation.person as person on person.id = any(version.contributors)
      where person.home_school_id is not null
  ),
  used (item_id, school_id, how) as (
    select opening.item_id, opening.school_id, 'opened' from library.opening as opening
      join shown on shown.id = opening.item_id
    union
    select adaptation.item_id, adaptation.school_id, 'adapted' from library.adaptation as adaptation
      join shown on shown.id = adaptation.item_id
    union
    select adaptation.item_id, adaptation.school_id, 'taught' from library.reflection as reflection
      join library.adaptation as adaptation on adaptation.id = reflection.adaptation_id
      join shown on shown.id = adaptation.item_id
      where reflection.withdrawn_at is null
    union
    select suggestion.item_id, suggestion.school_id, 'suggested' from library.suggestion as suggestion
      join shown on shown.id = suggestion.item_id
      where suggestion.state <> 'withdrawn'
  ),
  outside as (
    select distinct used.item_id, used.school_id from used
    where used.how <> 'opened' and not exists (select from author
      where author.item_id = used.item_id and author.school_id = used.school_id)
  )`;

export const countReuse = async (db: Queryable, itemId: string): Promise<Reuse> => {
  const { rows } = await sql<Reuse>`
    with ${uses(sql<SqlBool>`item.id = ${itemId}::uuid`)}
    select count(*) filter (where how = 'opened')::int as opened,
      count(*) filter (where how = 'adapted')::int as adapted,
      count(*) filter (where how = 'taught')::int as taught,
      count(*) filter (where how = 'suggested')::int as suggested,
      (select count(*)::int from outside) as outside
    from used`.execute(db);
  const [found] = rows;
  if (found === undefined) throw new Error('a count has a row');
  return found;
};

/** Of what the district published in the fields one answers for. */
export const countReuseShare = async (
  db: Queryable,
  scope: ItemScope,
): Promise<{ items: number; outside: number }> => {
  const which = sql<SqlBool>`item.published is not null and item.withdrawn_at is null and ${isAnsweredFor(scope)}`;
  const { rows } = await sql<{ items: number; outside: number }>`
    with ${uses(which)}
    select (select count(*)::int from shown) as items,
      (select count(distinct item_id)::int from outside) as outside`.execute(db);
  return rows[0] ?? { items: 0, outside: 0 };
};
