import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { isTeachingDay, weekNumber } from '#modules/organisation/calendar/rules.ts';
import { findTermOn } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { listActiveAppointments } from '#modules/organisation/store.ts';
import { chinaClock } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { forbidden } from '#platform/refusal.ts';
import type { classroomContract } from '../contract.ts';
import { findRubric } from '../rubric/store.ts';
import { capacitiesFrom } from '../rules.ts';
import { readObservationSettings } from '../settings/store.ts';
import { assembleStart, classLabel } from './rules.ts';
import {
  findHomeSchool,
  listAssignments,
  listLessonsOfDay,
  listSchools,
  listSlotTimes,
  listStaff,
} from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof classroomContract>;
type Outputs = InferContractRouterOutputs<typeof classroomContract>;

export const startObservation = async (
  context: Context,
  input: Inputs['startObservation'],
): Promise<Outputs['startObservation']> => {
  const { db, actor, today, now } = context;
  const { personId } = actor;
  if (personId === null) throw forbidden('您的账号没有对应的教师，不能填写听课记录。');
  const { dayOn = today, schoolId: askedSchoolId, slot: askedSlot } = input ?? {};
  const posts = await listActiveAppointments(db, personId, dayOn);
  const held = capacitiesFrom(posts, await findHomeSchool(db, personId));
  const ownSchoolIds = [...new Set(held.flatMap(({ schoolId }) => (schoolId === null ? [] : [schoolId])))];
  const open = await listSchools(db, dayOn);
  const schoolId = open.find(({ id }) => id === (askedSchoolId ?? ownSchoolIds[0]))?.id;
  const term = await findTermOn(db, dayOn);
  const bells = schoolId === undefined ? [] : await listSlotTimes(db, schoolId);
  const lessons =
    schoolId === undefined || term === undefined
      ? []
      : await listLessonsOfDay(db, { schoolId, term, on: dayOn, observerId: personId });
  return assembleStart({
    dayOn,
    week: term === undefined ? null : weekNumber(term, dayOn),
    isTeachingDay: term !== undefined && isTeachingDay(term, dayOn),
    capacities: [...new Set(held.map(({ capacity }) => capacity))],
    ownSchoolIds,
    open,
    askedSchoolId,
    askedSlot,
    clock: chinaClock(now),
    rubric: await findRubric(db, { on: dayOn }),
    settings: await readObservationSettings(db, dayOn),
    bellsOf: () => bells,
    lessonsOf: () => lessons,
  });
};

export const lookUpSchool = async (
  { db }: Context,
  { schoolId, dayOn }: Inputs['lookUpSchool'],
): Promise<Outputs['lookUpSchool']> => {
  const term = await findTermOn(db, dayOn);
  const assignments = term === undefined ? [] : await listAssignments(db, { schoolId, termId: term.id });
  const classes = new Map<string, { id: string; label: string; grade: number }>();
  const teachers = new Map<string, Outputs['lookUpSchool']['teachers'][number]>();
  for (const { personId, personName, initials, classId, classNumber, grade, subject } of assignments) {
    const label = classLabel(grade, classNumber);
    if (classId !== null) classes.set(classId, { id: classId, label, grade });
    const teacher = teachers.get(personId) ?? { id: personId, name: personName, initials, lessons: [] };
    teacher.lessons.push({ classId, classLabel: label, grade, subject });
    teachers.set(personId, teacher);
  }
  for (const { id, name, initials } of await listStaff(db, schoolId, dayOn))
    if (!teachers.has(id)) teachers.set(id, { id, name, initials, lessons: [] });
  return { classes: [...classes.values()], teachers: [...teachers.values()] };
};
