import { type SqlBool, sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { SchoolScope } from '../school-scope/policy.ts';
import { isOfSchools } from '../school-scope/store.ts';
import type { BudgetEntry } from './contract.ts';
import type { BudgetPurpose } from './vocabulary/contract.ts';

export interface PlannedBudget {
  readonly schoolId: string;
  readonly plannedFen: number;
  readonly version: number;
}

/** The amounts that stand for a school year, one a school. */
export const listPlanned = (
  db: Queryable,
  scope: SchoolScope,
  schoolYear: number,
): Promise<PlannedBudget[]> =>
  db
    .selectFrom('classroom.budgetPlan as plan')
    .where('plan.schoolYear', '=', schoolYear)
    .where(isOfSchools('plan.schoolId', scope))
    .distinctOn('plan.schoolId')
    .select(['plan.schoolId', sql<number>`plan.planned_fen`.as('plannedFen'), 'plan.version'])
    .orderBy('plan.schoolId')
    .orderBy('plan.version', 'desc')
    .execute();

/** One after another for a school and year, the first included. */
export const lockPlan = async (db: Queryable, schoolId: string, schoolYear: number): Promise<void> => {
  const key = `classroom.budget:${schoolId}:${schoolYear}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
};

export const insertPlan = async (
  db: Queryable,
  plan: PlannedBudget & { readonly schoolYear: number; readonly note: string; readonly setBy: string },
): Promise<void> => {
  await db.insertInto('classroom.budgetPlan').values(plan).execute();
};

/** False when the id is taken. */
export const insertEntry = async (
  db: Queryable,
  entry: {
    readonly id: string;
    readonly schoolId: string;
    readonly schoolYear: number;
    readonly dayOn: string;
    readonly purpose: BudgetPurpose;
    readonly note: string;
    readonly amountFen: number;
    readonly enteredBy: string;
  },
): Promise<boolean> => {
  const row = await db
    .insertInto('classroom.budgetEntry')
    .values(entry)
    .onConflict((target) => target.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

export const findEntryForUpdate = (db: Queryable, id: string) =>
  db
    .selectFrom('classroom.budgetEntry')
    .select([
      'id',
      'schoolId',
      'schoolYear',
      'dayOn',
      sql<BudgetPurpose>`purpose`.as('purpose'),
      'note',
      sql<number>`amount_fen`.as('amountFen'),
      'enteredBy',
      'withdrawnAt',
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const markEntryWithdrawn = async (
  db: Queryable,
  id: string,
  mark: { withdrawnAt: string; withdrawnBy: string; withdrawnReason: string },
): Promise<void> => {
  await db.updateTable('classroom.budgetEntry').set(mark).where('id', '=', id).execute();
};

export const listEntries = async (
  db: Queryable,
  { schoolId, schoolYear }: { readonly schoolId: string; readonly schoolYear: number },
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ rows: BudgetEntry[]; nextCursor: string | null }> => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const found = await db
    .selectFrom('classroom.budgetEntry as entry')
    .innerJoin('organisation.person as person', 'person.id', 'entry.enteredBy')
    .where('entry.schoolId', '=', schoolId)
    .where('entry.schoolYear', '=', schoolYear)
    .select([
      'entry.id',
      'entry.dayOn',
      sql<BudgetPurpose>`entry.purpose`.as('purpose'),
      'entry.note',
      sql<number>`entry.amount_fen`.as('amountFen'),
      'person.name as enteredByName',
      'entry.withdrawnReason',
    ])
    .$if(dayOn !== undefined, (query) =>
      query.where(sql<SqlBool>`(entry.day_on, entry.id) < (${dayOn}::date, ${id}::uuid)`),
    )
    .orderBy('entry.dayOn', 'desc')
    .orderBy('entry.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const rows = found.slice(0, page.limit);
  const last = found.length > page.limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last === undefined ? null : `${last.dayOn}_${last.id}` };
};

/** What was spent and not withdrawn, by school and purpose. */
export const sumSpent = (
  db: Queryable,
  scope: SchoolScope,
  schoolYear: number,
): Promise<{ schoolId: string; purpose: BudgetPurpose; spentFen: number; entries: number }[]> =>
  db
    .selectFrom('classroom.budgetEntry as entry')
    .where('entry.schoolYear', '=', schoolYear)
    .where('entry.withdrawnAt', 'is', null)
    .where(isOfSchools('entry.schoolId', scope))
    .groupBy(['entry.schoolId', 'entry.purpose'])
    .select([
      'entry.schoolId',
      sql<BudgetPurpose>`entry.purpose`.as('purpose'),
      sql<number>`sum(entry.amount_fen)`.as('spentFen'),
      sql<number>`count(*)`.as('entries'),
    ])
    .execute();
