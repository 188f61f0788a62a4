import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { Capacity, LessonType, Mode, State, Step } from '../contract.ts';

/** Whether a record counts; the same rule as `countsTowards`, with the setting of the record's day. */
export const isCounted = sql<boolean>`(o.finalised_at is not null and o.withdrawn_at is null and (o.mode = 'live' or
  coalesce((select setting.value = 'true'::jsonb from platform.setting where setting.key = 'observation.video-counts'
    and setting.from_on <= o.day_on order by setting.from_on desc limit 1), false)))`;

/** Both days are inside; what is left out does not narrow. */
export interface CountFilter {
  readonly from: Day;
  readonly to: Day;
  readonly observerIds?: readonly string[] | undefined;
  readonly capacity?: Capacity | undefined;
  /** Schools whose post the observer acted in: a school's own figure, wherever the lesson was. */
  readonly observerSchoolIds?: readonly string[] | undefined;
  /** Schools where the lessons were taught. */
  readonly schoolIds?: readonly string[] | undefined;
}

type Where = ExpressionBuilder<{ o: DB['classroom.observation'] }, 'o'>;

const isWithin = (where: Where, filter: CountFilter) =>
  where.and([
    sql<SqlBool>`${isCounted}`,
    where('o.dayOn', '>=', filter.from),
    where('o.dayOn', '<=', filter.to),
    ...(filter.observerIds === undefined ? [] : [isAmong('observer_id', filter.observerIds)]),
    ...(filter.observerSchoolIds === undefined
      ? []
      : [isAmong('observer_school_id', filter.observerSchoolIds)]),
    ...(filter.schoolIds === undefined ? [] : [isAmong('school_id', filter.schoolIds)]),
    ...(filter.capacity === undefined ? [] : [where('o.capacity', '=', filter.capacity)]),
  ]);

const isAmong = (column: string, ids: readonly string[]) =>
  sql<SqlBool>`${sql.ref(`o.${column}`)} = any(${[...ids]}::uuid[])`;

/** A teacher typed by name is one teacher for each name. */
const teacherKey = sql<string>`coalesce(o.teacher_id::text, o.teacher_name)`;

export interface ObserverCount {
  readonly observerId: string;
  /** Lesson slots: a double period is two. */
  readonly lessons: number;
  readonly records: number;
  readonly teachers: number;
  /** Records whose observation was fed back to the teacher. */
  readonly fedBack: number;
  readonly replied: number;
  readonly late: number;
  /** Lessons at schools other than the observer's own. */
  readonly awayLessons: number;
  readonly videoLessons: number;
  /** `weekOn` is the Monday. */
  readonly byWeek: readonly { readonly weekOn: Day; readonly lessons: number }[];
  readonly byGrade: readonly { readonly grade: number; readonly lessons: number }[];
  readonly bySubject: readonly { readonly subject: Subject; readonly lessons: number }[];
  readonly byType: readonly { readonly lessonType: LessonType; readonly lessons: number }[];
}

/** One row per observer who has counted records, in the order of their ids: nothing here is a ranking. */
export const countLessons = async (db: Queryable, filter: CountFilter): Promise<ObserverCount[]> => {
  const { rows } = await sql<ObserverCount>`
    with counted as (${db
      .selectFrom('classroom.observation as o')
      .where((where) => isWithin(where, filter))
      .select([
        'o.observerId',
        'o.lessons',
        'o.dayOn',
        'o.grade',
        'o.subject',
        'o.lessonType',
        'o.state',
        'o.late',
        'o.away',
        'o.mode',
        teacherKey.as('teacherKey'),
      ])})
    select observer_id, sum(lessons) as lessons, count(*) as records, count(distinct teacher_key) as teachers,
      count(*) filter (where state in ('fed-back', 'replied')) as fed_back,
      count(*) filter (where state = 'replied') as replied,
      count(*) filter (where late) as late,
      coalesce(sum(lessons) filter (where away), 0) as away_lessons,
      coalesce(sum(lessons) filter (where mode = 'video'), 0) as video_lessons,
      (select coalesce(jsonb_agg(jsonb_build_object('weekOn', week_on, 'lessons', n) order by week_on), '[]') from
        (select date_trunc('week', day_on)::date as week_on, sum(lessons) as n from counted
          where observer_id = c.observer_id group by 1) as w) as by_week,
      (select coalesce(jsonb_agg(jsonb_build_object('grade', grade, 'lessons', n) order by grade), '[]') from
        (select grade, sum(lessons) as n from counted where observer_id = c.observer_id group by 1) as g) as by_grade,
      (select coalesce(jsonb_agg(jsonb_build_object('subject', subject, 'lessons', n) order by n desc, subject), '[]')
        from (select subject, sum(lessons) as n from counted
          where observer_id = c.observer_id group by 1) as s) as by_subject,
      (select coalesce(jsonb_agg(jsonb_build_object('lessonType', lesson_type, 'lessons', n) order by n desc, lesson_type), '[]')
        from (select lesson_type, sum(lessons) as n from counted
          where observer_id = c.observer_id group by 1) as t) as by_type
    from counted as c group by observer_id order by observer_id`.execute(db);
  return rows;
};

export interface CountedObservation {
  readonly id: string;
  readonly observerId: string;
  readonly observerName: string;
  readonly capacity: Capacity;
  readonly schoolId: string;
  readonly schoolName: string;
  readonly dayOn: Day;
  readonly slotFrom: number;
  readonly slotTo: number;
  readonly lessons: number;
  readonly grade: number;
  readonly subject: Subject;
  readonly lessonType: LessonType;
  readonly mode: Mode;
  readonly state: State;
  readonly late: boolean;
  readonly away: boolean;
}

/** Narrows to the rows behind one figure of `countLessons`. */
export interface FigureFilter extends CountFilter {
  readonly weekOn?: Day | undefined;
  readonly grade?: number | undefined;
  readonly subject?: Subject | undefined;
  readonly lessonType?: LessonType | undefined;
  readonly fedBack?: boolean | undefined;
  readonly late?: boolean | undefined;
  readonly away?: boolean | undefined;
}

/** The rows a figure is made of, newest first. No teacher's name and no judgement is in them. */
export const listCountedObservations = async (
  db: Queryable,
  filter: FigureFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ rows: CountedObservation[]; nextCursor: string | null }> => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const rows = await db
    .selectFrom('classroom.observation as o')
    .innerJoin('organisation.person as observer', 'observer.id', 'o.observerId')
    .innerJoin('organisation.school as school', 'school.id', 'o.schoolId')
    .where((where) => isWithin(where, filter))
    .$if(filter.weekOn !== undefined, (query) =>
      query
        .where('o.dayOn', '>=', filter.weekOn ?? '')
        .where('o.dayOn', '<=', addDays(filter.weekOn ?? '', 6)),
    )
    .$if(filter.grade !== undefined, (query) => query.where('o.grade', '=', filter.grade ?? 0))
    .$if(filter.subject !== undefined, (query) => query.where('o.subject', '=', filter.subject ?? ''))
    .$if(filter.lessonType !== undefined, (query) =>
      query.where('o.lessonType', '=', filter.lessonType ?? ''),
    )
    .$if(filter.fedBack !== undefined, (query) =>
      query.where('o.fedBackAt', filter.fedBack === true ? 'is not' : 'is', null),
    )
    .$if(filter.late !== undefined, (query) => query.where('o.late', '=', filter.late === true))
    .$if(filter.away !== undefined, (query) => query.where('o.away', '=', filter.away === true))
    .$if(dayOn !== undefined, (query) => query.where(sql<boolean>`(o.day_on, o.id) < (${dayOn}, ${id})`))
    .select([
      'o.id',
      'o.observerId',
      'observer.name as observerName',
      sql<Capacity>`o.capacity`.as('capacity'),
      'school.id as schoolId',
      'school.name as schoolName',
      'o.dayOn',
      sql<number>`o.slot_from`.as('slotFrom'),
      sql<number>`o.slot_to`.as('slotTo'),
      sql<number>`o.lessons`.as('lessons'),
      sql<number>`o.grade`.as('grade'),
      sql<Subject>`o.subject`.as('subject'),
      sql<LessonType>`o.lesson_type`.as('lessonType'),
      sql<Mode>`o.mode`.as('mode'),
      sql<State>`o.state`.as('state'),
      'o.late',
      'o.away',
    ])
    .orderBy('o.dayOn', 'desc')
    .orderBy('o.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.dayOn}_${last.id}` : null,
  };
};

export interface CriteriaProfile {
  readonly records: number;
  readonly teachers: number;
  /** Under the minimum of teachers a profile would point at somebody: then it is empty. */
  readonly tooFew: boolean;
  readonly criteria: readonly {
    readonly code: string;
    readonly label: string;
    readonly counts: Readonly<Record<Step, number>>;
  }[];
}

/** How often each step was noted per criterion: counts alone, no text, no names. */
export const criteriaProfile = async (
  db: Queryable,
  filter: CountFilter,
  minimumTeachers = 5,
): Promise<CriteriaProfile> => {
  const counted = db.selectFrom('classroom.observation as o').where((where) => isWithin(where, filter));
  const { records, teachers } = await counted
    .select((row) => [
      row.fn.countAll<number>().as('records'),
      sql<number>`count(distinct ${teacherKey})`.as('teachers'),
    ])
    .executeTakeFirstOrThrow();
  if (teachers < minimumTeachers) return { records, teachers, tooFew: true, criteria: [] };
  const rows = await counted
    .innerJoin('classroom.observationCriterion as noted', 'noted.observationId', 'o.id')
    .innerJoin('classroom.rubricCriterion as criterion', (join) =>
      join.onRef('criterion.rubricId', '=', 'o.rubricId').onRef('criterion.code', '=', 'noted.code'),
    )
    .where('noted.step', 'is not', null)
    .groupBy(['criterion.code', 'criterion.label'])
    .select((row) => [
      'criterion.code',
      'criterion.label',
      row.fn.countAll<number>().filterWhere('noted.step', '=', 'seen-well').as('seen-well'),
      row.fn.countAll<number>().filterWhere('noted.step', '=', 'partly').as('partly'),
      row.fn.countAll<number>().filterWhere('noted.step', '=', 'not-seen').as('not-seen'),
      row.fn.countAll<number>().filterWhere('noted.step', '=', 'not-applicable').as('not-applicable'),
    ])
    .orderBy((row) => row.fn.min('criterion.position'))
    .execute();
  return {
    records,
    teachers,
    tooFew: false,
    criteria: rows.map(({ code, label, ...counts }) => ({ code, label, counts })),
  };
};
