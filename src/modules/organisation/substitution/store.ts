import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { parityOfWeek, type TermCalendar, taughtWeekday } from '../calendar/rules.ts';
import { activeOn } from '../store.ts';
import { classLabel, gradeOfClass } from '../teaching/rules.ts';
import { listTimetabled } from '../teaching/store.ts';
import type { Stage, Subject } from '../vocabulary/contract.ts';
import type { Substitution } from './contract.ts';
import { type Substituted, type TaughtLesson, taughtOn } from './rules.ts';

const standing = (db: Queryable, schoolId: string) =>
  db
    .selectFrom('organisation.substitution as substitution')
    .innerJoin('organisation.schoolClass as class', 'class.id', 'substitution.classId')
    .innerJoin('organisation.person as person', 'person.id', 'substitution.personId')
    .where('substitution.schoolId', '=', schoolId)
    .where('substitution.withdrawnAt', 'is', null)
    .select([
      'substitution.id',
      'substitution.classId',
      'substitution.slot',
      'substitution.dayOn',
      sql<Subject>`substitution.subject`.as('subject'),
      'person.id as teacherId',
      'person.name as teacherName',
      sql<Stage>`class.stage`.as('stage'),
      'class.entryYear',
      'class.number',
    ]);

/**
 * Every lesson a school really gives on a day: the weekday and the week that are taught (make-up days follow
 * another weekday), and whoever teaches in place of somebody else. Empty on days without teaching.
 */
export const listTaughtLessons = async (
  db: Queryable,
  {
    schoolId,
    term,
    on,
  }: {
    readonly schoolId: string;
    readonly term: TermCalendar & { readonly id: string; readonly schoolYear: number };
    readonly on: Day;
  },
): Promise<TaughtLesson[]> => {
  const weekday = taughtWeekday(term, on);
  const parity = parityOfWeek(term, on);
  if (weekday === null || parity === null) return [];
  const timetabled = await listTimetabled(db, { schoolId, termId: term.id, weekday, parity });
  const rows = await standing(db, schoolId).where('substitution.dayOn', '=', on).execute();
  const substituted = rows.flatMap(({ stage, entryYear, ...row }): Substituted[] => {
    const grade = gradeOfClass(stage, entryYear, term.schoolYear);
    return grade === null ? [] : [{ ...row, grade }];
  });
  return taughtOn(timetabled, substituted);
};

export const listSubstitutionsFrom = async (
  db: Queryable,
  schoolId: string,
  from: Day,
  schoolYear: number,
): Promise<Substitution[]> => {
  const rows = await standing(db, schoolId)
    .leftJoin('organisation.person as writer', 'writer.id', 'substitution.enteredBy')
    .where('substitution.dayOn', '>=', from)
    .select(['substitution.reason', 'substitution.exchangeId', 'writer.name as enteredBy'])
    .orderBy('substitution.dayOn', 'desc')
    .orderBy('substitution.slot')
    .orderBy('substitution.id')
    .limit(200)
    .execute();
  return rows.flatMap(({ stage, entryYear, number, exchangeId, enteredBy, ...row }) => {
    const grade = gradeOfClass(stage, entryYear, schoolYear);
    return grade === null
      ? []
      : [
          {
            id: row.id,
            classLabel: classLabel(grade, number),
            grade,
            dayOn: row.dayOn,
            slot: row.slot,
            subject: row.subject,
            teacherName: row.teacherName,
            exchanged: exchangeId !== null,
            reason: row.reason,
            enteredBy: enteredBy ?? '系统管理员',
          },
        ];
  });
};

/** People of the school, of the school above it or of its campuses, and whoever teaches here this term. */
export const listTeachersAt = (
  db: Queryable,
  schoolId: string,
  termId: string,
  on: Day,
): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('organisation.person as person')
    .leftJoin('organisation.school as home', 'home.id', 'person.homeSchoolId')
    .where(activeOn('person', on))
    .where((is) =>
      is.or([
        is('home.id', '=', schoolId),
        is('home.parentId', '=', schoolId),
        is(
          'home.id',
          '=',
          is.selectFrom('organisation.school').where('id', '=', schoolId).select('parentId'),
        ),
        is.exists(
          is
            .selectFrom('organisation.teachingAssignment as taught')
            .whereRef('taught.personId', '=', 'person.id')
            .where('taught.schoolId', '=', schoolId)
            .where('taught.termId', '=', termId)
            .select('taught.id'),
        ),
      ]),
    )
    .select(['person.id', 'person.name'])
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .execute();

/** Until the transaction ends nobody else changes the day's lessons of the school. */
export const lockDay = async (db: Queryable, schoolId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext(${`organisation.substitution ${schoolId}`}))`.execute(db);
};

export interface NewSubstitution {
  readonly schoolId: string;
  readonly classId: string;
  readonly dayOn: Day;
  readonly slot: number;
  readonly personId: string;
  readonly subject: Subject;
  readonly exchangeId: string | null;
  readonly reason: string;
  readonly enteredBy: string | null;
}

/** What was entered for the same place before is withdrawn by the same person. */
export const putSubstitution = async (
  db: Queryable,
  substitution: NewSubstitution,
  now: string,
): Promise<string> => {
  await db
    .updateTable('organisation.substitution')
    .set({ withdrawnAt: now, withdrawnBy: substitution.enteredBy })
    .where('classId', '=', substitution.classId)
    .where('dayOn', '=', substitution.dayOn)
    .where('slot', '=', substitution.slot)
    .where('withdrawnAt', 'is', null)
    .execute();
  const id = newId();
  await db
    .insertInto('organisation.substitution')
    .values({ id, ...substitution })
    .execute();
  return id;
};

/** An exchange goes back as a whole; answers how many places it was. */
export const markSubstitutionWithdrawn = async (
  db: Queryable,
  where: { readonly schoolId: string; readonly substitutionId: string },
  by: { readonly withdrawnBy: string | null; readonly withdrawnAt: string },
): Promise<number> => {
  const { numUpdatedRows } = await db
    .updateTable('organisation.substitution')
    .set(by)
    .where('schoolId', '=', where.schoolId)
    .where('withdrawnAt', 'is', null)
    .where((is) =>
      is.or([
        is('id', '=', where.substitutionId),
        is(
          'exchangeId',
          '=',
          is
            .selectFrom('organisation.substitution')
            .where('id', '=', where.substitutionId)
            .where('schoolId', '=', where.schoolId)
            .select('exchangeId'),
        ),
      ]),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
};
