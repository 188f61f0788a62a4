import { sql } from 'kysely';
import type { TermRecord } from '#modules/organisation/calendar/store.ts';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import { listTaughtLessons } from '#modules/organisation/substitution/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { classLabel } from './rules.ts';

/** Schools open on a day, by name. */
export const listSchools = (db: Queryable, on: Day): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('organisation.school')
    .select(['id', 'name'])
    .where('activeFrom', '<=', on)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', on)]))
    .orderBy('name')
    .orderBy('id')
    .execute();

export interface SlotTime {
  readonly slot: number;
  readonly stage: Stage;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** A school's own bell table where it has one, else the district's. */
export const listSlotTimes = async (db: Queryable, schoolId: string): Promise<SlotTime[]> => {
  const rows = await db
    .selectFrom('organisation.bellSlot as bell')
    .innerJoin('organisation.school as school', (join) =>
      join.on('school.id', '=', schoolId).on(sql<boolean>`bell.stage = any(school.stages)`),
    )
    .where((is) => is.or([is('bell.schoolId', '=', schoolId), is('bell.schoolId', 'is', null)]))
    .select([
      'bell.slot',
      'bell.schoolId',
      sql<Stage>`bell.stage`.as('stage'),
      sql<string>`to_char(bell.starts_at, 'HH24:MI')`.as('startsAt'),
      sql<string>`to_char(bell.ends_at, 'HH24:MI')`.as('endsAt'),
    ])
    .orderBy('bell.slot')
    .orderBy('bell.stage', 'desc')
    .execute();
  const own = rows.filter(({ schoolId: owner }) => owner !== null);
  return (own.length > 0 ? own : rows).map(({ slot, stage, startsAt, endsAt }) => ({
    slot,
    stage,
    startsAt,
    endsAt,
  }));
};

export interface LessonInSession {
  readonly slot: number;
  readonly classId: string | null;
  readonly classLabel: string;
  readonly grade: number;
  readonly subject: Subject;
  readonly teacherId: string;
  readonly teacherName: string;
  readonly observedBefore: number;
  /** Whoever the timetable says teaches here, where somebody else does. */
  readonly insteadOf: string | null;
}

/** How often an observer has seen each teacher in a term; drafts and withdrawn records are left out. */
export const countSeen = async (
  db: Queryable,
  where: { readonly observerId: string; readonly termId: string },
): Promise<ReadonlyMap<string, number>> => {
  const rows = await db
    .selectFrom('classroom.observation')
    .where('observerId', '=', where.observerId)
    .where('termId', '=', where.termId)
    .where('teacherId', 'is not', null)
    .where('finalisedAt', 'is not', null)
    .where('withdrawnAt', 'is', null)
    .groupBy('teacherId')
    .select((row) => ['teacherId', row.fn.countAll<number>().as('count')])
    .execute();
  return new Map(rows.flatMap(({ teacherId, count }) => (teacherId === null ? [] : [[teacherId, count]])));
};

/** Lessons really taught on a day, without the observer's own, in the order of the timetable. */
export const listLessonsOfDay = async (
  db: Queryable,
  where: {
    readonly schoolId: string;
    readonly term: TermRecord;
    readonly on: Day;
    readonly observerId: string;
  },
): Promise<LessonInSession[]> => {
  const seen = await countSeen(db, { observerId: where.observerId, termId: where.term.id });
  const taught = await listTaughtLessons(db, where);
  return taught
    .filter(({ teacherId }) => teacherId !== where.observerId)
    .map(({ slot, classId, number, grade, subject, teacherId, teacherName, insteadOf }) => ({
      slot,
      classId,
      classLabel: classLabel(grade, number),
      grade,
      subject,
      teacherId,
      teacherName,
      observedBefore: seen.get(teacherId) ?? 0,
      insteadOf: insteadOf?.teacherName ?? null,
    }));
};

export interface AssignedLesson {
  readonly personId: string;
  readonly personName: string;
  readonly initials: string;
  readonly classId: string | null;
  readonly classNumber: number | null;
  readonly grade: number;
  readonly subject: Subject;
}

export const listAssignments = (
  db: Queryable,
  where: { schoolId: string; termId: string },
): Promise<AssignedLesson[]> =>
  db
    .selectFrom('organisation.teachingAssignment as assignment')
    .innerJoin('organisation.person as person', 'person.id', 'assignment.personId')
    .leftJoin('organisation.schoolClass as class', 'class.id', 'assignment.classId')
    .where('assignment.schoolId', '=', where.schoolId)
    .where('assignment.termId', '=', where.termId)
    .select([
      'person.id as personId',
      'person.name as personName',
      'person.nameInitials as initials',
      'assignment.classId',
      'class.number as classNumber',
      'assignment.grade',
      sql<Subject>`assignment.subject`.as('subject'),
    ])
    .orderBy('assignment.grade')
    .orderBy('class.number')
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .execute();

/** People of a school without an assignment still may have taught: a substitute is picked from here. */
export const listStaff = (
  db: Queryable,
  schoolId: string,
  on: Day,
): Promise<{ id: string; name: string; initials: string }[]> =>
  db
    .selectFrom('organisation.person')
    .select(['id', 'name', 'nameInitials as initials'])
    .where('homeSchoolId', '=', schoolId)
    .where('activeFrom', '<=', on)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>', on)]))
    .orderBy('namePinyin')
    .orderBy('id')
    .limit(500)
    .execute();

export const findHomeSchool = async (db: Queryable, personId: string): Promise<string | null> => {
  const person = await db
    .selectFrom('organisation.person')
    .select('homeSchoolId')
    .where('id', '=', personId)
    .executeTakeFirst();
  return person?.homeSchoolId ?? null;
};

/** The school itself, or a campus under it. */
export const isSchoolWithin = async (
  db: Queryable,
  schoolId: string,
  ofSchoolId: string,
): Promise<boolean> => {
  const school = await db
    .selectFrom('organisation.school')
    .select('id')
    .where('id', '=', schoolId)
    .where((is) => is.or([is('id', '=', ofSchoolId), is('parentId', '=', ofSchoolId)]))
    .executeTakeFirst();
  return school !== undefined;
};

export interface NamedPlaces {
  readonly schoolId: string | null;
  readonly classId: string | null;
  readonly teacherId: string | null;
}

/** Which of the rows a record points at exist; a class must be the school's. */
export const findNamedPlaces = async (db: Queryable, named: NamedPlaces) =>
  db
    .selectNoFrom((row) => [
      row
        .exists(row.selectFrom('organisation.school').select('id').where('id', '=', named.schoolId))
        .as('school'),
      row
        .exists(
          row
            .selectFrom('organisation.schoolClass')
            .select('id')
            .where('id', '=', named.classId)
            .where('schoolId', '=', named.schoolId),
        )
        .as('class'),
      row
        .exists(row.selectFrom('organisation.person').select('id').where('id', '=', named.teacherId))
        .as('teacher'),
    ])
    .executeTakeFirstOrThrow();
