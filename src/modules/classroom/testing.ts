import type { ActiveAppointment, Actor, Post, Stage, Subject } from '#modules/organisation/contract.ts';
import { listActiveAppointments } from '#modules/organisation/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import { chinaDay, type Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import type { Capacity, ObservationContent, State } from './contract.ts';
import { stageOfGrade, tidyCriteria } from './rules.ts';

const since = '2020-01-01';

export interface TestSchool {
  readonly id: string;
  readonly name: string;
}
export const aSchool = async (
  db: Queryable,
  school: { name?: string; stages?: Stage[]; parentId?: string } = {},
): Promise<TestSchool> => {
  const id = newId();
  const { name = `测试学校${id.slice(-6)}`, stages = ['primary', 'junior'], parentId = null } = school;
  await db
    .insertInto('organisation.school')
    .values({ id, name, kind: 'nine-year', stages, parentId, activeFrom: since })
    .execute();
  return { id, name };
};

export interface TestPerson {
  readonly id: string;
  readonly name: string;
}
export const aPerson = async (
  db: Queryable,
  person: { name?: string; schoolId?: string; subjects?: Subject[] } = {},
): Promise<TestPerson> => {
  const id = newId();
  const { name = `教师${id.slice(-6)}`, schoolId = null, subjects = [] } = person;
  await db
    .insertInto('organisation.person')
    .values({
      id,
      name,
      namePinyin: name,
      nameInitials: name,
      homeSchoolId: schoolId,
      subjects,
      activeFrom: since,
    })
    .execute();
  return { id, name };
};

export interface TestPost {
  readonly post: Post;
  readonly schoolId?: string;
  readonly bodyId?: string;
  readonly subject?: Subject;
  readonly stage?: Stage;
  readonly from?: Day;
  readonly to?: Day;
}
export const anAppointment = async (db: Queryable, personId: string, held: TestPost): Promise<void> => {
  await db
    .insertInto('organisation.appointment')
    .values({
      id: newId(),
      personId,
      post: held.post,
      schoolId: held.schoolId ?? null,
      bodyId: held.bodyId ?? null,
      subject: held.subject ?? null,
      stage: held.stage ?? null,
      activeFrom: held.from ?? since,
      activeTo: held.to ?? null,
      source: 'test',
    })
    .execute();
};

export const aBody = async (
  db: Queryable,
  body: { kind: NonNullable<ActiveAppointment['bodyKind']>; stage?: Stage; subject?: Subject },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.body')
    .values({
      id,
      kind: body.kind,
      name: `机构${id.slice(-6)}`,
      stage: body.stage ?? null,
      subject: body.subject ?? null,
      activeFrom: since,
    })
    .execute();
  return id;
};

/** A spring term of 2024, Monday to Friday taught but for the days given as holidays. */
export const aTerm = async (db: Queryable, holidays: readonly Day[] = []): Promise<{ id: string }> => {
  const id = newId();
  await db
    .insertInto('organisation.term')
    .values({ id, schoolYear: 2023, term: 2, startsOn: '2024-02-26', endsOn: '2024-07-12' })
    .execute();
  if (holidays.length > 0)
    await db
      .insertInto('organisation.calendarDay')
      .values(holidays.map((dayOn) => ({ termId: id, dayOn, isTeachingDay: false, note: '放假' })))
      .execute();
  return { id };
};

/** A class with its teacher in the timetable; `times` are weekday and slot. */
export const aTaughtClass = async (
  db: Queryable,
  taught: {
    schoolId: string;
    termId: string;
    teacherId: string;
    grade: number;
    number: number;
    subject: Subject;
    times: readonly (readonly [number, number])[];
  },
): Promise<string> => {
  const classId = newId();
  const stage = stageOfGrade(taught.grade);
  const entryYear = 2024 - (stage === 'primary' ? taught.grade : taught.grade - 6);
  await db
    .insertInto('organisation.schoolClass')
    .values({ id: classId, schoolId: taught.schoolId, stage, entryYear, number: taught.number })
    .execute();
  const assignmentId = newId();
  await db
    .insertInto('organisation.teachingAssignment')
    .values({
      id: assignmentId,
      personId: taught.teacherId,
      schoolId: taught.schoolId,
      termId: taught.termId,
      grade: taught.grade,
      subject: taught.subject,
      classId,
    })
    .execute();
  await db
    .insertInto('organisation.timetableEntry')
    .values(taught.times.map(([weekday, slot]) => ({ assignmentId, weekday, slot })))
    .execute();
  return classId;
};

export const actorOf = async (db: Queryable, person: TestPerson, on: Day): Promise<Actor> => ({
  accountId: newId(),
  personId: person.id,
  name: person.name,
  appointments: await listActiveAppointments(db, person.id, on),
  duties: [],
});

/** What an action gets from a request of this person at this moment. */
export const contextOf = async (
  db: Queryable,
  person: TestPerson,
  at = '2024-03-20T02:00:00Z',
): Promise<ActionContext<Actor>> => {
  const now = new Date(at);
  const actor = await actorOf(db, person, chinaDay(now));
  return {
    db,
    actor,
    origin: { accountId: actor.accountId, personId: person.id, name: person.name, address: '127.0.0.1' },
    sessionId: newId(),
    mustChangePassword: false,
    request: {
      endpoint: 'test',
      address: '127.0.0.1',
      device: 'test',
      idempotencyKey: newId(),
      now,
      setSessionToken: () => undefined,
    },
    now,
    today: chinaDay(now),
  };
};

/** A content that may be finalised on 20 March 2024, a Wednesday. */
export const aContent = (content: Partial<ObservationContent> = {}): ObservationContent => ({
  capacity: 'teacher',
  dayOn: '2024-03-20',
  slotFrom: 2,
  slotTo: 2,
  schoolId: null,
  classId: null,
  classLabel: '三(2)班',
  grade: 3,
  subject: 'mathematics',
  teacherId: null,
  teacherName: '代课老师',
  topic: '两位数乘两位数',
  lessonType: 'new-lesson',
  occasion: 'ordinary',
  announced: false,
  mode: 'live',
  offDayReason: '',
  criteria: [{ code: 'K4', step: 'seen-well', evidence: '三次追问“为什么”。' }],
  strengths: '追问能引到算理上。',
  toImprove: '',
  suggestion: '小组汇报可以更充分。',
  ...content,
});

const order: readonly State[] = ['draft', 'finalised', 'fed-back', 'replied'];

/** Puts a record straight into the state asked for, with its first version. */
export const anObservation = async (
  db: Queryable,
  record: {
    observerId: string;
    schoolId: string;
    observerSchoolId?: string | null;
    termId?: string;
    state?: State;
    withdrawn?: boolean;
    capacity?: Capacity;
    late?: boolean;
    away?: boolean;
    content?: Partial<ObservationContent>;
  },
): Promise<string> => {
  const id = newId();
  const { observerId, schoolId, state = 'finalised', capacity = 'principal' } = record;
  const content = aContent({ capacity, ...record.content, schoolId });
  const { criteria, ...columns } = content;
  const at = `${content.dayOn}T08:00:00Z`;
  const reached = (wanted: State): boolean => order.indexOf(state) >= order.indexOf(wanted);
  const rubric = await db.selectFrom('classroom.rubric').select('id').executeTakeFirstOrThrow();
  await db
    .insertInto('classroom.observation')
    .values({
      id,
      observerId,
      observerSchoolId: record.observerSchoolId === undefined ? schoolId : record.observerSchoolId,
      rubricId: rubric.id,
      termId: record.termId ?? null,
      ...columns,
      state,
      late: record.late ?? false,
      away: record.away ?? false,
      contentNumber: reached('finalised') ? 1 : 0,
      finalisedAt: reached('finalised') ? at : null,
      fedBackAt: reached('fed-back') ? at : null,
      ...(record.withdrawn === true
        ? { withdrawnAt: at, withdrawnBy: observerId, withdrawnReason: '记错了' }
        : {}),
    })
    .execute();
  const noted = tidyCriteria(criteria);
  if (noted.length > 0)
    await db
      .insertInto('classroom.observationCriterion')
      .values(noted.map((one) => ({ observationId: id, ...one })))
      .execute();
  if (reached('finalised'))
    await db
      .insertInto('classroom.observationVersion')
      .values({
        observationId: id,
        number: 1,
        content: JSON.stringify(content),
        reason: '完成',
        madeBy: observerId,
      })
      .execute();
  return id;
};
