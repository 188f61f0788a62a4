import { sql } from 'kysely';
import type { TermCalendar } from '#modules/organisation/calendar/rules.ts';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { Capacity } from '../contract.ts';

export interface DemoLesson {
  readonly schoolId: string;
  readonly classId: string;
  readonly classNumber: number;
  readonly grade: number;
  readonly subject: Subject;
  readonly teacherId: string;
  readonly teacherName: string;
  readonly slot: number;
  /** The same lesson goes on in the next slot: a double period. */
  readonly continues: boolean;
}

export interface DemoObserver {
  readonly personId: string;
  readonly capacity: Capacity;
  /** Null for researchers, who observe their subject in every school. */
  readonly schoolId: string | null;
  readonly subject: Subject | null;
}

/** What the organisation's demonstration data hold: who observes, what is taught where, in which terms. */
export interface World {
  readonly terms: readonly (TermCalendar & { readonly id: string; readonly schoolYear: number })[];
  /** The year the classes and grades of the timetable belong to. */
  readonly schoolYear: number;
  readonly schoolIds: readonly string[];
  readonly campusesOf: (schoolId: string) => readonly string[];
  readonly observers: readonly DemoObserver[];
  readonly lessonsAt: (schoolId: string, weekday: number, subject: Subject | null) => readonly DemoLesson[];
}

export const readWorld = async (db: Queryable, today: Day): Promise<World> => {
  const terms = await db
    .selectFrom('organisation.term')
    .where('startsOn', '<=', today)
    .select(['id', 'schoolYear', 'startsOn', 'endsOn'])
    .orderBy('startsOn')
    .execute();
  const specialDays = await db.selectFrom('organisation.calendarDay').selectAll().execute();
  const lessons = await db
    .selectFrom('organisation.timetableEntry as entry')
    .innerJoin('organisation.teachingAssignment as assignment', 'assignment.id', 'entry.assignmentId')
    .innerJoin('organisation.schoolClass as class', 'class.id', 'assignment.classId')
    .innerJoin('organisation.person as teacher', 'teacher.id', 'assignment.personId')
    .leftJoin('organisation.timetableEntry as next', (join) =>
      join
        .onRef('next.assignmentId', '=', 'entry.assignmentId')
        .onRef('next.weekday', '=', 'entry.weekday')
        .on('next.slot', '=', sql<number>`entry.slot + 1`),
    )
    .select([
      'assignment.schoolId',
      'class.id as classId',
      'class.number as classNumber',
      'assignment.grade',
      sql<Subject>`assignment.subject`.as('subject'),
      'teacher.id as teacherId',
      'teacher.name as teacherName',
      'entry.weekday',
      'entry.slot',
      sql<boolean>`next.slot is not null`.as('continues'),
    ])
    .orderBy('entry.assignmentId')
    .orderBy('entry.weekday')
    .orderBy('entry.slot')
    .execute();
  const schools = await db
    .selectFrom('organisation.school')
    .select(['id', 'parentId'])
    .orderBy('id')
    .execute();
  const newest = terms.at(-1);
  const bySchoolAndDay = Map.groupBy(lessons, ({ schoolId, weekday }) => `${schoolId}/${weekday}`);
  const taughtAt = new Set(lessons.map(({ schoolId }) => schoolId));
  return {
    terms: terms.map((term) => ({
      ...term,
      specialDays: specialDays.filter(({ termId }) => termId === term.id),
    })),
    schoolYear: newest?.schoolYear ?? 0,
    schoolIds: schools.flatMap(({ id }) => (taughtAt.has(id) ? [id] : [])),
    campusesOf: (schoolId) =>
      schools.flatMap(({ id, parentId }) => (parentId === schoolId && taughtAt.has(id) ? [id] : [])),
    observers: await listObservers(db, today),
    lessonsAt: (schoolId, weekday, subject) => {
      const taught = bySchoolAndDay.get(`${schoolId}/${weekday}`) ?? [];
      return subject === null ? taught : taught.filter((lesson) => lesson.subject === subject);
    },
  };
};

const listObservers = async (db: Queryable, today: Day): Promise<DemoObserver[]> => {
  const posts = await db
    .selectFrom('organisation.appointment as appointment')
    .leftJoin('organisation.body as body', 'body.id', 'appointment.bodyId')
    .where('appointment.activeFrom', '<=', today)
    .where((is) => is.or([is('appointment.activeTo', 'is', null), is('appointment.activeTo', '>', today)]))
    .where((is) =>
      is.or([
        is.and([
          is('appointment.post', 'in', ['principal', 'vice-principal', 'dean']),
          is('appointment.bodyId', 'is', null),
        ]),
        is.and([is('appointment.post', '=', 'lead'), is('body.kind', '=', 'core-group')]),
      ]),
    )
    .select([
      'appointment.personId',
      'appointment.post',
      'appointment.schoolId',
      sql<Subject | null>`coalesce(appointment.subject, body.subject)`.as('subject'),
    ])
    .orderBy('appointment.id')
    .execute();
  const seen = new Set<string>();
  return posts.flatMap(({ personId, post, schoolId, subject }): DemoObserver[] => {
    // One capacity for each person: the count of one does not hide behind another.
    if (seen.has(personId)) return [];
    seen.add(personId);
    if (post === 'lead') return [{ personId, capacity: 'research-officer', schoolId: null, subject }];
    const capacity = (['principal', 'vice-principal', 'dean'] as const).find((one) => one === post);
    return capacity === undefined ? [] : [{ personId, capacity, schoolId, subject: null }];
  });
};
