import { type SqlBool, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting } from '#platform/district-setting.ts';
import { newId } from '#platform/ids.ts';
import type { SchoolScope } from '../school-scope/policy.ts';
import { isOfSchools, type NamedSchool } from '../school-scope/store.ts';
import type { HomeworkItem, HomeworkTotals } from './contract.ts';
import { type HomeworkBand, type Judgement, limitsKey } from './rules.ts';
import type { HomeworkKind, Standing } from './vocabulary/contract.ts';

/** The limits in force on a day; before the first rule there are none. */
export const readLimits = async (db: Queryable, on: Day): Promise<readonly HomeworkBand[]> =>
  (await readSetting<{ bands: readonly HomeworkBand[] }>(db, limitsKey, on, { bands: [] })).bands;

export const findClass = (db: Queryable, id: string) =>
  db
    .selectFrom('organisation.schoolClass')
    .select(['id', 'schoolId', 'entryYear', 'number', sql<Stage>`stage`.as('stage')])
    .where('id', '=', id)
    .executeTakeFirst();

/** Schools and classes one teaches in a term. */
export const listTaughtClasses = async (
  db: Queryable,
  where: { readonly personId: string; readonly termId: string },
): Promise<{ schools: NamedSchool[]; classIds: string[] }> => {
  const rows = await db
    .selectFrom('organisation.teachingAssignment as assignment')
    .innerJoin('organisation.school as school', 'school.id', 'assignment.schoolId')
    .where('assignment.personId', '=', where.personId)
    .where('assignment.termId', '=', where.termId)
    .where('assignment.classId', 'is not', null)
    .select(['school.id', 'school.name', 'assignment.classId'])
    .orderBy('school.id')
    .execute();
  return {
    schools: [...new Map(rows.map(({ id, name }) => [id, { id, name }])).values()],
    classIds: rows.flatMap(({ classId }) => (classId === null ? [] : [classId])),
  };
};

export const listSubjectsOfClass = async (
  db: Queryable,
  where: { readonly classId: string; readonly termId: string },
): Promise<Subject[]> => {
  const rows = await db
    .selectFrom('organisation.teachingAssignment')
    .where('classId', '=', where.classId)
    .where('termId', '=', where.termId)
    .select(sql<Subject>`subject`.as('subject'))
    .distinct()
    .execute();
  return rows.map(({ subject }) => subject);
};

interface HomeworkKey {
  readonly classId: string;
  readonly dayOn: Day;
  readonly kind: HomeworkKind;
}

/** What stands for a class, day and kind. */
export const findHomework = async (db: Queryable, { classId, dayOn, kind }: HomeworkKey) => {
  const head = await db
    .selectFrom('classroom.homeworkDay as h')
    .innerJoin('classroom.homeworkVersion as v', (join) =>
      join.onRef('v.homeworkId', '=', 'h.id').onRef('v.version', '=', 'h.version'),
    )
    .innerJoin('organisation.person as saver', 'saver.id', 'v.savedBy')
    .where('h.classId', '=', classId)
    .where('h.dayOn', '=', dayOn)
    .where('h.kind', '=', kind)
    .select(['h.id', 'h.version', 'saver.name as savedByName', 'v.savedAt', 'v.savedBy'])
    .executeTakeFirst();
  if (head === undefined) return undefined;
  return { ...head, items: await listItems(db, head) };
};

const listItems = async (db: Queryable, head: { id: string; version: number }): Promise<HomeworkItem[]> => {
  const rows = await db
    .selectFrom('classroom.homeworkItem')
    .where('homeworkId', '=', head.id)
    .where('version', '=', head.version)
    .select([sql<Subject>`subject`.as('subject'), 'minutes', 'takeHome', 'adaptationId'])
    .orderBy('subject')
    .execute();
  return rows.map(({ adaptationId, ...row }) => (adaptationId === null ? row : { ...row, adaptationId }));
};

/** Until the transaction ends nobody else saves this class and day, the first time included. */
export const lockHomework = async (db: Queryable, { classId, dayOn, kind }: HomeworkKey): Promise<void> => {
  const key = `classroom.homework:${classId}:${dayOn}:${kind}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
};

export interface HomeworkPlace {
  readonly schoolId: string;
  readonly termId: string | null;
  readonly classLabel: string;
  readonly grade: number;
}

/** Adds the next version, or makes the first; the caller holds the lock and has compared the version. */
export const addVersion = async (
  db: Queryable,
  key: HomeworkKey,
  standing: { readonly id: string; readonly version: number } | undefined,
  content: {
    readonly place: HomeworkPlace;
    readonly items: readonly HomeworkItem[];
    readonly judgement: Judgement;
    readonly savedBy: string;
  },
): Promise<{ id: string; version: number }> => {
  const version = (standing?.version ?? 0) + 1;
  const id = standing?.id ?? newId();
  if (standing === undefined)
    await db
      .insertInto('classroom.homeworkDay')
      .values({ id, ...key, ...content.place })
      .execute();
  const { minutes, takeHomeMinutes, standing: judged } = content.judgement;
  await db
    .insertInto('classroom.homeworkVersion')
    .values({ homeworkId: id, version, minutes, takeHomeMinutes, standing: judged, savedBy: content.savedBy })
    .execute();
  if (content.items.length > 0)
    await db
      .insertInto('classroom.homeworkItem')
      .values(content.items.map((item) => ({ homeworkId: id, version, ...item })))
      .execute();
  if (standing !== undefined)
    await db.updateTable('classroom.homeworkDay').set({ version }).where('id', '=', id).execute();
  return { id, version };
};

export interface HomeworkFilter {
  readonly schoolId?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly grade?: number | undefined;
  readonly kind?: HomeworkKind | undefined;
  readonly over?: boolean | undefined;
}

const matching = (db: Queryable, scope: SchoolScope, filter: HomeworkFilter) =>
  db
    .selectFrom('classroom.homeworkDay as h')
    .innerJoin('classroom.homeworkVersion as v', (join) =>
      join.onRef('v.homeworkId', '=', 'h.id').onRef('v.version', '=', 'h.version'),
    )
    .where(isOfSchools('h.schoolId', scope))
    .where((where) =>
      where.and([
        ...(filter.schoolId === undefined ? [] : [where('h.schoolId', '=', filter.schoolId)]),
        ...(filter.from === undefined ? [] : [where('h.dayOn', '>=', filter.from)]),
        ...(filter.to === undefined ? [] : [where('h.dayOn', '<=', filter.to)]),
        ...(filter.grade === undefined ? [] : [where('h.grade', '=', filter.grade)]),
        ...(filter.kind === undefined ? [] : [where('h.kind', '=', filter.kind)]),
        ...(filter.over === undefined ? [] : [where('v.standing', filter.over ? '<>' : '=', 'within')]),
      ]),
    );

const homeworkRows = (db: Queryable, scope: SchoolScope, filter: HomeworkFilter) =>
  matching(db, scope, filter)
    .innerJoin('organisation.school as school', 'school.id', 'h.schoolId')
    .select([
      'h.id',
      'h.schoolId',
      'school.name as schoolName',
      'h.dayOn',
      'h.grade',
      'h.classLabel',
      sql<HomeworkKind>`h.kind`.as('kind'),
      'v.minutes',
      'v.takeHomeMinutes',
      sql<Standing>`v.standing`.as('standing'),
      'v.savedBy',
      sql<HomeworkItem[]>`coalesce((
        select json_agg(json_build_object('subject', item.subject, 'minutes', item.minutes, 'takeHome', item.take_home)
          order by item.subject)
        from classroom.homework_item as item
        where item.homework_id = h.id and item.version = h.version), '[]')`.as('items'),
    ]);

/** What stands of these classes and days, within a scope. */
export const listHomeworkDays = (db: Queryable, scope: SchoolScope, ids: readonly string[]) =>
  homeworkRows(db, scope, {})
    .where('h.id', 'in', [...ids])
    .execute();

export const listHomework = async (
  db: Queryable,
  scope: SchoolScope,
  filter: HomeworkFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const rows = await homeworkRows(db, scope, filter)
    .$if(dayOn !== undefined, (query) =>
      query.where(sql<SqlBool>`(h.day_on, h.id) < (${dayOn}::date, ${id}::uuid)`),
    )
    .orderBy('h.dayOn', 'desc')
    .orderBy('h.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.dayOn}_${last.id}` : null,
  };
};

const totals = [
  sql<number>`count(*) filter (where h.kind = 'posted')`.as('posted'),
  sql<number>`count(*) filter (where h.kind = 'posted' and v.standing <> 'within')`.as('postedOver'),
  sql<number>`count(*) filter (where h.kind = 'spot')`.as('spot'),
  sql<number>`count(*) filter (where h.kind = 'spot' and v.standing <> 'within')`.as('spotOver'),
] as const;

export const sumHomework = (
  db: Queryable,
  scope: SchoolScope,
  filter: HomeworkFilter,
): Promise<HomeworkTotals> => matching(db, scope, filter).select(totals).executeTakeFirstOrThrow();

const keys = {
  /** The Monday. */
  week: sql<string>`date_trunc('week', h.day_on)::date`,
  school: sql<string>`h.school_id`,
} as const;

export const sumHomeworkBy = (
  db: Queryable,
  by: keyof typeof keys,
  scope: SchoolScope,
  filter: HomeworkFilter,
): Promise<(HomeworkTotals & { key: string })[]> =>
  matching(db, scope, filter)
    .groupBy(keys[by])
    .select([keys[by].as('key'), ...totals])
    .execute();
