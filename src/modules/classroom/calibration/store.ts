import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { Post, Subject } from '#modules/organisation/contract.ts';
import { activeOn } from '#modules/organisation/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { CriterionEntry } from '../shapes/contract.ts';
import type { Mode } from '../vocabulary/contract.ts';
import type { CalibrationPart, CalibrationPlan, CalibrationRow, CalibrationState } from './contract.ts';
import type { CalibrationScope } from './policy.ts';
import type { Rating } from './rules.ts';

type Joined = DB & { session: DB['classroom.calibration'] };
type Where = ExpressionBuilder<Joined, 'session'>;
type Condition = ExpressionWrapper<Joined, 'session', SqlBool>;

const isInvited = (personId: string | null) =>
  sql<boolean>`(session.raters || session.panel) @> array[${personId}::uuid]`;

const isVisible = (where: Where, { personId, all }: CalibrationScope): Condition =>
  where.or([
    ...(all ? [sql<boolean>`true`] : []),
    ...(personId === null ? [] : [where.and([isInvited(personId), where('session.state', '<>', 'draft')])]),
  ]);

/** Open past its deadline is closed. */
const stateOn = (today: Day) =>
  sql<CalibrationState>`case when session.state = 'open' and session.deadline_on < ${today}::date then 'closed'
    else session.state end`;

const hasRated = (personId: string | null) =>
  sql<boolean>`exists (select from classroom.calibration_rating as rating
    where rating.calibration_id = session.id and rating.person_id = ${personId}::uuid)`;

const sessions = (db: Queryable, scope: CalibrationScope, today: Day) =>
  db
    .selectFrom('classroom.calibration as session')
    .leftJoin('organisation.school as school', 'school.id', 'session.schoolId')
    .innerJoin('organisation.person as organiser', 'organiser.id', 'session.organisedBy')
    .where((where) => isVisible(where, scope))
    .select([
      'session.id',
      'session.title',
      sql<Subject>`session.subject`.as('subject'),
      'session.grade',
      'session.topic',
      sql<Mode>`session.mode`.as('mode'),
      'school.name as schoolName',
      'session.dayOn',
      'session.slot',
      'session.deadlineOn',
      stateOn(today).as('state'),
      'organiser.name as organisedByName',
      sql<CalibrationPart | null>`case when ${scope.personId}::uuid = any(session.panel) then 'panel'
        when ${scope.personId}::uuid = any(session.raters) then 'rater' end`.as('invitedAs'),
      hasRated(scope.personId).as('rated'),
    ]);

/**
 * One session within a scope. With a lock, until the transaction ends: `rate` lets others submit at the same time,
 * and nobody close it; `change` is alone.
 */
export const findCalibration = async (
  db: Queryable,
  id: string,
  scope: CalibrationScope,
  today: Day,
  lock?: 'rate' | 'change',
) => {
  const row = db.selectFrom('classroom.calibration').select('id').where('id', '=', id);
  if (lock === 'rate') await row.forShare().execute();
  if (lock === 'change') await row.forUpdate().execute();
  return sessions(db, scope, today)
    .where('session.id', '=', id)
    .select([
      'session.version',
      'session.note',
      'session.schoolId',
      'session.raters',
      'session.panel',
      'session.rubricId',
    ])
    .executeTakeFirst();
};
export type StoredCalibration = NonNullable<Awaited<ReturnType<typeof findCalibration>>>;

export const insertCalibration = async (
  db: Queryable,
  plan: CalibrationPlan,
  organisedBy: string,
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('classroom.calibration')
    .values({ id, ...plan, organisedBy })
    .execute();
  return id;
};

export interface CalibrationChange extends Partial<CalibrationPlan> {
  readonly state: CalibrationState;
  readonly rubricId?: string;
  readonly openedAt?: string;
  readonly closedAt?: string;
}

/** The caller holds the lock and has compared the version. */
export const updateCalibration = async (
  db: Queryable,
  id: string,
  change: CalibrationChange,
): Promise<number> => {
  const { version } = await db
    .updateTable('classroom.calibration')
    .set((row) => ({ ...change, version: row('version', '+', 1), savedAt: sql<string>`clock_timestamp()` }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
};

export const listCalibrations = async (
  db: Queryable,
  scope: CalibrationScope,
  today: Day,
  {
    view,
    cursor,
    limit,
  }: { view: 'to-do' | 'mine' | 'organised'; cursor?: string | undefined; limit: number },
): Promise<{ rows: CalibrationRow[]; nextCursor: string | null }> => {
  const [deadlineOn, id] = cursor?.split('_') ?? [];
  const nearestFirst = view === 'to-do';
  let query = sessions(db, scope, today);
  if (view === 'organised') query = query.where(sql<boolean>`${scope.all}::boolean`);
  else {
    query = query.where(isInvited(scope.personId));
    query = nearestFirst
      ? query
          .where('session.state', '=', 'open')
          .where('session.deadlineOn', '>=', today)
          .where(sql<boolean>`not ${hasRated(scope.personId)}`)
      : query.where((where) =>
          where.or([sql<boolean>`${stateOn(today)} = 'closed'`, hasRated(scope.personId)]),
        );
  }
  if (deadlineOn !== undefined)
    query = query.where(
      nearestFirst
        ? sql<boolean>`(session.deadline_on, session.id) > (${deadlineOn}::date, ${id}::uuid)`
        : sql<boolean>`(session.deadline_on, session.id) < (${deadlineOn}::date, ${id}::uuid)`,
    );
  const rows = await query
    .orderBy('session.deadlineOn', nearestFirst ? 'asc' : 'desc')
    .orderBy('session.id', nearestFirst ? 'asc' : 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > limit && last !== undefined ? `${last.deadlineOn}_${last.id}` : null,
  };
};

/** What somebody submitted last. */
export const findRating = (db: Queryable, calibrationId: string, personId: string) =>
  db
    .selectFrom('classroom.calibrationRating')
    .where('calibrationId', '=', calibrationId)
    .where('personId', '=', personId)
    .select(['number as version', sql<CriterionEntry[]>`entries`.as('entries'), 'savedAt'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();

/** False when somebody was faster with the same number. */
export const insertRating = async (
  db: Queryable,
  rating: {
    calibrationId: string;
    personId: string;
    number: number;
    entries: readonly CriterionEntry[];
  },
): Promise<boolean> => {
  const kept = await db
    .insertInto('classroom.calibrationRating')
    .values({ ...rating, entries: JSON.stringify(rating.entries) })
    .onConflict((target) => target.columns(['calibrationId', 'personId', 'number']).doNothing())
    .returning('number')
    .executeTakeFirst();
  return kept !== undefined;
};

/** What everybody submitted last, as what they were invited; nobody's name or id leaves here. */
export const listRatings = (
  db: Queryable,
  { id, raters, panel }: Pick<StoredCalibration, 'id' | 'raters' | 'panel'>,
): Promise<Rating[]> =>
  db
    .selectFrom('classroom.calibrationRating as rating')
    .where('rating.calibrationId', '=', id)
    .where(sql<boolean>`rating.person_id = any(${[...raters, ...panel]}::uuid[])`)
    .distinctOn('rating.personId')
    .orderBy('rating.personId')
    .orderBy('rating.number', 'desc')
    .select([
      sql<CalibrationPart>`case when rating.person_id = any(${panel}::uuid[]) then 'panel' else 'rater' end`.as(
        'part',
      ),
      sql<CriterionEntry[]>`rating.entries`.as('entries'),
    ])
    .execute();

/** How many submitted, of raters and panel. */
export const countRatings = async (
  db: Queryable,
  { id, raters, panel }: Pick<StoredCalibration, 'id' | 'raters' | 'panel'>,
): Promise<{ raters: number; panel: number }> =>
  db
    .selectFrom('classroom.calibrationRating as rating')
    .where('rating.calibrationId', '=', id)
    .where('rating.number', '=', 1)
    .select([
      sql<number>`count(*) filter (where rating.person_id = any(${raters}::uuid[]))`.as('raters'),
      sql<number>`count(*) filter (where rating.person_id = any(${panel}::uuid[]))`.as('panel'),
    ])
    .executeTakeFirstOrThrow();

/** Those given, by name; of them only who belongs to the district on a day, if one is given. */
export const listInvited = (db: Queryable, ids: readonly string[], on?: Day) =>
  db
    .selectFrom('organisation.person as person')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .where(sql<boolean>`person.id = any(${[...ids]}::uuid[])`)
    .where(on === undefined ? sql<boolean>`true` : activeOn('person', on))
    .select(['person.id', 'person.name', 'school.name as schoolName'])
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .execute();

/** Principals and vice-principals of schools on a day, school by school. */
export const listLeaders = (db: Queryable, on: Day) =>
  db
    .selectFrom('organisation.appointment as held')
    .innerJoin('organisation.person as person', 'person.id', 'held.personId')
    .innerJoin('organisation.school as school', 'school.id', 'held.schoolId')
    .where('held.post', 'in', ['principal', 'vice-principal'])
    .where('held.bodyId', 'is', null)
    .where(activeOn('held', on))
    .where(activeOn('person', on))
    .select([
      'person.id as personId',
      'person.name',
      sql<Post>`held.post`.as('post'),
      'school.id as schoolId',
      'school.name as schoolName',
    ])
    .orderBy('school.name')
    .orderBy('school.id')
    .orderBy('held.post')
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .execute();
