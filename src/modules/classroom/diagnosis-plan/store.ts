import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { Plan, PlanContent, PlanPost, PlanState } from './contract.ts';
import type { PlanScope } from './policy.ts';

export interface PlanRecord extends Omit<Plan, 'versions'> {
  readonly personId: string;
  readonly schoolId: string;
  readonly termId: string;
  readonly post: PlanPost;
}

const plans = (db: Queryable) =>
  db
    .selectFrom('classroom.diagnosisPlan')
    .select([
      'id',
      'personId',
      'schoolId',
      'termId',
      'contentNumber',
      'version',
      'confirmedAt',
      sql<PlanPost>`post`.as('post'),
      sql<PlanState>`state`.as('state'),
      sql<PlanContent>`content`.as('content'),
    ]);

export const findPlan = (
  db: Queryable,
  of: { readonly personId: string; readonly schoolId: string; readonly termId: string },
): Promise<PlanRecord | undefined> =>
  plans(db)
    .where('personId', '=', of.personId)
    .where('schoolId', '=', of.schoolId)
    .where('termId', '=', of.termId)
    .executeTakeFirst();

export const findPlanById = (db: Queryable, planId: string): Promise<PlanRecord | undefined> =>
  plans(db).where('id', '=', planId).executeTakeFirst();

export const listVersions = (db: Queryable, planId: string): Promise<Plan['versions']> =>
  db
    .selectFrom('classroom.diagnosisPlanVersion')
    .where('planId', '=', planId)
    .select(['number', 'reason', 'madeAt'])
    .orderBy('number', 'desc')
    .execute();

/** Null when there is one already. */
export const insertPlan = async (
  db: Queryable,
  plan: {
    readonly personId: string;
    readonly schoolId: string;
    readonly termId: string;
    readonly post: PlanPost;
  },
  content: PlanContent,
): Promise<string | null> => {
  const row = await db
    .insertInto('classroom.diagnosisPlan')
    .values({ id: newId(), ...plan, content: JSON.stringify(content) })
    .onConflict((target) => target.columns(['personId', 'schoolId', 'termId']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

/** False when the plan was changed in the meantime. */
export const updatePlan = async (
  db: Queryable,
  planId: string,
  version: number,
  change: {
    readonly content: PlanContent;
    readonly savedAt: string;
    /** Set when it is confirmed, first or anew. */
    readonly confirmed?: { readonly number: number; readonly at: string };
  },
): Promise<boolean> => {
  const { content, savedAt, confirmed } = change;
  const { numUpdatedRows } = await db
    .updateTable('classroom.diagnosisPlan')
    .set({
      content: JSON.stringify(content),
      savedAt,
      version: version + 1,
      ...(confirmed === undefined
        ? {}
        : { state: 'confirmed', contentNumber: confirmed.number, confirmedAt: confirmed.at }),
    })
    .where('id', '=', planId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const insertVersion = async (
  db: Queryable,
  version: {
    readonly planId: string;
    readonly number: number;
    readonly content: PlanContent;
    readonly reason: string;
    readonly madeBy: string;
  },
): Promise<void> => {
  await db
    .insertInto('classroom.diagnosisPlanVersion')
    .values({ ...version, content: JSON.stringify(version.content) })
    .execute();
};

/** The open points of the plan before this one, by the same person at the same school. */
export const findEarlierProblem = async (
  db: Queryable,
  of: { readonly personId: string; readonly schoolId: string; readonly before: Day },
): Promise<string> => {
  const row = await db
    .selectFrom('classroom.diagnosisPlan as plan')
    .innerJoin('organisation.term as term', 'term.id', 'plan.termId')
    .where('plan.personId', '=', of.personId)
    .where('plan.schoolId', '=', of.schoolId)
    .where('plan.state', '=', 'confirmed')
    .where('term.startsOn', '<', of.before)
    .select(sql<string>`plan.content ->> 'problem'`.as('problem'))
    .orderBy('term.startsOn', 'desc')
    .executeTakeFirst();
  return row?.problem ?? '';
};

export interface LeaderRow {
  readonly planId: string | null;
  readonly personId: string;
  readonly personName: string;
  readonly schoolId: string;
  readonly schoolName: string;
  readonly post: PlanPost;
  readonly state: PlanState | null;
  readonly weeks: PlanContent['weeks'] | null;
}

/** Whoever leads a school on a day, with the plan for the term; ordered by school and post. */
export const listLeaders = async (
  db: Queryable,
  scope: PlanScope,
  where: { readonly termId: string; readonly on: Day; readonly schoolId?: string | undefined },
): Promise<LeaderRow[]> => {
  let query = db
    .selectFrom('organisation.appointment as held')
    .innerJoin('organisation.person as person', 'person.id', 'held.personId')
    .innerJoin('organisation.school as school', 'school.id', 'held.schoolId')
    .leftJoin('classroom.diagnosisPlan as plan', (join) =>
      join
        .onRef('plan.personId', '=', 'held.personId')
        .onRef('plan.schoolId', '=', 'held.schoolId')
        .on('plan.termId', '=', where.termId),
    )
    .where('held.bodyId', 'is', null)
    .where('held.post', 'in', ['principal', 'vice-principal', 'dean'])
    .where('held.activeFrom', '<=', where.on)
    .where((is) => is.or([is('held.activeTo', 'is', null), is('held.activeTo', '>', where.on)]))
    .select([
      'plan.id as planId',
      'person.id as personId',
      'person.name as personName',
      'school.id as schoolId',
      'school.name as schoolName',
      sql<PlanPost>`held.post`.as('post'),
      sql<PlanState | null>`plan.state`.as('state'),
      sql<
        PlanContent['weeks'] | null
      >`case when plan.state = 'confirmed' then plan.content -> 'weeks' end`.as('weeks'),
    ])
    .orderBy('school.name')
    .orderBy('school.id')
    .orderBy(sql`array_position(array['principal', 'vice-principal', 'dean'], held.post)`)
    .orderBy('person.id');
  if (!scope.allSchools)
    query = query.where((is) =>
      is.or([
        is('held.personId', '=', scope.personId),
        is(sql<string>`held.school_id`, '=', sql<string>`any(${[...scope.headedSchoolIds]}::uuid[])`),
      ]),
    );
  const { schoolId } = where;
  if (schoolId !== undefined) query = query.where('held.schoolId', '=', schoolId);
  return query.execute();
};

/** How many leaders of a school have confirmed a plan for a term, and how many lead it on a day. */
export const countPlans = async (
  db: Queryable,
  where: { readonly schoolId: string; readonly termId: string; readonly on: Day },
): Promise<{ readonly leaders: number; readonly confirmed: number }> => {
  const rows = await listLeaders(db, { allSchools: true, headedSchoolIds: [], personId: null }, where);
  const people = new Set(rows.map(({ personId }) => personId));
  const confirmed = new Set(rows.flatMap(({ personId, state }) => (state === 'confirmed' ? [personId] : [])));
  return { leaders: people.size, confirmed: confirmed.size };
};
