import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { ExperimentMode } from '../room-use/vocabulary/contract.ts';

const requiredOn = (on: Day): RawBuilder<SqlBool> =>
  sql<SqlBool>`required.from_on <= ${on}::date and (required.to_on is null or required.to_on > ${on}::date)`;

/** By subject, grade and name. */
export const listRequired = (db: Queryable, on: Day) =>
  db
    .selectFrom('classroom.requiredExperiment as required')
    .where(requiredOn(on))
    .select([
      'required.id',
      sql<Subject>`required.subject`.as('subject'),
      'required.grade',
      'required.name',
      sql<ExperimentMode>`required.mode`.as('mode'),
      'required.version',
    ])
    .orderBy('required.subject')
    .orderBy('required.grade')
    .orderBy('required.id')
    .execute();

/** Null when the grade has one of this name already. */
export const insertRequired = async (
  db: Queryable,
  experiment: { subject: Subject; grade: number; name: string; mode: ExperimentMode; fromOn: Day },
): Promise<string | null> => {
  const row = await db
    .insertInto('classroom.requiredExperiment')
    .values({ id: newId(), ...experiment })
    .onConflict((target) => target.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

export const findRequiredForUpdate = (db: Queryable, id: string) =>
  db
    .selectFrom('classroom.requiredExperiment')
    .select(['id', 'subject', 'grade', 'name', 'mode', 'version', 'toOn'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const updateRequired = async (
  db: Queryable,
  id: string,
  change: { readonly name?: string; readonly mode?: ExperimentMode; readonly toOn?: Day },
): Promise<number> => {
  const row = await db
    .updateTable('classroom.requiredExperiment')
    .set((is) => ({ ...change, version: is('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return row.version;
};

/**
 * 开出率: of the experiments required of a grade, those held at least once at the school between two days, both
 * inside; grades that no class of the school stands in are left out.
 */
export const countHeld = async (
  db: Queryable,
  where: {
    readonly schoolId: string;
    readonly grades: readonly number[];
    readonly from: Day;
    readonly to: Day;
  },
): Promise<{ subject: Subject; grade: number; required: number; held: number }[]> =>
  db
    .selectFrom('classroom.requiredExperiment as required')
    .where(requiredOn(where.to))
    .where(sql<SqlBool>`required.grade = any(${[...where.grades]}::smallint[])`)
    .groupBy(['required.subject', 'required.grade'])
    .select([
      sql<Subject>`required.subject`.as('subject'),
      'required.grade',
      sql<number>`count(*)`.as('required'),
      sql<number>`count(*) filter (where exists (
        select from classroom.room_use as use
        join lateral (
          select held from classroom.experiment_outcome as outcome
          where outcome.use_id = use.id order by outcome.version desc limit 1) as said on said.held
        where use.experiment_id = required.id and use.school_id = ${where.schoolId}::uuid
          and use.cancelled_at is null and use.day_on between ${where.from}::date and ${where.to}::date))`.as(
        'held',
      ),
    ])
    .orderBy('required.subject')
    .orderBy('required.grade')
    .execute();
