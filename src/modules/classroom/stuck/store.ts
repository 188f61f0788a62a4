import type { Queryable } from '#platform/database/database.ts';

export const findObserver = (
  db: Queryable,
  personId: string,
): Promise<{ id: string; name: string } | undefined> =>
  db.selectFrom('organisation.person').select(['id', 'name']).where('id', '=', personId).executeTakeFirst();
