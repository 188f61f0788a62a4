import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import { chinaClock, weekdayLabels } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { slotAt, taughtWeekday } from '../calendar/rules.ts';
import { findCurrentTerm, findTerm, findTermOn, listBellSlots } from '../calendar/store.ts';
import { findPerson } from '../people/store.ts';
import { mayKeepTeaching } from '../policy.ts';
import { findSchool } from '../schools/store.ts';
import { listTaughtLessons } from '../substitution/store.ts';
import { type Actor, subjectLabels } from '../vocabulary/contract.ts';
import type { teachingContract } from './contract.ts';
import { classLabel } from './rules.ts';
import {
  findAssignment,
  findClash,
  insertAssignment,
  insertClass,
  listAssignments as listAssignmentRows,
  listClasses as listClassRows,
  removeAssignment,
  replaceTimetable,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof teachingContract>;
type Outputs = InferContractRouterOutputs<typeof teachingContract>;
type Context = ActionContext<Actor>;

export const proposeLessons = async (
  { db, now, today }: Context,
  { schoolId, on, slot }: Inputs['proposeLessons'],
): Promise<Outputs['proposeLessons']> => {
  const school = await findSchool(db, schoolId);
  if (school === undefined) throw notFound();
  const bells = await Promise.all(
    school.stages.map(async (stage) => ({ stage, slots: await listBellSlots(db, schoolId, stage) })),
  );
  const term = await findTermOn(db, on);
  const weekday = term === undefined ? null : taughtWeekday(term, on);
  const special = term?.specialDays.find(({ dayOn }) => dayOn === on);
  const clock = chinaClock(now);
  const chosen = bells.flatMap(({ stage, slots }) => {
    const at = slot ?? (on === today ? slotAt(slots, clock) : null);
    return at !== null && slots.some((bell) => bell.slot === at) ? [{ stage, slot: at }] : [];
  });
  return {
    on,
    isTeachingDay: weekday !== null,
    weekday,
    note: special?.note ?? (term === undefined ? '这一天不在学期内。' : null),
    bells,
    chosen,
    lessons:
      term === undefined || weekday === null
        ? []
        : (await listTaughtLessons(db, { schoolId, term, on })).flatMap(
            ({ classId, number, insteadOf, ...lesson }) =>
              classId === null ||
              number === null ||
              !chosen.some(({ stage, slot: at }) => stage === lesson.stage && at === lesson.slot)
                ? []
                : [
                    {
                      ...lesson,
                      classId,
                      classLabel: classLabel(lesson.grade, number),
                      insteadOf: insteadOf?.teacherName ?? null,
                    },
                  ],
          ),
  };
};

export const listClasses = async (
  { db, today }: Context,
  { schoolId, on = today }: Inputs['listClasses'],
): Promise<Outputs['listClasses']> => {
  const term = await findCurrentTerm(db, on);
  return { rows: term === undefined ? [] : await listClassRows(db, schoolId, term.schoolYear) };
};

const refuseUnlessKeeper = ({ actor }: Context, schoolId: string): void => {
  if (!mayKeepTeaching(actor, schoolId))
    throw forbidden('任教情况由本校校长、教学副校长、教务主任或系统管理员维护。');
};

export const addClass = async (context: Context, input: Inputs['addClass']): Promise<Outputs['addClass']> => {
  refuseUnlessKeeper(context, input.schoolId);
  const school = await findSchool(context.db, input.schoolId);
  if (school === undefined) throw notFound();
  if (!school.stages.includes(input.stage)) throw invalid(`${school.name}没有这个学段，请另选学段。`);
  const id = await insertClass(context.db, input);
  if (id === null) throw conflict('这个班已经有了。');
  await recordAudit(context.db, context.origin, {
    action: 'organisation.class-added',
    objectKind: 'school-class',
    objectId: id,
    after: input,
  });
  return { id };
};

export const listAssignments = async (
  { db, actor }: Context,
  { schoolId, termId }: Inputs['listAssignments'],
): Promise<Outputs['listAssignments']> => ({
  rows: await listAssignmentRows(db, schoolId, termId),
  may: { edit: mayKeepTeaching(actor, schoolId) },
});

const refuseClash = async (
  { db }: Context,
  assignment: Parameters<typeof findClash>[1],
  timetable: Parameters<typeof findClash>[2],
): Promise<void> => {
  const clash = await findClash(db, assignment, timetable);
  if (clash !== undefined)
    throw conflict(
      `${weekdayLabels[clash.weekday]}第${clash.slot}节已有${clash.name}的${subjectLabels[clash.subject]}课，请另选节次。`,
    );
};

export const assignTeaching = async (
  context: Context,
  { timetable, ...input }: Inputs['assignTeaching'],
): Promise<Outputs['assignTeaching']> => {
  const { db } = context;
  refuseUnlessKeeper(context, input.schoolId);
  const term = await findTerm(db, input.termId);
  if (
    term === undefined ||
    (await findPerson(db, input.personId)) === undefined ||
    (await findSchool(db, input.schoolId)) === undefined
  )
    throw notFound();
  if (input.classId !== null) {
    const classes = await listClassRows(db, input.schoolId, term.schoolYear);
    if (!classes.some(({ id, grade }) => id === input.classId && grade === input.grade))
      throw invalid('所选班级不在这个年级，请重新选择。');
  }
  const id = await insertAssignment(db, input);
  if (id === null) throw conflict('这条任教已经有了。');
  await refuseClash(context, { id, ...input }, timetable);
  await replaceTimetable(db, id, timetable);
  await recordAudit(db, context.origin, {
    action: 'organisation.teaching-assigned',
    objectKind: 'teaching-assignment',
    objectId: id,
    after: { ...input, timetable },
  });
  return { id };
};

export const setTimetable = async (
  context: Context,
  { assignmentId, timetable }: Inputs['setTimetable'],
): Promise<Outputs['setTimetable']> => {
  const assignment = await findAssignment(context.db, assignmentId);
  if (assignment === undefined) throw notFound();
  refuseUnlessKeeper(context, assignment.schoolId);
  await refuseClash(context, assignment, timetable);
  await replaceTimetable(context.db, assignmentId, timetable);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.timetable-set',
    objectKind: 'teaching-assignment',
    objectId: assignmentId,
    after: { timetable },
  });
  return {};
};

export const endTeaching = async (
  context: Context,
  { assignmentId }: Inputs['endTeaching'],
): Promise<Outputs['endTeaching']> => {
  const assignment = await findAssignment(context.db, assignmentId);
  if (assignment === undefined) throw notFound();
  refuseUnlessKeeper(context, assignment.schoolId);
  await removeAssignment(context.db, assignmentId);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.teaching-ended',
    objectKind: 'teaching-assignment',
    objectId: assignmentId,
    before: assignment,
  });
  return {};
};
