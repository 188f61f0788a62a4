import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import { activeOn } from '#modules/organisation/store.ts';
import { listBodies, listConsortiumSchools } from '#modules/organisation/structure/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { VisitPlace, VisitPlan, VisitRow, VisitState } from './contract.ts';
import type { VisitScope } from './policy.ts';
import { visitedStates } from './rules.ts';

type Joined = DB & { visit: DB['classroom.researchVisit'] };
type Where = ExpressionBuilder<Joined, 'visit'>;
type Condition = ExpressionWrapper<Joined, 'visit', SqlBool>;

const isVisible = (where: Where, { personId, all, ledSchoolIds }: VisitScope): Condition =>
  where.or([
    ...(all ? [sql<boolean>`true`] : []),
    ...(personId === null ? [] : [sql<boolean>`${personId}::uuid = any(visit.team)`]),
    ...(ledSchoolIds.length > 0
      ? [
          where.and([
            where('visit.schoolId', 'in', [...ledSchoolIds]),
            where.or([
              where('visit.state', '=', 'shared'),
              where.and([where('visit.announced', '=', true), where('visit.state', '<>', 'cancelled')]),
            ]),
          ]),
        ]
      : []),
  ]);

const visits = (db: Queryable, scope: VisitScope) =>
  db
    .selectFrom('classroom.researchVisit as visit')
    .innerJoin('organisation.school as school', 'school.id', 'visit.schoolId')
    .where((where) => isVisible(where, scope))
    .select([
      'visit.id',
      'visit.schoolId',
      'school.name as schoolName',
      sql<Stage>`visit.stage`.as('stage'),
      'visit.dayOn',
      sql<Subject | null>`visit.subject`.as('subject'),
      'visit.focus',
      'visit.announced',
      sql<VisitState>`visit.state`.as('state'),
      sql<string[]>`array(
        select person.name from unnest(visit.team) with ordinality as named(id, place)
        join organisation.person on person.id = named.id order by named.place)`.as('teamNames'),
    ]);

/** One visit within a scope; with `lock` until the transaction ends. */
export const findVisit = async (db: Queryable, id: string, scope: VisitScope, lock = false) => {
  if (lock)
    await db.selectFrom('classroom.researchVisit').select('id').where('id', '=', id).forUpdate().execute();
  return visits(db, scope)
    .where('visit.id', '=', id)
    .innerJoin('organisation.person as planner', 'planner.id', 'visit.plannedBy')
    .select([
      'visit.version',
      'visit.team',
      'visit.seen',
      'visit.highlights',
      'visit.plannedBy',
      'planner.name as plannedByName',
      'visit.sharedAt',
      'visit.cancelReason',
      sql<number>`greatest(0, (select count(*) from classroom.research_visit_version as kept
        where kept.visit_id = visit.id) - 1)`.as('corrections'),
    ])
    .executeTakeFirst();
};
export type StoredVisit = NonNullable<Awaited<ReturnType<typeof findVisit>>>;

export const insertVisit = async (db: Queryable, plan: VisitPlan, plannedBy: string): Promise<string> => {
  const id = newId();
  await db
    .insertInto('classroom.researchVisit')
    .values({ id, ...plan, plannedBy })
    .execute();
  return id;
};

export interface VisitChange extends Partial<VisitPlan> {
  readonly state: VisitState;
  readonly seen?: string;
  readonly highlights?: string;
  readonly sharedAt?: string;
  readonly cancelReason?: string;
}

/** The caller holds the lock and has compared the version. */
export const updateVisit = async (db: Queryable, id: string, change: VisitChange): Promise<number> => {
  const { version } = await db
    .updateTable('classroom.researchVisit')
    .set((row) => ({ ...change, version: row('version', '+', 1), savedAt: sql<string>`clock_timestamp()` }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
};

/** Keeps the text as the school reads it. */
export const insertVisitVersion = async (db: Queryable, visitId: string, savedBy: string): Promise<void> => {
  await db
    .insertInto('classroom.researchVisitVersion')
    .columns(['visitId', 'number', 'seen', 'highlights', 'savedBy'])
    .expression((is) =>
      is
        .selectFrom('classroom.researchVisit')
        .where('id', '=', visitId)
        .select(['id', 'version', 'seen', 'highlights', sql<string>`${savedBy}::uuid`.as('savedBy')]),
    )
    .execute();
};

export interface VisitFilter {
  readonly state?: VisitState | undefined;
  readonly schoolId?: string | undefined;
  readonly stage?: Stage | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly visited?: boolean | undefined;
  /** From this day on and not cancelled, the nearest first. */
  readonly upcomingFrom?: Day | undefined;
}

export const listVisits = async (
  db: Queryable,
  scope: VisitScope,
  filter: VisitFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ rows: VisitRow[]; nextCursor: string | null }> => {
  const [dayOn, id] = cursor?.split('_') ?? [];
  const nearestFirst = filter.upcomingFrom !== undefined;
  let query = visits(db, scope);
  if (filter.state !== undefined) query = query.where('visit.state', '=', filter.state);
  if (filter.schoolId !== undefined) query = query.where('visit.schoolId', '=', filter.schoolId);
  if (filter.stage !== undefined) query = query.where('visit.stage', '=', filter.stage);
  if (filter.from !== undefined) query = query.where('visit.dayOn', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('visit.dayOn', '<=', filter.to);
  if (filter.visited === true) query = query.where('visit.state', 'in', [...visitedStates]);
  if (filter.upcomingFrom !== undefined)
    query = query.where('visit.dayOn', '>=', filter.upcomingFrom).where('visit.state', '=', 'planned');
  if (dayOn !== undefined)
    query = query.where(
      nearestFirst
        ? sql<boolean>`(visit.day_on, visit.id) > (${dayOn}::date, ${id}::uuid)`
        : sql<boolean>`(visit.day_on, visit.id) < (${dayOn}::date, ${id}::uuid)`,
    );
  const rows = await query
    .orderBy('visit.dayOn', nearestFirst ? 'asc' : 'desc')
    .orderBy('visit.id', nearestFirst ? 'asc' : 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > limit && last !== undefined ? `${last.dayOn}_${last.id}` : null,
  };
};

/** Visits carried out between two days, both inclusive, by school and stage; a school without any is left out. */
export const countVisits = (
  db: Queryable,
  { from, to }: { from: Day; to: Day },
): Promise<{ schoolId: string; stage: Stage; visits: number }[]> =>
  db
    .selectFrom('classroom.researchVisit')
    .where('state', 'in', [...visitedStates])
    .where('dayOn', '>=', from)
    .where('dayOn', '<=', to)
    .groupBy(['schoolId', 'stage'])
    .select(['schoolId', sql<Stage>`stage`.as('stage'), sql<number>`count(*)`.as('visits')])
    .execute();

const listPlanned = (db: Queryable, from: Day): Promise<{ schoolId: string; stage: Stage; dayOn: Day }[]> =>
  db
    .selectFrom('classroom.researchVisit')
    .where('state', '=', 'planned')
    .where('dayOn', '>=', from)
    .groupBy(['schoolId', 'stage'])
    .select(['schoolId', sql<Stage>`stage`.as('stage'), sql<Day>`min(day_on)`.as('dayOn')])
    .execute();

/** Every unit of every consortium in the district's usual order, with its visits between two days. */
export const listVisitPlaces = async (
  db: Queryable,
  { from, to }: { from: Day; to: Day },
  today: Day,
): Promise<VisitPlace[]> => {
  const consortia = (await listBodies(db, today)).filter(({ kind }) => kind === 'consortium');
  const schools = await listConsortiumSchools(db, today);
  const done = await countVisits(db, { from, to });
  const planned = await listPlanned(db, today);
  return consortia.flatMap(({ id, name, stage }) =>
    stage === null
      ? []
      : schools
          .filter(({ consortiumId }) => consortiumId === id)
          .map(({ schoolId, name: schoolName }) => {
            const isHere = (one: { schoolId: string; stage: Stage }): boolean =>
              one.schoolId === schoolId && one.stage === stage;
            return {
              stage,
              consortiumId: id,
              consortiumName: name,
              schoolId,
              schoolName,
              visits: done.find(isHere)?.visits ?? 0,
              plannedOn: planned.find(isHere)?.dayOn ?? null,
            };
          }),
  );
};

/** Those who go on visits: leading group, research office, core groups with their grade teams. */
export const listVisitPeople = (
  db: Queryable,
  on: Day,
): Promise<{ id: string; name: string; initials: string }[]> =>
  db
    .selectFrom('organisation.person as person')
    .where(activeOn('person', on))
    .where((is) =>
      is.exists(
        is
          .selectFrom('organisation.appointment as held')
          .innerJoin('organisation.body as body', 'body.id', 'held.bodyId')
          .whereRef('held.personId', '=', 'person.id')
          .where(activeOn('held', on))
          .where('body.kind', 'in', ['leading-group', 'research-office', 'core-group', 'grade-team'])
          .select('held.id'),
      ),
    )
    .select(['person.id', 'person.name', 'person.nameInitials as initials'])
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .execute();
