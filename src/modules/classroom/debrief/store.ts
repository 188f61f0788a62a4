import { type ExpressionBuilder, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { DebriefRow } from './contract.ts';
import type { DebriefScope } from './policy.ts';

/** One lesson: a class of a school on a day, in slots that touch. */
export interface LessonKey {
  readonly schoolId: string;
  readonly classId: string | null;
  readonly classLabel: string;
  readonly dayOn: Day;
  readonly slotFrom: number;
  readonly slotTo: number;
}

/** Two observers of one lesson must not call two meetings. */
export const lockLesson = async (db: Queryable, { schoolId, dayOn }: LessonKey): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`classroom.debrief:${schoolId}:${dayOn}`}, 0))`.execute(
    db,
  );
};

export const findDebriefId = async (db: Queryable, lesson: LessonKey): Promise<string | null> => {
  const row = await db
    .selectFrom('classroom.debrief')
    .select('id')
    .where('schoolId', '=', lesson.schoolId)
    .where('dayOn', '=', lesson.dayOn)
    .where('classLabel', '=', lesson.classLabel)
    .where('slotFrom', '<=', lesson.slotTo)
    .where('slotTo', '>=', lesson.slotFrom)
    .orderBy('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

/** Who else has a finished record of the lesson, by name. */
export const listObserversOf = (
  db: Queryable,
  lesson: LessonKey,
  exceptId: string,
): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('classroom.observation as o')
    .innerJoin('organisation.person as observer', 'observer.id', 'o.observerId')
    .where('o.schoolId', '=', lesson.schoolId)
    .where('o.dayOn', '=', lesson.dayOn)
    .where('o.classLabel', '=', lesson.classLabel)
    .where('o.slotFrom', '<=', lesson.slotTo)
    .where('o.slotTo', '>=', lesson.slotFrom)
    .where('o.finalisedAt', 'is not', null)
    .where('o.withdrawnAt', 'is', null)
    .where('o.observerId', '<>', exceptId)
    .select(['observer.id', 'observer.name'])
    .distinct()
    .orderBy('observer.name')
    .orderBy('observer.id')
    .execute();

/** Of these ids, those of people there are. */
export const listPeople = async (db: Queryable, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('organisation.person')
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  return rows.map(({ id }) => id);
};

export const insertDebrief = async (
  db: Queryable,
  debrief: LessonKey & {
    readonly grade: number;
    readonly subject: Subject;
    readonly teacherId: string | null;
    readonly teacherName: string;
    readonly topic: string;
    readonly calledBy: string;
  },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('classroom.debrief')
    .values({ id, ...debrief })
    .execute();
  return id;
};

/** Who takes part already stays as entered. */
export const insertParticipants = async (
  db: Queryable,
  debriefId: string,
  personIds: readonly string[],
  addedBy: string,
): Promise<void> => {
  if (personIds.length === 0) return;
  await db
    .insertInto('classroom.debriefParticipant')
    .values(personIds.map((personId) => ({ debriefId, personId, addedBy })))
    .onConflict((target) => target.columns(['debriefId', 'personId']).doNothing())
    .execute();
};

type Tables = DB & { d: DB['classroom.debrief'] };
type Where = ExpressionBuilder<Tables, 'd'>;

const takesPart = (where: Where, personId: string) =>
  where.or([
    where('d.teacherId', '=', personId),
    where.exists(
      where
        .selectFrom('classroom.debriefParticipant as p')
        .whereRef('p.debriefId', '=', 'd.id')
        .where('p.personId', '=', personId)
        .select('p.personId'),
    ),
  ]);

const ofStage = (where: Where, stage: Stage | null) =>
  stage === null ? where.and([]) : where('d.grade', stage === 'primary' ? '<=' : '>', 6);

const isReadable = (where: Where, scope: DebriefScope) =>
  where.or([
    ...(scope.personId === null ? [] : [takesPart(where, scope.personId)]),
    ...(scope.ledSchoolIds.length > 0 ? [where('d.schoolId', 'in', [...scope.ledSchoolIds])] : []),
    ...scope.headedSubjects.map(({ schoolId, subject, stage }) =>
      where.and([
        where('d.schoolId', '=', schoolId),
        where('d.subject', '=', subject),
        ofStage(where, stage),
      ]),
    ),
    ...scope.researchedSubjects.map(({ subject, stage }) =>
      where.and([where('d.subject', '=', subject), ofStage(where, stage)]),
    ),
  ]);

const rowColumns = [
  'd.id',
  'd.dayOn',
  'd.slotFrom',
  'd.slotTo',
  'school.name as schoolName',
  'd.classLabel',
  'd.grade',
  sql<Subject>`d.subject`.as('subject'),
  'd.teacherName',
  'd.topic',
  'caller.name as calledByName',
  sql<boolean>`d.concluded_at is not null`.as('concluded'),
] as const;

const debriefs = (db: Queryable) =>
  db
    .selectFrom('classroom.debrief as d')
    .innerJoin('organisation.school as school', 'school.id', 'd.schoolId')
    .innerJoin('organisation.person as caller', 'caller.id', 'd.calledBy');

export const findReadableDebrief = (db: Queryable, id: string, scope: DebriefScope) =>
  debriefs(db)
    .where('d.id', '=', id)
    .where((where) => isReadable(where, scope))
    .select(rowColumns)
    .select(['d.planGist', 'd.gist', 'd.version', 'd.calledBy', 'd.teacherId'])
    .executeTakeFirst();

/** Locked until the transaction ends. */
export const lockDebrief = async (db: Queryable, id: string): Promise<void> => {
  await db.selectFrom('classroom.debrief').select('id').where('id', '=', id).forUpdate().execute();
};

export const listParticipants = (db: Queryable, debriefId: string) =>
  db
    .selectFrom('classroom.debriefParticipant as p')
    .innerJoin('organisation.person as person', 'person.id', 'p.personId')
    .where('p.debriefId', '=', debriefId)
    .select(['p.personId', 'person.name', 'p.focus', 'p.version'])
    .orderBy('p.addedAt')
    .orderBy('p.personId')
    .execute();

export const listNotes = (db: Queryable, debriefId: string) =>
  db
    .selectFrom('classroom.debriefNote as note')
    .innerJoin('organisation.person as person', 'person.id', 'note.personId')
    .where('note.debriefId', '=', debriefId)
    .select(['note.id', 'person.name as personName', 'note.text', 'note.at'])
    .orderBy('note.id')
    .execute();

export const listVersions = (db: Queryable, debriefId: string) =>
  db
    .selectFrom('classroom.debriefVersion')
    .where('debriefId', '=', debriefId)
    .select(['number', 'reason', 'madeAt'])
    .orderBy('number')
    .execute();

/** `undefined` when somebody was faster. */
export const updateFocus = (
  db: Queryable,
  own: { debriefId: string; personId: string; version: number; focus: string },
) =>
  db
    .updateTable('classroom.debriefParticipant')
    .set({ focus: own.focus, version: own.version + 1 })
    .where('debriefId', '=', own.debriefId)
    .where('personId', '=', own.personId)
    .where('version', '=', own.version)
    .returning('version')
    .executeTakeFirst();

export const insertNote = async (
  db: Queryable,
  note: { debriefId: string; personId: string; text: string },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('classroom.debriefNote')
    .values({ id, ...note })
    .execute();
  return id;
};

/** `undefined` when somebody was faster. */
export const updateGist = (
  db: Queryable,
  id: string,
  version: number,
  gist: { planGist: string; gist: string; concludedAt?: string },
) =>
  db
    .updateTable('classroom.debrief')
    .set({ ...gist, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();

export const insertDebriefVersion = async (
  db: Queryable,
  version: {
    debriefId: string;
    number: number;
    planGist: string;
    gist: string;
    reason: string;
    madeBy: string;
  },
): Promise<void> => {
  await db.insertInto('classroom.debriefVersion').values(version).execute();
};

/** Those one takes part in or taught the lesson of, the newest first. */
export const listDebriefsOf = async (
  db: Queryable,
  personId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number; readonly open?: boolean | undefined },
): Promise<{ rows: DebriefRow[]; nextCursor: string | null }> => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const rows = await debriefs(db)
    .where((where) => takesPart(where, personId))
    .$if(page.open !== undefined, (query) =>
      query.where('d.concludedAt', page.open === true ? 'is' : 'is not', null),
    )
    .$if(dayOn !== undefined, (query) => query.where(sql<boolean>`(d.day_on, d.id) < (${dayOn}, ${id})`))
    .select(rowColumns)
    .orderBy('d.dayOn', 'desc')
    .orderBy('d.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.dayOn}_${last.id}` : null,
  };
};
