import { type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { SchoolScope } from '../school-scope/policy.ts';
import { isOfSchools } from '../school-scope/store.ts';
import type { WritingContent, WritingTotals } from './contract.ts';
import type { Fault, Maker } from './vocabulary/contract.ts';

/** What the server works out beside the content. */
export interface WritingPlace {
  readonly termId: string | null;
  readonly grade: number;
  readonly classLabel: string;
}

/** False when the id is taken. */
export const insertCheck = async (
  db: Queryable,
  check: { id: string; schoolId: string; madeAs: Maker; checkedBy: string },
): Promise<boolean> => {
  const row = await db
    .insertInto('classroom.writingCheck')
    .values(check)
    .onConflict((target) => target.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

export const insertContent = async (
  db: Queryable,
  version: { checkId: string; version: number; reason: string; madeBy: string },
  content: WritingContent,
  place: WritingPlace,
): Promise<void> => {
  await db
    .insertInto('classroom.writingCheckVersion')
    .values({ ...content, faults: [...content.faults], ...version, ...place })
    .execute();
};

export const setCheckVersion = async (db: Queryable, id: string, version: number): Promise<void> => {
  await db.updateTable('classroom.writingCheck').set({ version }).where('id', '=', id).execute();
};

export const markCheckWithdrawn = async (
  db: Queryable,
  id: string,
  mark: { withdrawnAt: string; withdrawnBy: string; withdrawnReason: string },
): Promise<void> => {
  await db.updateTable('classroom.writingCheck').set(mark).where('id', '=', id).execute();
};

/** For a change: locked, whoever asks. */
export const findCheckForUpdate = (db: Queryable, id: string) =>
  db
    .selectFrom('classroom.writingCheck')
    .select(['id', 'schoolId', 'checkedBy', 'version', 'withdrawnAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** Standing contents of checks that were not withdrawn. */
const standing = (db: Queryable) =>
  db
    .selectFrom('classroom.writingCheck as c')
    .innerJoin('classroom.writingCheckVersion as v', (join) =>
      join.onRef('v.checkId', '=', 'c.id').onRef('v.version', '=', 'c.version'),
    )
    .where('c.withdrawnAt', 'is', null);
type Standing = ReturnType<typeof standing>;

export interface WritingFilter {
  readonly schoolId?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly grade?: number | undefined;
  readonly subject?: Subject | undefined;
  readonly classId?: string | undefined;
  readonly fault?: Fault | undefined;
}

const matching = (query: Standing, scope: SchoolScope, filter: WritingFilter): Standing =>
  query
    .where(isOfSchools('c.schoolId', scope))
    .where((where) =>
      where.and([
        ...(filter.schoolId === undefined ? [] : [where('c.schoolId', '=', filter.schoolId)]),
        ...(filter.from === undefined ? [] : [where('v.dayOn', '>=', filter.from)]),
        ...(filter.to === undefined ? [] : [where('v.dayOn', '<=', filter.to)]),
        ...(filter.grade === undefined ? [] : [where('v.grade', '=', filter.grade)]),
        ...(filter.subject === undefined ? [] : [where('v.subject', '=', filter.subject)]),
        ...(filter.classId === undefined ? [] : [where('v.classId', '=', filter.classId)]),
        ...(filter.fault === undefined ? [] : [sql<SqlBool>`v.faults @> array[${filter.fault}]::text[]`]),
      ]),
    );

const rowColumns = [
  'c.id',
  'c.schoolId',
  'c.checkedBy',
  'c.version',
  sql<Maker>`c.made_as`.as('madeAs'),
  'v.dayOn',
  'v.grade',
  'v.classId',
  'v.classLabel',
  sql<Subject>`v.subject`.as('subject'),
  'v.sample',
  'v.posture',
  'v.grip',
  'v.form',
  'v.neat',
  sql<Fault[]>`v.faults`.as('faults'),
] as const;

export const listChecks = async (
  db: Queryable,
  scope: SchoolScope,
  filter: WritingFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const rows = await matching(standing(db), scope, filter)
    .innerJoin('organisation.school as school', 'school.id', 'c.schoolId')
    .$if(dayOn !== undefined, (query) =>
      query.where(sql<SqlBool>`(v.day_on, c.id) < (${dayOn}::date, ${id}::uuid)`),
    )
    .select([...rowColumns, 'school.name as schoolName'])
    .orderBy('v.dayOn', 'desc')
    .orderBy('c.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.dayOn}_${last.id}` : null,
  };
};

export const findCheck = (db: Queryable, scope: SchoolScope, id: string) =>
  matching(standing(db), scope, {})
    .innerJoin('organisation.school as school', 'school.id', 'c.schoolId')
    .innerJoin('organisation.person as checker', 'checker.id', 'c.checkedBy')
    .where('c.id', '=', id)
    .select([
      ...rowColumns,
      'school.name as schoolName',
      'v.faultNote',
      'v.advice',
      'checker.name as checkedByName',
    ])
    .executeTakeFirst();

export const listCorrections = (db: Queryable, checkId: string, before: number) =>
  db
    .selectFrom('classroom.writingCheckVersion')
    .where('checkId', '=', checkId)
    .where('version', '<=', before)
    .where('version', '>', 1)
    .select(['version', 'reason', 'madeAt as at'])
    .orderBy('version')
    .execute();

const totals = [
  sql<number>`count(*)`.as('checks'),
  sql<number>`coalesce(sum(v.sample), 0)`.as('sample'),
  sql<number>`coalesce(sum(v.posture), 0)`.as('posture'),
  sql<number>`coalesce(sum(v.grip), 0)`.as('grip'),
  sql<number>`coalesce(sum(v.form), 0)`.as('form'),
  sql<number>`coalesce(sum(v.neat), 0)`.as('neat'),
] as const;

export const sumChecks = (db: Queryable, scope: SchoolScope, filter: WritingFilter): Promise<WritingTotals> =>
  matching(standing(db), scope, filter).select(totals).executeTakeFirstOrThrow();

const keys = {
  /** The Monday. */
  week: sql<string>`date_trunc('week', v.day_on)::date`,
  school: sql<string>`c.school_id`,
  class: sql<string>`v.class_id`,
  stage: sql<string>`case when v.grade <= 6 then 'primary' else 'junior' end`,
} as const;

/** Sums for each week, school, class or stage that has checks; classes by grade and number. */
export const sumChecksBy = (
  db: Queryable,
  by: keyof typeof keys,
  scope: SchoolScope,
  filter: WritingFilter,
): Promise<(WritingTotals & { key: string; label: string })[]> =>
  matching(standing(db), scope, filter)
    .where(sql<SqlBool>`${keys[by]} is not null`)
    .groupBy(keys[by])
    .select([keys[by].as('key'), sql<string>`max(v.class_label)`.as('label'), ...totals])
    .orderBy(sql`max(v.grade)`)
    .orderBy(sql`max(v.class_label)`)
    .execute();

/** How many checks name each fault, the most frequent first. */
export const countFaults = (
  db: Queryable,
  scope: SchoolScope,
  filter: WritingFilter,
): Promise<{ fault: Fault; checks: number }[]> =>
  db
    .selectFrom(
      matching(standing(db), scope, filter).select(sql<Fault>`unnest(v.faults)`.as('fault')).as('named'),
    )
    .groupBy('named.fault')
    .select(['named.fault', sql<number>`count(*)`.as('checks')])
    .orderBy('checks', 'desc')
    .orderBy('named.fault')
    .execute();

const district: SchoolScope = { allSchools: true, schoolIds: [], personId: null };

/** What a bulletin and an evaluation are given: counts alone, no class's or person's name, no free text. */
export const writingFigures = async (
  db: Queryable,
  period: { readonly from: Day; readonly to: Day },
  scope: SchoolScope = district,
) => {
  const checked = await matching(standing(db), scope, period)
    .select([
      sql<number>`count(distinct c.school_id)`.as('schools'),
      sql<number>`count(*) filter (where c.made_as = 'district')`.as('byDistrict'),
    ])
    .executeTakeFirstOrThrow();
  return {
    ...checked,
    total: await sumChecks(db, scope, period),
    stages: await sumChecksBy(db, 'stage', scope, period),
    faults: await countFaults(db, scope, period),
  };
};
