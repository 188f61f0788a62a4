import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { listBellSlots } from '../calendar/store.ts';
import { listTeachersAt } from '../substitution/store.ts';
import { gradeOfClass } from '../teaching/rules.ts';
import type { WrittenTimetable } from '../timetable-grid/contract.ts';
import type { Stage, Subject, WeekParity } from '../vocabulary/contract.ts';
import type {
  ElsewhereLesson,
  PlanLesson,
  StandingSchool,
  StandingTeaching,
  TimetableChanges,
  TimetableDecisions,
  TimetablePlan,
} from './contract.ts';

export interface TimetableImportRecord {
  readonly id: string;
  readonly schoolId: string;
  readonly termId: string;
  readonly title: string;
  readonly broughtBy: string;
  readonly broughtAt: string;
  readonly written: WrittenTimetable | null;
  readonly decisions: TimetableDecisions;
  readonly complete: boolean;
  readonly applied: TimetableChanges | null;
  readonly appliedAt: string | null;
  readonly appliedBy: string | null;
  readonly version: number;
}

const importRows = (db: Queryable) =>
  db
    .selectFrom('organisation.timetableImport')
    .select([
      'id',
      'schoolId',
      'termId',
      'title',
      'broughtBy',
      'broughtAt',
      'complete',
      'appliedAt',
      'appliedBy',
      'version',
      sql<WrittenTimetable | null>`written`.as('written'),
      sql<TimetableDecisions>`decisions`.as('decisions'),
      sql<TimetableChanges | null>`applied`.as('applied'),
    ]);

/** The newest first, without what was read of the files. */
export const listImports = (db: Queryable, schoolId: string): Promise<TimetableImportRecord[]> =>
  importRows(db)
    .clearSelect()
    .select([
      'id',
      'schoolId',
      'termId',
      'title',
      'broughtBy',
      'broughtAt',
      'complete',
      'appliedAt',
      'appliedBy',
      'version',
      sql<WrittenTimetable | null>`null`.as('written'),
      sql<TimetableDecisions>`'{}'::jsonb`.as('decisions'),
      sql<TimetableChanges | null>`applied`.as('applied'),
    ])
    .where('schoolId', '=', schoolId)
    .orderBy('id', 'desc')
    .limit(20)
    .execute();

export const findImport = (db: Queryable, importId: string): Promise<TimetableImportRecord | undefined> =>
  importRows(db).where('id', '=', importId).executeTakeFirst();

export const insertImport = async (
  db: Queryable,
  heading: Pick<TimetableImportRecord, 'schoolId' | 'termId' | 'title' | 'broughtBy' | 'complete'>,
  written: WrittenTimetable,
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.timetableImport')
    .values({ id, ...heading, written: JSON.stringify(written) })
    .execute();
  return id;
};

/** False when somebody else decided or applied in the meantime. */
export const updateImport = async (
  db: Queryable,
  importId: string,
  version: number,
  change: {
    readonly decisions?: TimetableDecisions;
    readonly complete?: boolean;
    readonly applied?: TimetableChanges;
    readonly appliedAt?: string;
    readonly appliedBy?: string;
    /** Nothing is open any more: what was read of the file goes. */
    readonly done?: boolean;
  },
): Promise<boolean> => {
  const { decisions, applied, done = false, ...rest } = change;
  const { numUpdatedRows } = await db
    .updateTable('organisation.timetableImport')
    .set({
      ...rest,
      ...(decisions === undefined ? {} : { decisions: JSON.stringify(decisions) }),
      ...(applied === undefined ? {} : { applied: JSON.stringify(applied) }),
      ...(done ? { written: null } : {}),
      version: version + 1,
    })
    .where('id', '=', importId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const removeImport = async (db: Queryable, importId: string): Promise<void> => {
  await db.deleteFrom('organisation.timetableImport').where('id', '=', importId).execute();
};

/** Brought before a moment and never applied. */
export const removeUnusedImports = async (db: Queryable, before: string): Promise<void> => {
  await db
    .deleteFrom('organisation.timetableImport')
    .where('appliedAt', 'is', null)
    .where('broughtAt', '<', before)
    .execute();
};

/** Until the transaction ends nobody else imports a timetable: a teacher may stand in two schools. */
export const lockTimetables = async (db: Queryable): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('organisation.timetable'))`.execute(db);
};

interface Term {
  readonly id: string;
  readonly schoolYear: number;
}

const listTeaching = async (db: Queryable, schoolId: string, termId: string): Promise<StandingTeaching[]> =>
  db
    .selectFrom('organisation.teachingAssignment as teaching')
    .innerJoin('organisation.person as person', 'person.id', 'teaching.personId')
    .where('teaching.schoolId', '=', schoolId)
    .where('teaching.termId', '=', termId)
    .select([
      'teaching.id',
      'teaching.personId',
      'person.name as personName',
      'teaching.classId',
      'teaching.grade',
      sql<Subject>`teaching.subject`.as('subject'),
      sql<StandingTeaching['places']>`coalesce((
        select json_agg(json_build_object('weekday', weekday, 'slot', slot, 'parity', week_parity,
          'byHand', by_hand) order by weekday, slot)
        from organisation.timetable_entry where assignment_id = teaching.id), '[]')`.as('places'),
    ])
    .orderBy('teaching.grade')
    .orderBy('teaching.id')
    .execute();

const listElsewhere = (
  db: Queryable,
  schoolId: string,
  termId: string,
  personIds: readonly string[],
): Promise<ElsewhereLesson[]> =>
  db
    .selectFrom('organisation.timetableEntry as entry')
    .innerJoin('organisation.teachingAssignment as teaching', 'teaching.id', 'entry.assignmentId')
    .innerJoin('organisation.school as school', 'school.id', 'teaching.schoolId')
    .where('teaching.termId', '=', termId)
    .where('teaching.schoolId', '!=', schoolId)
    .where(sql<boolean>`teaching.person_id = any(${[...personIds]}::uuid[])`)
    .select([
      'teaching.personId',
      'school.name as schoolName',
      'entry.weekday',
      'entry.slot',
      sql<WeekParity>`entry.week_parity`.as('parity'),
    ])
    .execute();

/** What stands in a school in a term, for a timetable to be compared with. */
export const readStanding = async (
  db: Queryable,
  school: { readonly id: string; readonly stages: readonly Stage[] },
  term: Term,
  on: Day,
): Promise<StandingSchool> => {
  const classes = await db
    .selectFrom('organisation.schoolClass')
    .where('schoolId', '=', school.id)
    .select(['id', 'entryYear', 'number', sql<Stage>`stage`.as('stage')])
    .orderBy('entryYear', 'desc')
    .orderBy('number')
    .execute();
  const staff = await listTeachersAt(db, school.id, term.id, on);
  const ids = staff.map(({ id }) => id);
  const subjects = await db
    .selectFrom('organisation.person')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .select(['id', sql<Subject[]>`subjects`.as('subjects')])
    .execute();
  const subjectsOf = new Map(subjects.map((one) => [one.id, one.subjects]));
  const lastSlot = { primary: 0, junior: 0 };
  for (const stage of school.stages)
    lastSlot[stage] = Math.max(0, ...(await listBellSlots(db, school.id, stage)).map(({ slot }) => slot));
  return {
    schoolYear: term.schoolYear,
    stages: school.stages,
    classes: classes.flatMap((one) => {
      const grade = gradeOfClass(one.stage, one.entryYear, term.schoolYear);
      return grade === null ? [] : [{ ...one, grade }];
    }),
    people: staff.map((person) => ({ ...person, subjects: subjectsOf.get(person.id) ?? [] })),
    teaching: await listTeaching(db, school.id, term.id),
    elsewhere: await listElsewhere(db, school.id, term.id, ids),
    lastSlot,
  };
};

/** Writes a plan; answers nothing, since the plan already says everything. */
export const applyPlan = async (
  db: Queryable,
  schoolId: string,
  termId: string,
  plan: TimetablePlan,
): Promise<void> => {
  for (const { teachingId, weekday, slot } of plan.remove)
    await db
      .deleteFrom('organisation.timetableEntry')
      .where('assignmentId', '=', teachingId)
      .where('weekday', '=', weekday)
      .where('slot', '=', slot)
      .execute();
  const classIds = new Map<string, string>();
  for (const { ref, stage, entryYear, number } of plan.newClasses) {
    const id = newId();
    classIds.set(ref, id);
    await db
      .insertInto('organisation.schoolClass')
      .values({ id, schoolId, stage, entryYear, number })
      .execute();
  }
  const teaching = new Map<string, string>();
  for (const lesson of plan.add) {
    const classId = classIds.get(lesson.schoolClass.ref) ?? lesson.schoolClass.ref;
    const key = `${classId} ${lesson.subject} ${lesson.personId}`;
    const assignmentId =
      teaching.get(key) ?? (await ensureTeaching(db, { schoolId, termId, classId }, lesson));
    teaching.set(key, assignmentId);
    const { weekday, slot, parity } = lesson;
    await db
      .insertInto('organisation.timetableEntry')
      .values({ assignmentId, weekday, slot, weekParity: parity, byHand: false })
      .execute();
  }
  if (plan.end.length > 0)
    await db.deleteFrom('organisation.teachingAssignment').where('id', 'in', plan.end).execute();
};

const ensureTeaching = async (
  db: Queryable,
  place: { readonly schoolId: string; readonly termId: string; readonly classId: string },
  { personId, subject, schoolClass: { grade } }: PlanLesson,
): Promise<string> => {
  const row = { ...place, personId, grade, subject };
  await db
    .insertInto('organisation.teachingAssignment')
    .values({ id: newId(), ...row })
    .onConflict((target) => target.doNothing())
    .execute();
  const found = await db
    .selectFrom('organisation.teachingAssignment')
    .where('classId', '=', row.classId)
    .where('personId', '=', personId)
    .where('schoolId', '=', row.schoolId)
    .where('termId', '=', row.termId)
    .where('grade', '=', grade)
    .where('subject', '=', subject)
    .select('id')
    .executeTakeFirstOrThrow();
  return found.id;
};

export const findSchoolByName = (db: Queryable, name: string) =>
  db
    .selectFrom('organisation.school as school')
    .leftJoin('organisation.schoolAlias as alias', (join) =>
      join.onRef('alias.schoolId', '=', 'school.id').on('alias.status', '=', 'confirmed'),
    )
    .where((is) => is.or([is('school.name', '=', name), is('alias.alias', '=', name)]))
    .select(['school.id', 'school.name'])
    .distinct()
    .limit(2)
    .execute();
