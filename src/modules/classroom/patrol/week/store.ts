import { type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { findingsOfStop, isPassedOn, isSeriousStop, stands } from '../store.ts';
import { type FindingKind, type HalfDay, type Handling, lostLessonKinds } from '../vocabulary/contract.ts';
import type { StopRow } from './contract.ts';

/** Both days are inside. */
export interface Span {
  readonly schoolId: string;
  readonly from: Day;
  readonly to: Day;
}

/** The lesson was given to something else than the timetable's subject. */
const isLost = sql<boolean>`exists (
  select from classroom.patrol_finding as loss
  where loss.patrol_id = stop.patrol_id and loss.mark_id = stop.id
    and loss.kind in (${sql.join([...lostLessonKinds])}))`;

/** Rooms seen in a span: what stands at each door of the patrols that were not taken back. */
const seenStops = (db: Queryable, { schoolId, from, to }: Span) =>
  db
    .selectFrom('classroom.patrol as patrol')
    .innerJoin('classroom.patrolMark as stop', 'stop.patrolId', 'patrol.id')
    .where('patrol.schoolId', '=', schoolId)
    .where('patrol.dayOn', '>=', from)
    .where('patrol.dayOn', '<=', to)
    .where('patrol.withdrawnAt', 'is', null)
    .where('stop.result', '<>', 'unseen')
    .where(stands);

export const sumSeenStops = (db: Queryable, span: Span) =>
  seenStops(db, span)
    .select([
      sql<number>`count(*)`.as('rooms'),
      sql<number>`count(*) filter (where stop.result = 'in-order')`.as('inOrder'),
      sql<number>`count(*) filter (where stop.result = 'noted')`.as('noted'),
      sql<number>`count(*) filter (where ${isSeriousStop})`.as('serious'),
      sql<number>`count(*) filter (where ${isPassedOn})`.as('passedOn'),
    ])
    .executeTakeFirstOrThrow();

export const countByKind = (db: Queryable, span: Span): Promise<{ kind: FindingKind; stops: number }[]> =>
  seenStops(db, span)
    .innerJoin('classroom.patrolFinding as finding', (join) =>
      join.onRef('finding.patrolId', '=', 'stop.patrolId').onRef('finding.markId', '=', 'stop.id'),
    )
    .groupBy('finding.kind')
    .select([sql<FindingKind>`finding.kind`.as('kind'), sql<number>`count(*)`.as('stops')])
    .orderBy('stops', 'desc')
    .orderBy('finding.kind')
    .execute();

/** A lesson seen by two patrols is one lesson and two stops. */
export const countLost = (
  db: Queryable,
  span: Span,
): Promise<{ subject: Subject | null; lessons: number; stops: number }[]> =>
  seenStops(db, span)
    .where(isLost)
    .groupBy('stop.subject')
    .select([
      sql<Subject | null>`stop.subject`.as('subject'),
      sql<number>`count(distinct (patrol.day_on, patrol.slot, stop.class_id))`.as('lessons'),
      sql<number>`count(*)`.as('stops'),
    ])
    .orderBy('lessons', 'desc')
    .orderBy('stop.subject')
    .execute();

export const countPatrolsByDay = (
  db: Queryable,
  { schoolId, from, to }: Span,
): Promise<{ dayOn: Day; halfDay: HalfDay; patrols: number }[]> =>
  db
    .selectFrom('classroom.patrol as patrol')
    .where('patrol.schoolId', '=', schoolId)
    .where('patrol.dayOn', '>=', from)
    .where('patrol.dayOn', '<=', to)
    .where('patrol.withdrawnAt', 'is', null)
    .groupBy(['patrol.dayOn', 'patrol.halfDay'])
    .select([
      'patrol.dayOn',
      sql<HalfDay>`patrol.half_day`.as('halfDay'),
      sql<number>`count(*)`.as('patrols'),
    ])
    .execute();

export interface StopFilter {
  readonly result?: 'in-order' | 'noted' | undefined;
  readonly kind?: FindingKind | undefined;
  readonly lostSubject?: Subject | 'none' | undefined;
  readonly serious?: boolean | undefined;
}

/** The rows behind the sums, by day and then as they were walked; never by teacher. */
export const listSeenStops = async (
  db: Queryable,
  span: Span,
  { result, kind, lostSubject, serious }: StopFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ rows: StopRow[]; nextCursor: string | null }> => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const rows = await seenStops(db, span)
    .innerJoin('organisation.person as patroller', 'patroller.id', 'patrol.patrollerId')
    .where((where) =>
      where.and([
        ...(result === undefined ? [] : [where('stop.result', '=', result)]),
        ...(serious === undefined ? [] : [sql<SqlBool>`${isSeriousStop} = ${serious}`]),
        ...(kind === undefined
          ? []
          : [
              sql<SqlBool>`exists (select from classroom.patrol_finding as one
                where one.patrol_id = stop.patrol_id and one.mark_id = stop.id and one.kind = ${kind})`,
            ]),
        ...(lostSubject === undefined
          ? []
          : [
              sql<SqlBool>`${isLost}`,
              lostSubject === 'none'
                ? where('stop.subject', 'is', null)
                : where('stop.subject', '=', lostSubject),
            ]),
        ...(dayOn === undefined || id === undefined
          ? []
          : [sql<SqlBool>`(patrol.day_on, stop.id) < (${dayOn}::date, ${id}::uuid)`]),
      ]),
    )
    .select([
      'patrol.id as patrolId',
      'stop.id as markId',
      'stop.classId',
      'patrol.dayOn',
      sql<HalfDay>`patrol.half_day`.as('halfDay'),
      'patrol.slot',
      'stop.classLabel',
      sql<Subject | null>`stop.subject`.as('subject'),
      sql<Subject | null>`stop.taught_subject`.as('taughtSubject'),
      'stop.teacherName',
      'patroller.name as patrollerName',
      sql<'in-order' | 'noted'>`stop.result`.as('result'),
      findingsOfStop.as('findings'),
      'stop.note',
      sql<Handling | null>`stop.handling`.as('handling'),
      isPassedOn.as('passedOn'),
    ])
    .orderBy('patrol.dayOn', 'desc')
    .orderBy('stop.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.dayOn}_${last.markId}` : null,
  };
};
