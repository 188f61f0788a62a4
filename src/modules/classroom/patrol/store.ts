import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import type { PatrolRow, Stop, StopFinding, StopMark } from './contract.ts';
import type { PatrolScope } from './policy.ts';
import { type HalfDay, type Handling, type Result, seriousKinds } from './vocabulary/contract.ts';

/** Of `classroom.patrol_mark as stop`: the mark that stands for its class, the same one as `mergeStops` keeps. */
export const stands = sql<boolean>`not exists (
  select from classroom.patrol_mark as newer
  where newer.patrol_id = stop.patrol_id and newer.class_id = stop.class_id
    and (newer.sequence, newer.id) > (stop.sequence, stop.id))`;

/** The findings of `classroom.patrol_mark as stop`. */
export const findingsOfStop = sql<StopFinding[]>`coalesce((
  select json_agg(json_build_object('kind', finding.kind, 'count', finding.count) order by finding.kind)
  from classroom.patrol_finding as finding
  where finding.patrol_id = stop.patrol_id and finding.mark_id = stop.id), '[]')`;

export const isPassedOn = sql<boolean>`exists (
  select from classroom.patrol_passed_on as passed
  where passed.patrol_id = stop.patrol_id and passed.class_id = stop.class_id)`;

/** Whether `classroom.patrol_mark as stop` has something to tell the principal at once. */
export const isSeriousStop = sql<boolean>`exists (
  select from classroom.patrol_finding as grave
  where grave.patrol_id = stop.patrol_id and grave.mark_id = stop.id
    and grave.kind in (${sql.join([...seriousKinds])}))`;

const countStops = (condition: ReturnType<typeof sql<boolean>>) => sql<number>`(
  select count(*) from classroom.patrol_mark as stop
  where stop.patrol_id = patrol.id and stop.result <> 'unseen' and ${stands} and ${condition})`;

const patrols = (db: Queryable) =>
  db
    .selectFrom('classroom.patrol as patrol')
    .innerJoin('organisation.person as patroller', 'patroller.id', 'patrol.patrollerId')
    .innerJoin('organisation.school as school', 'school.id', 'patrol.schoolId');

const rowColumns = [
  'patrol.id',
  'patrol.schoolId',
  'school.name as schoolName',
  'patrol.patrollerId',
  'patroller.name as patrollerName',
  'patrol.dayOn',
  sql<HalfDay>`patrol.half_day`.as('halfDay'),
  'patrol.slot',
  countStops(sql<boolean>`true`).as('rooms'),
  countStops(sql<boolean>`stop.result = 'noted'`).as('noted'),
  sql<boolean>`${countStops(isSeriousStop)} > 0`.as('serious'),
  sql<boolean>`patrol.finished_at is not null`.as('finished'),
  'patrol.receiptNumber',
  'patrol.summary',
] as const;

type Where = ExpressionBuilder<{ patrol: DB['classroom.patrol'] }, 'patrol'>;

/** One's own, and those of schools one leads. */
const isReadable = (where: Where, scope: PatrolScope) =>
  where.or([
    ...(scope.personId === null ? [] : [where('patrol.patrollerId', '=', scope.personId)]),
    ...(scope.ledSchoolIds.length === 0 ? [] : [where('patrol.schoolId', 'in', [...scope.ledSchoolIds])]),
  ]);

export const findPatrol = (db: Queryable, id: string, scope: PatrolScope) =>
  patrols(db)
    .where('patrol.id', '=', id)
    .where((where) => isReadable(where, scope))
    .select(rowColumns)
    .select([
      'patrol.offDayReason',
      'patrol.startedAt',
      'patrol.sentAt',
      'patrol.receivedAt',
      'patrol.finishedAt',
      'patrol.withdrawnReason',
    ])
    .executeTakeFirst();

/** What stands at each door, in the order of the marks. */
export const listStops = (db: Queryable, patrolId: string): Promise<Stop[]> =>
  db
    .selectFrom('classroom.patrolMark as stop')
    .where('stop.patrolId', '=', patrolId)
    .where(stands)
    .select([
      'stop.id',
      'stop.classId',
      'stop.sequence',
      'stop.at',
      sql<Result>`stop.result`.as('result'),
      'stop.note',
      sql<Handling | null>`stop.handling`.as('handling'),
      sql<Subject | null>`stop.taught_subject`.as('taughtSubject'),
      'stop.classLabel',
      'stop.grade',
      sql<Subject | null>`stop.subject`.as('subject'),
      'stop.teacherName',
      findingsOfStop.as('findings'),
      isPassedOn.as('passedOn'),
    ])
    .orderBy('stop.sequence')
    .execute();

/** One's own patrol, locked until the transaction ends. */
export const lockOwnPatrol = (db: Queryable, id: string, patrollerId: string) =>
  db
    .selectFrom('classroom.patrol')
    .where('id', '=', id)
    .where('patrollerId', '=', patrollerId)
    .select([
      'id',
      'schoolId',
      'dayOn',
      'slot',
      'receiptNumber',
      'finishedAt',
      'finishedSequence',
      'summary',
      'withdrawnAt',
    ])
    .forUpdate()
    .executeTakeFirst();
export type OwnPatrol = NonNullable<Awaited<ReturnType<typeof lockOwnPatrol>>>;

export interface NewPatrol {
  readonly id: string;
  readonly schoolId: string;
  readonly patrollerId: string;
  readonly termId: string | null;
  readonly dayOn: Day;
  readonly halfDay: HalfDay;
  readonly slot: number;
  readonly offDayReason: string;
  readonly startedAt: string;
  readonly sentAt: string;
  readonly receivedAt: string;
}

/** Gives the school's next receipt number; false when the id is taken. */
export const insertPatrol = async (db: Queryable, patrol: NewPatrol): Promise<boolean> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`classroom.patrol:${patrol.schoolId}`}, 0))`.execute(
    db,
  );
  const { last } = await db
    .selectFrom('classroom.patrol')
    .where('schoolId', '=', patrol.schoolId)
    .select(({ fn }) => fn.coalesce(fn.max('receiptNumber'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow();
  const row = await db
    .insertInto('classroom.patrol')
    .values({ ...patrol, receiptNumber: last + 1 })
    .onConflict((target) => target.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

export interface NewMark extends StopMark {
  readonly classLabel: string;
  readonly grade: number;
  readonly subject: Subject | null;
  readonly teacherId: string | null;
  readonly teacherName: string;
}

/** Adds the marks that are not there yet, and says how many those were. */
export const insertMarks = async (
  db: Queryable,
  patrolId: string,
  marks: readonly NewMark[],
): Promise<number> => {
  if (marks.length === 0) return 0;
  const rows = await db
    .insertInto('classroom.patrolMark')
    .values(marks.map(({ findings: _findings, ...mark }) => ({ patrolId, ...mark })))
    .onConflict((target) => target.columns(['patrolId', 'id']).doNothing())
    .returning('id')
    .execute();
  const added = new Set(rows.map(({ id }) => id));
  const findings = marks.flatMap(({ id: markId, findings: found }) =>
    added.has(markId) ? found.map((finding) => ({ patrolId, markId, ...finding })) : [],
  );
  if (findings.length > 0) await db.insertInto('classroom.patrolFinding').values(findings).execute();
  return rows.length;
};

/** Which of these marks the patrol does not have yet. */
export const listNewMarkIds = async (
  db: Queryable,
  patrolId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('classroom.patrolMark')
    .where('patrolId', '=', patrolId)
    .where('id', 'in', [...ids])
    .select('id')
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  return new Set(ids.filter((id) => !known.has(id)));
};

export const countRooms = async (db: Queryable, patrolId: string): Promise<number> => {
  const { rooms } = await db
    .selectFrom('classroom.patrol as patrol')
    .where('patrol.id', '=', patrolId)
    .select(countStops(sql<boolean>`true`).as('rooms'))
    .executeTakeFirstOrThrow();
  return rooms;
};

export const markFinished = async (
  db: Queryable,
  id: string,
  finished: { readonly finishedAt: string; readonly finishedSequence: number; readonly summary: string },
): Promise<void> => {
  await db.updateTable('classroom.patrol').set(finished).where('id', '=', id).execute();
};

export const markWithdrawn = async (
  db: Queryable,
  id: string,
  by: string,
  at: string,
  reason: string,
): Promise<void> => {
  await db
    .updateTable('classroom.patrol')
    .set({ withdrawnAt: at, withdrawnBy: by, withdrawnReason: reason })
    .where('id', '=', id)
    .execute();
};

/** False when it was passed on before. */
export const markPassedOn = async (
  db: Queryable,
  stop: { readonly patrolId: string; readonly classId: string; readonly passedOnBy: string },
): Promise<boolean> => {
  const row = await db
    .insertInto('classroom.patrolPassedOn')
    .values(stop)
    .onConflict((target) => target.doNothing())
    .returning('classId')
    .executeTakeFirst();
  return row !== undefined;
};

/** `mine`: what one walked oneself; `school`: all of a school one leads. */
export type ListedPatrols =
  | { readonly kind: 'mine'; readonly personId: string }
  | { readonly kind: 'school'; readonly schoolId: string };

/** By day, the newest first; withdrawn ones are left out. */
export const listPatrols = async (
  db: Queryable,
  listed: ListedPatrols,
  page: {
    readonly from?: Day | undefined;
    readonly to?: Day | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ rows: PatrolRow[]; nextCursor: string | null }> => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const rows = await patrols(db)
    .where('patrol.withdrawnAt', 'is', null)
    .where((where) =>
      listed.kind === 'mine'
        ? where('patrol.patrollerId', '=', listed.personId)
        : where('patrol.schoolId', '=', listed.schoolId),
    )
    .where((where) =>
      where.and([
        ...(page.from === undefined ? [] : [where('patrol.dayOn', '>=', page.from)]),
        ...(page.to === undefined ? [] : [where('patrol.dayOn', '<=', page.to)]),
        ...(dayOn === undefined || id === undefined
          ? []
          : [sql<SqlBool>`(patrol.day_on, patrol.id) < (${dayOn}::date, ${id}::uuid)`]),
      ]),
    )
    .select(rowColumns)
    .orderBy('patrol.dayOn', 'desc')
    .orderBy('patrol.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.dayOn}_${last.id}` : null,
  };
};
