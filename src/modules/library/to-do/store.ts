import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Reach } from '../item/policy.ts';
import { isOfReach } from '../item/store.ts';

export interface LibraryToDo {
  readonly reviews: number;
  readonly updates: number;
  readonly answers: number;
  readonly suggestions: number;
  readonly approved: number;
}

/** One look for the first screen; every part by an index of what is open. */
export const countToDo = async (
  db: Queryable,
  {
    personId,
    writing,
    officer,
  }: { readonly personId: string; readonly writing: Reach; readonly officer: Reach },
): Promise<LibraryToDo> => {
  const { rows } = await sql<LibraryToDo>`select
    (select count(*) from library.review as review
      join library.round as round on round.id = review.round_id
      where review.reviewer_id = ${personId} and review.verdict is null
        and round.state = 'in-review' and round.submission = review.submission) as reviews,
    (select count(*) from library.adaptation as adaptation
      join library.item as item on item.id = adaptation.item_id
      where adaptation.person_id = ${personId} and adaptation.ended_at is null and item.withdrawn_at is null
        and item.published > adaptation.based_on
        and item.published > coalesce(adaptation.declined, 0)) as updates,
    (select count(*) from library.suggestion as suggestion
      where suggestion.person_id = ${personId} and suggestion.decided_at is not null
        and suggestion.seen_at is null) as answers,
    (select count(*) from library.suggestion as suggestion
      join library.item as item on item.id = suggestion.item_id
      where suggestion.state = 'waiting' and suggestion.gathered_into is null and item.school_id is null
        and suggestion.person_id <> ${personId} and ${isOfReach('item', writing)}) as suggestions,
    (select count(*) from library.round as round
      join library.item as item on item.id = round.item_id
      where round.state = 'approved' and round.ended_at is null and item.school_id is null
        and ${isOfReach('item', officer)}) as approved`.execute(db);
  const [found] = rows;
  return found ?? { reviews: 0, updates: 0, answers: 0, suggestions: 0, approved: 0 };
};
