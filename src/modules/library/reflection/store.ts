import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { ReflectionAspect } from '../vocabulary/contract.ts';

export interface NewReflection {
  readonly id: string;
  readonly adaptationId: string;
  readonly personId: string;
  readonly taughtOn: string;
  readonly classLabel: string;
  readonly worked: string;
  readonly change: string;
  readonly aspects: Readonly<Partial<Record<ReflectionAspect, string>>>;
}

/** False when it is there already. */
export const insertReflection = async (db: Queryable, reflection: NewReflection): Promise<boolean> => {
  const kept = await db
    .insertInto('library.reflection')
    .values({ ...reflection, aspects: JSON.stringify(reflection.aspects) })
    .onConflict((target) => target.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
};

const reflections = (db: Queryable) =>
  db
    .selectFrom('library.reflection as reflection')
    .innerJoin('organisation.person as person', 'person.id', 'reflection.personId')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .where('reflection.withdrawnAt', 'is', null)
    .select([
      'reflection.id',
      'reflection.adaptationId',
      'reflection.personId',
      'person.name',
      'school.name as schoolName',
      'reflection.taughtOn',
      'reflection.classLabel',
      'reflection.worked',
      'reflection.change',
      sql<Partial<Record<ReflectionAspect, string>>>`reflection.aspects`.as('aspects'),
      'reflection.madeAt',
    ]);

export const findReflection = (db: Queryable, id: string) =>
  reflections(db).where('reflection.id', '=', id).executeTakeFirst();

/** Latest lesson first; an adaptation has few. */
export const listReflections = (db: Queryable, adaptationId: string) =>
  reflections(db)
    .where('reflection.adaptationId', '=', adaptationId)
    .orderBy('reflection.taughtOn', 'desc')
    .orderBy('reflection.id', 'desc')
    .limit(200)
    .execute();

export const markReflectionWithdrawn = async (db: Queryable, id: string, at: string): Promise<void> => {
  await db.updateTable('library.reflection').set({ withdrawnAt: at }).where('id', '=', id).execute();
};
