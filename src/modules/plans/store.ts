import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { Target, TargetHolder, TargetKey } from './contract.ts';
import type { TargetScope } from './policy.ts';

export const listTargets = async (db: Queryable, scope: TargetScope): Promise<Target[]> => {
  let query = db
    .selectFrom('plans.target as target')
    .leftJoin('organisation.person as holder', 'holder.id', 'target.personId')
    .leftJoin('organisation.school as school', 'school.id', 'holder.homeSchoolId')
    .leftJoin('organisation.person as setter', 'setter.id', 'target.setBy')
    .select([
      'target.id',
      sql<TargetKey>`target.key`.as('key'),
      sql<Target['post']>`target.post`.as('post'),
      'target.personId',
      'holder.name as personName',
      'school.name as schoolName',
      'target.amount',
      'target.fromOn',
      'target.toOn',
      'target.clause',
      'target.note',
      'setter.name as setByName',
      'target.setAt',
    ]);
  if (scope.kind === 'own')
    query = query.where((is) =>
      is.or([
        is('target.post', 'is not', null),
        ...(scope.personId === null ? [] : [is('target.personId', '=', scope.personId)]),
      ]),
    );
  return query
    .orderBy('target.key')
    .orderBy(sql`target.post is null`)
    .orderBy('holder.namePinyin')
    .orderBy('target.fromOn', 'desc')
    .orderBy('target.setAt', 'desc')
    .execute();
};

/** The targets of one key and holder; until the transaction ends nobody else sets one, the first included. */
export const listTargetsForUpdate = async (db: Queryable, key: TargetKey, holder: TargetHolder) => {
  await sql`select pg_advisory_xact_lock(hashtext('plans.target'))`.execute(db);
  return db
    .selectFrom('plans.target')
    .select(['id', 'fromOn', 'toOn', 'amount'])
    .where('key', '=', key)
    .where((is) => ('post' in holder ? is('post', '=', holder.post) : is('personId', '=', holder.personId)))
    .orderBy('fromOn')
    .execute();
};

export const findTargetForUpdate = (db: Queryable, id: string) =>
  db.selectFrom('plans.target').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export interface NewTarget {
  readonly key: TargetKey;
  readonly holder: TargetHolder;
  readonly amount: number | null;
  readonly fromOn: Day;
  readonly toOn: Day | null;
  readonly clause: string;
  readonly note: string;
  readonly setBy: string | null;
}

export const insertTarget = async (db: Queryable, { holder, ...target }: NewTarget): Promise<string> => {
  const id = newId();
  await db
    .insertInto('plans.target')
    .values({
      ...target,
      id,
      post: 'post' in holder ? holder.post : null,
      personId: 'personId' in holder ? holder.personId : null,
    })
    .execute();
  return id;
};

export const markTargetEnded = async (db: Queryable, id: string, toOn: Day): Promise<void> => {
  await db.updateTable('plans.target').set({ toOn }).where('id', '=', id).execute();
};

export const findPersonName = (db: Queryable, id: string) =>
  db.selectFrom('organisation.person').select('name').where('id', '=', id).executeTakeFirst();
