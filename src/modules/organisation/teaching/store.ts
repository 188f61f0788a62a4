import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Stage, Subject, WeekParity } from '../vocabulary/contract.ts';
import type { Assignment, SchoolClass } from './contract.ts';
import { classLabel, gradeOfClass, type TimetabledLesson } from './rules.ts';

/** Classes of a school that stand in a grade in a school year. */
export const listClasses = async (
  db: Queryable,
  schoolId: string,
  schoolYear: number,
): Promise<SchoolClass[]> => {
  const rows = await db
    .selectFrom('organisation.schoolClass')
    .where('schoolId', '=', schoolId)
    .select(['id', 'entryYear', 'number', sql<Stage>`stage`.as('stage')])
    .orderBy('stage', 'desc')
    .orderBy('entryYear', 'desc')
    .orderBy('number')
    .execute();
  return rows.flatMap(({ id, stage, entryYear, number }) => {
    const grade = gradeOfClass(stage, entryYear, schoolYear);
    return grade === null ? [] : [{ id, stage, grade, number, label: classLabel(grade, number) }];
  });
};

export const insertClass = async (
  db: Queryable,
  schoolClass: {
    readonly schoolId: string;
    readonly stage: Stage;
    readonly entryYear: number;
    readonly number: number;
  },
): Promise<string | null> => {
  const row = await db
    .insertInto('organisation.schoolClass')
    .values({ id: newId(), ...schoolClass })
    .onConflict((target) => target.columns(['schoolId', 'stage', 'entryYear', 'number']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

/** What a school's timetable says of a weekday in an odd or even week. */
export const listTimetabled = (
  db: Queryable,
  where: {
    readonly schoolId: string;
    readonly termId: string;
    readonly weekday: number;
    readonly parity: WeekParity;
  },
): Promise<TimetabledLesson[]> =>
  db
    .selectFrom('organisation.timetableEntry as entry')
    .innerJoin('organisation.teachingAssignment as assignment', 'assignment.id', 'entry.assignmentId')
    .leftJoin('organisation.schoolClass as class', 'class.id', 'assignment.classId')
    .innerJoin('organisation.person as person', 'person.id', 'assignment.personId')
    .where('assignment.schoolId', '=', where.schoolId)
    .where('assignment.termId', '=', where.termId)
    .where('entry.weekday', '=', where.weekday)
    .where('entry.weekParity', 'in', ['every', where.parity])
    .select([
      'entry.slot',
      sql<Stage>`case when assignment.grade <= 6 then 'primary' else 'junior' end`.as('stage'),
      'assignment.grade',
      sql<Subject>`assignment.subject`.as('subject'),
      'assignment.classId',
      'class.number',
      'person.id as teacherId',
      'person.name as teacherName',
    ])
    .orderBy('assignment.grade')
    .orderBy('class.number')
    .orderBy('entry.slot')
    .orderBy('assignment.id')
    .execute();

/** Who teaches what at a school in a term, with the places in the timetable. */
export const listAssignments = async (
  db: Queryable,
  schoolId: string,
  termId: string,
): Promise<Assignment[]> => {
  const rows = await db
    .selectFrom('organisation.teachingAssignment as assignment')
    .innerJoin('organisation.person as person', 'person.id', 'assignment.personId')
    .leftJoin('organisation.schoolClass as class', 'class.id', 'assignment.classId')
    .where('assignment.schoolId', '=', schoolId)
    .where('assignment.termId', '=', termId)
    .select([
      'assignment.id',
      'assignment.personId',
      'person.name as personName',
      'assignment.grade',
      sql<Subject>`assignment.subject`.as('subject'),
      'assignment.classId',
      'class.number',
      sql<Assignment['timetable']>`coalesce((
        select json_agg(json_build_object('weekday', weekday, 'slot', slot, 'parity', week_parity) order by weekday, slot)
        from organisation.timetable_entry where assignment_id = assignment.id), '[]')`.as('timetable'),
    ])
    .orderBy('assignment.grade')
    .orderBy('assignment.subject')
    .orderBy('class.number')
    .orderBy('assignment.id')
    .execute();
  return rows.map(({ number, ...row }) => ({
    ...row,
    classLabel: number === null ? null : classLabel(row.grade, number),
  }));
};

/** What one person teaches in a term, at whatever school. */
export const listTeachingOf = async (db: Queryable, personId: string, termId: string) => {
  const rows = await db
    .selectFrom('organisation.teachingAssignment as assignment')
    .innerJoin('organisation.school as school', 'school.id', 'assignment.schoolId')
    .leftJoin('organisation.schoolClass as class', 'class.id', 'assignment.classId')
    .where('assignment.personId', '=', personId)
    .where('assignment.termId', '=', termId)
    .select([
      'assignment.id',
      'school.name as schoolName',
      'assignment.grade',
      sql<Subject>`assignment.subject`.as('subject'),
      'class.number',
    ])
    .orderBy('assignment.grade')
    .orderBy('class.number')
    .execute();
  return rows.map(({ number, ...row }) => ({
    ...row,
    classLabel: number === null ? null : classLabel(row.grade, number),
  }));
};

export const findAssignment = (db: Queryable, assignmentId: string) =>
  db
    .selectFrom('organisation.teachingAssignment')
    .where('id', '=', assignmentId)
    .select(['id', 'personId', 'schoolId', 'termId', 'grade', 'subject', 'classId'])
    .executeTakeFirst();

export const insertAssignment = async (
  db: Queryable,
  assignment: {
    readonly personId: string;
    readonly schoolId: string;
    readonly termId: string;
    readonly grade: number;
    readonly subject: Subject;
    readonly classId: string | null;
  },
): Promise<string | null> => {
  const row = await db
    .insertInto('organisation.teachingAssignment')
    .values({ id: newId(), ...assignment })
    .onConflict((target) => target.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

export const removeAssignment = async (db: Queryable, assignmentId: string): Promise<void> => {
  await db.deleteFrom('organisation.teachingAssignment').where('id', '=', assignmentId).execute();
};

/** A place in the week; without a parity every week. */
export interface TimetablePlace {
  readonly weekday: number;
  readonly slot: number;
  readonly parity?: WeekParity | undefined;
}

/** As somebody set it on the page. */
export const replaceTimetable = async (
  db: Queryable,
  assignmentId: string,
  timetable: readonly TimetablePlace[],
): Promise<void> => {
  await db.deleteFrom('organisation.timetableEntry').where('assignmentId', '=', assignmentId).execute();
  if (timetable.length > 0)
    await db
      .insertInto('organisation.timetableEntry')
      .values(
        timetable.map(({ weekday, slot, parity = 'every' }) => ({
          assignmentId,
          weekday,
          slot,
          weekParity: parity,
          byHand: true,
        })),
      )
      .onConflict((target) => target.doNothing())
      .execute();
};

/** Another lesson of the same class, or of the same teacher, at one of these places in the week. */
export const findClash = (
  db: Queryable,
  assignment: {
    readonly id: string;
    readonly personId: string;
    readonly termId: string;
    readonly classId: string | null;
  },
  timetable: readonly TimetablePlace[],
) =>
  timetable.length === 0
    ? Promise.resolve(undefined)
    : db
        .selectFrom('organisation.timetableEntry as entry')
        .innerJoin('organisation.teachingAssignment as other', 'other.id', 'entry.assignmentId')
        .innerJoin('organisation.person as person', 'person.id', 'other.personId')
        .where('other.id', '!=', assignment.id)
        .where('other.termId', '=', assignment.termId)
        .where((is) =>
          is.or([
            is('other.personId', '=', assignment.personId),
            ...(assignment.classId === null ? [] : [is('other.classId', '=', assignment.classId)]),
          ]),
        )
        .where((is) =>
          is.or(
            timetable.map(({ weekday, slot, parity = 'every' }) =>
              is.and([
                is('entry.weekday', '=', weekday),
                is('entry.slot', '=', slot),
                ...(parity === 'every' ? [] : [is('entry.weekParity', 'in', ['every', parity])]),
              ]),
            ),
          ),
        )
        .select(['entry.weekday', 'entry.slot', 'person.name', sql<Subject>`other.subject`.as('subject')])
        .executeTakeFirst();
