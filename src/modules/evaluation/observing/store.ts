import { sql } from 'kysely';
import type { Capacity } from '#modules/classroom/contract.ts';
import { isCounted } from '#modules/classroom/count/store.ts';
import { readObservationSettings } from '#modules/classroom/settings/store.ts';
import type { TermCalendar } from '#modules/organisation/calendar/rules.ts';
import type { Stage } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { LeaderPost } from '../contract.ts';
import type { UnitLine, UnitPlace } from './rules.ts';

export interface TermFacts {
  readonly id: string;
  readonly schoolYear: number;
  readonly term: number;
  readonly calendar: TermCalendar;
}

const withCalendar = async (
  db: Queryable,
  row: { id: string; schoolYear: number; term: number; startsOn: Day; endsOn: Day } | undefined,
): Promise<TermFacts | null> => {
  if (row === undefined) return null;
  const specialDays = await db
    .selectFrom('organisation.calendarDay')
    .where('termId', '=', row.id)
    .select(['dayOn', 'isTeachingDay', 'followsWeekday', 'note'])
    .execute();
  const { startsOn, endsOn, ...term } = row;
  return { ...term, calendar: { startsOn, endsOn, specialDays } };
};

const termColumns = ['id', 'schoolYear', 'term', 'startsOn', 'endsOn'] as const;

export const findTerm = async (db: Queryable, id: string): Promise<TermFacts | null> =>
  withCalendar(
    db,
    await db.selectFrom('organisation.term').select(termColumns).where('id', '=', id).executeTakeFirst(),
  );

/** The term that a stretch of days touches; of two, the later one. */
export const findTermOf = async (db: Queryable, from: Day, to: Day): Promise<TermFacts | null> =>
  withCalendar(
    db,
    await db
      .selectFrom('organisation.term')
      .select(termColumns)
      .where('startsOn', '<=', to)
      .where('endsOn', '>=', from)
      .orderBy('startsOn', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );

/** The running term; in the holidays the one that ended last; before all terms the first. */
export const findCurrentTerm = async (db: Queryable, on: Day): Promise<TermFacts | null> =>
  withCalendar(
    db,
    await db
      .selectFrom('organisation.term')
      .select(termColumns)
      .orderBy(sql`starts_on > ${on}`)
      .orderBy(sql`case when starts_on > ${on} then starts_on - ${on}::date else ${on}::date - starts_on end`)
      .limit(1)
      .executeTakeFirst(),
  );

export const readVideoCounts = async (db: Queryable, on: Day): Promise<boolean> =>
  (await readObservationSettings(db, on)).videoCounts;

/** Counts of all who observed in a post, by school, person, stage of the lesson and month; both days are inside. */
export const countUnitLines = (
  db: Queryable,
  filter: { readonly capacity: Capacity; readonly from: Day; readonly to: Day },
): Promise<UnitLine[]> => {
  const stage = sql<Stage>`case when o.grade <= 6 then 'primary' else 'junior' end`;
  const month = sql<string>`to_char(o.day_on, 'YYYY-MM')`;
  const schoolId = sql<string>`o.observer_school_id`;
  return db
    .selectFrom('classroom.observation as o')
    .where(isCounted)
    .where('o.capacity', '=', filter.capacity)
    .where('o.observerSchoolId', 'is not', null)
    .where('o.dayOn', '>=', filter.from)
    .where('o.dayOn', '<=', filter.to)
    .groupBy([schoolId, 'o.observerId', stage, month])
    .select([
      schoolId.as('schoolId'),
      'o.observerId',
      stage.as('stage'),
      month.as('month'),
      sql<number>`sum(o.lessons)`.as('lessons'),
      sql<number>`count(*)`.as('records'),
      sql<number>`count(o.fed_back_at)`.as('fedBack'),
    ])
    .execute();
};

/** The district's units: the schools of appendix 2, each place of each stage. */
export const listUnitPlaces = (db: Queryable, on: Day): Promise<UnitPlace[]> =>
  db
    .selectFrom('organisation.consortiumSchool as place')
    .innerJoin('organisation.school as school', 'school.id', 'place.schoolId')
    .innerJoin('organisation.body as consortium', 'consortium.id', 'place.consortiumId')
    .where('place.activeFrom', '<=', on)
    .where((is) => is.or([is('place.activeTo', 'is', null), is('place.activeTo', '>', on)]))
    .select([
      'place.schoolId',
      'school.name as schoolName',
      sql<Stage>`place.stage`.as('stage'),
      'place.consortiumId',
      'consortium.name as consortiumName',
    ])
    .orderBy('place.id')
    .execute();

export interface SchoolLeader {
  readonly personId: string;
  readonly personName: string;
  readonly post: LeaderPost;
  readonly schoolId: string;
  readonly schoolName: string;
  readonly activeFrom: Day;
  readonly activeTo: Day | null;
}

/** Who held a leading post of a school at any time between two days, both inside. */
export const listSchoolLeaders = (
  db: Queryable,
  filter: {
    posts: readonly LeaderPost[];
    from: Day;
    to: Day;
    schoolId?: string | undefined;
    personId?: string | undefined;
  },
): Promise<SchoolLeader[]> => {
  let query = db
    .selectFrom('organisation.appointment as held')
    .innerJoin('organisation.person as person', 'person.id', 'held.personId')
    .innerJoin('organisation.school as school', 'school.id', 'held.schoolId')
    .where('held.bodyId', 'is', null)
    .where('held.post', 'in', filter.posts)
    .where('held.activeFrom', '<=', filter.to)
    .where((is) => is.or([is('held.activeTo', 'is', null), is('held.activeTo', '>', filter.from)]));
  if (filter.schoolId !== undefined) query = query.where('held.schoolId', '=', filter.schoolId);
  if (filter.personId !== undefined) query = query.where('held.personId', '=', filter.personId);
  return query
    .select([
      'held.personId',
      'person.name as personName',
      sql<LeaderPost>`held.post`.as('post'),
      sql<string>`held.school_id`.as('schoolId'),
      'school.name as schoolName',
      'held.activeFrom',
      'held.activeTo',
    ])
    .orderBy(sql`array_position(array['principal', 'vice-principal', 'dean'], held.post)`)
    .orderBy('held.activeFrom')
    .orderBy('person.namePinyin')
    .execute();
};
