import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import { chineseDate, type Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { taughtWeekday } from '../calendar/rules.ts';
import { findCurrentTerm, findTermOn, type TermRecord } from '../calendar/store.ts';
import { mayKeepTeaching } from '../policy.ts';
import { findSchool } from '../schools/store.ts';
import { classLabel } from '../teaching/rules.ts';
import { listClasses } from '../teaching/store.ts';
import { type Actor, type Subject, subjectLabels } from '../vocabulary/contract.ts';
import type { substitutionContract } from './contract.ts';
import type { TaughtLesson } from './rules.ts';
import {
  listSubstitutionsFrom,
  listTaughtLessons,
  listTeachersAt,
  lockDay,
  markSubstitutionWithdrawn,
  putSubstitution,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof substitutionContract>;
type Outputs = InferContractRouterOutputs<typeof substitutionContract>;
type Context = ActionContext<Actor>;

/** A school whose leaders one is not does not exist here. */
const schoolToKeep = async ({ db, actor }: Context, schoolId: string): Promise<void> => {
  if (!mayKeepTeaching(actor, schoolId) || (await findSchool(db, schoolId)) === undefined) throw notFound();
};

export const listDayLessons = async (
  context: Context,
  { schoolId, classId, dayOn }: Inputs['listDayLessons'],
): Promise<Outputs['listDayLessons']> => {
  const { db } = context;
  await schoolToKeep(context, schoolId);
  const term = await findTermOn(db, dayOn);
  const weekday = term === undefined ? null : taughtWeekday(term, dayOn);
  const special = term?.specialDays.find((one) => one.dayOn === dayOn);
  const lessons = term === undefined ? [] : await listTaughtLessons(db, { schoolId, term, on: dayOn });
  return {
    isTeachingDay: weekday !== null,
    weekday,
    note: special?.note ?? (term === undefined ? '这一天不在学期内。' : null),
    lessons: lessons
      .filter((lesson) => lesson.classId === classId)
      .map(({ slot, subject, teacherId, teacherName, substitutionId, insteadOf }) => ({
        slot,
        subject,
        teacherId,
        teacherName,
        substitutionId,
        insteadOf,
      })),
    staff: term === undefined ? [] : await listTeachersAt(db, schoolId, term.id, dayOn),
  };
};

export const listSubstitutions = async (
  context: Context,
  { schoolId, from }: Inputs['listSubstitutions'],
): Promise<Outputs['listSubstitutions']> => {
  await schoolToKeep(context, schoolId);
  const term = await findCurrentTerm(context.db, from);
  return {
    rows: term === undefined ? [] : await listSubstitutionsFrom(context.db, schoolId, from, term.schoolYear),
  };
};

const placeName = (dayOn: Day, slot: number): string => `${chineseDate(dayOn)}第${slot}节`;

interface TaughtDay {
  readonly term: TermRecord;
  readonly lessons: readonly TaughtLesson[];
}

const taughtDay = async ({ db }: Context, schoolId: string, on: Day): Promise<TaughtDay> => {
  const term = await findTermOn(db, on);
  if (term === undefined || taughtWeekday(term, on) === null)
    throw invalid(`${chineseDate(on)}不是教学日，请另选日期。`);
  return { term, lessons: await listTaughtLessons(db, { schoolId, term, on }) };
};

/** Whoever teaches another class in the slot cannot teach this one. */
const refuseBusy = (
  { lessons }: TaughtDay,
  teacherId: string,
  place: { readonly classId: string; readonly dayOn: Day; readonly slot: number },
): void => {
  const other = lessons.find(
    (lesson) =>
      lesson.teacherId === teacherId && lesson.slot === place.slot && lesson.classId !== place.classId,
  );
  if (other !== undefined)
    throw conflict(
      `${other.teacherName}${placeName(place.dayOn, place.slot)}在${
        other.number === null ? '别的班' : classLabel(other.grade, other.number)
      }上${subjectLabels[other.subject]}课，请另选教师或节次。`,
    );
};

const classToKeep = async (context: Context, schoolId: string, classId: string, schoolYear: number) => {
  const found = (await listClasses(context.db, schoolId, schoolYear)).find(({ id }) => id === classId);
  if (found === undefined) throw notFound();
  return found;
};

export const substituteLesson = async (
  context: Context,
  { personId, subject, reason, ...place }: Inputs['substituteLesson'],
): Promise<Outputs['substituteLesson']> => {
  const { db, actor, now, origin } = context;
  await schoolToKeep(context, place.schoolId);
  await lockDay(db, place.schoolId);
  const day = await taughtDay(context, place.schoolId, place.dayOn);
  await classToKeep(context, place.schoolId, place.classId, day.term.schoolYear);
  const staff = await listTeachersAt(db, place.schoolId, day.term.id, place.dayOn);
  if (!staff.some(({ id }) => id === personId)) throw invalid('代课教师应是本校的教师，请重新选择。');
  refuseBusy(day, personId, place);
  const before = day.lessons.find(({ classId, slot }) => classId === place.classId && slot === place.slot);
  if (before?.teacherId === personId && before.subject === subject)
    throw invalid('这一节本来就由这位教师上这门课，不用登记。');
  const id = await putSubstitution(
    db,
    { ...place, personId, subject, reason, exchangeId: null, enteredBy: actor.personId },
    now.toISOString(),
  );
  await recordAudit(db, origin, {
    action: 'organisation.lesson-substituted',
    objectKind: 'substitution',
    objectId: id,
    before,
    after: { ...place, personId, subject, reason },
  });
  return {};
};

export const exchangeLessons = async (
  context: Context,
  { otherDayOn, otherSlot, reason, ...place }: Inputs['exchangeLessons'],
): Promise<Outputs['exchangeLessons']> => {
  const { db, actor, now, origin } = context;
  await schoolToKeep(context, place.schoolId);
  await lockDay(db, place.schoolId);
  const other = { ...place, dayOn: otherDayOn, slot: otherSlot };
  if (other.dayOn === place.dayOn && other.slot === place.slot)
    throw invalid('两节是同一节，请另选要换的一节。');
  const day = await taughtDay(context, place.schoolId, place.dayOn);
  const otherDay = await taughtDay(context, place.schoolId, other.dayOn);
  if (day.term.id !== otherDay.term.id) throw invalid('只能在同一学期里调课。');
  await classToKeep(context, place.schoolId, place.classId, day.term.schoolYear);
  const lessonIn = ({ lessons }: TaughtDay, at: typeof place): TaughtLesson => {
    const found = lessons.find(({ classId, slot }) => classId === at.classId && slot === at.slot);
    if (found === undefined) throw invalid(`${placeName(at.dayOn, at.slot)}这个班没有课，不能调。`);
    return found;
  };
  const here = lessonIn(day, place);
  const there = lessonIn(otherDay, other);
  refuseBusy(day, there.teacherId, place);
  refuseBusy(otherDay, here.teacherId, other);
  const exchangeId = newId();
  const put = (at: typeof place, lesson: { readonly teacherId: string; readonly subject: Subject }) =>
    putSubstitution(
      db,
      {
        ...at,
        personId: lesson.teacherId,
        subject: lesson.subject,
        exchangeId,
        reason,
        enteredBy: actor.personId,
      },
      now.toISOString(),
    );
  await put(place, there);
  await put(other, here);
  await recordAudit(db, origin, {
    action: 'organisation.lessons-exchanged',
    objectKind: 'substitution',
    objectId: exchangeId,
    after: { ...place, otherDayOn, otherSlot, reason },
  });
  return {};
};

export const withdrawSubstitution = async (
  context: Context,
  { schoolId, substitutionId }: Inputs['withdrawSubstitution'],
): Promise<Outputs['withdrawSubstitution']> => {
  const { db, actor, now, origin } = context;
  await schoolToKeep(context, schoolId);
  const withdrawn = await markSubstitutionWithdrawn(
    db,
    { schoolId, substitutionId },
    { withdrawnBy: actor.personId, withdrawnAt: now.toISOString() },
  );
  if (withdrawn === 0) throw conflict('这条代课或调课已经撤销，请刷新页面。');
  await recordAudit(db, origin, {
    action: 'organisation.substitution-withdrawn',
    objectKind: 'substitution',
    objectId: substitutionId,
  });
  return {};
};
