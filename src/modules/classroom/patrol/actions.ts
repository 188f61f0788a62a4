import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { isTeachingDay, taughtWeekday, weekNumber } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm, findTermOn, type TermRecord } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { listActiveAppointments } from '#modules/organisation/store.ts';
import { listTaughtLessons } from '#modules/organisation/substitution/store.ts';
import type { SchoolClass } from '#modules/organisation/teaching/contract.ts';
import { listClasses } from '#modules/organisation/teaching/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { addDays, chinaClock, type Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { slotAt } from '../timetable/rules.ts';
import { listSchools, listSlotTimes, type SlotTime } from '../timetable/store.ts';
import type { patrolContract, StopMark, Tile } from './contract.ts';
import { inCorridorOrder, placeLabel } from './corridor/rules.ts';
import { findCorridor } from './corridor/store.ts';
import { mayEditPatrol, mayLeadPatrolsOf, patrolScope } from './policy.ts';
import { listRotaSchools, listTurns } from './rota/store.ts';
import { clockOffSeconds, dayOfPatrol, dayProblem, halfDayOf } from './rules.ts';
import {
  countRooms,
  findPatrol,
  insertMarks,
  insertPatrol,
  type ListedPatrols,
  listNewMarkIds,
  listPatrols,
  listStops,
  lockOwnPatrol,
  markFinished,
  markWithdrawn,
  type NewMark,
  type OwnPatrol,
} from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof patrolContract>;
type Outputs = InferContractRouterOutputs<typeof patrolContract>;

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，不能巡课。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.patrol-${what}`,
    objectKind: 'patrol',
    objectId: id,
    after,
  });

/** Schools where a person may walk on a day: those led by posts held then, and those whose rota names them. */
const walkedSchoolIds = async ({ db, actor }: Context, personId: string, on: Day): Promise<string[]> => {
  const appointments = await listActiveAppointments(db, personId, on);
  return [
    ...new Set([...schoolsLedBy({ ...actor, appointments }), ...(await listRotaSchools(db, personId, on))]),
  ];
};

const classesOn = async (context: Context, schoolId: string, term: TermRecord | undefined, on: Day) => {
  const { schoolYear } = term ?? (await findCurrentTerm(context.db, on)) ?? {};
  return schoolYear === undefined ? [] : listClasses(context.db, schoolId, schoolYear);
};

interface Place {
  readonly schoolId: string;
  readonly dayOn: Day;
  readonly slot: number;
  readonly term: TermRecord | undefined;
}

/** What the timetable has in a slot, by class; empty on a day that is not taught. */
const lessonsByClass = async ({ db }: Context, { schoolId, dayOn, slot, term }: Place) => {
  const lessons = term === undefined ? [] : await listTaughtLessons(db, { schoolId, term, on: dayOn });
  return new Map(lessons.filter((lesson) => lesson.slot === slot).map((lesson) => [lesson.classId, lesson]));
};

/** Every classroom whose stage has this slot, in the order of the corridor. */
const tilesOf = async (context: Context, place: Place, bells: readonly SlotTime[]): Promise<Tile[]> => {
  const { rooms } = await findCorridor(context.db, place.schoolId);
  const lessons = await lessonsByClass(context, place);
  const hasSlot = ({ stage }: SchoolClass): boolean =>
    bells.length === 0 || bells.some((bell) => bell.stage === stage && bell.slot === place.slot);
  const classes = await classesOn(context, place.schoolId, place.term, place.dayOn);
  return inCorridorOrder(
    classes.filter(hasSlot),
    rooms.map(({ classId }) => classId),
  ).map(({ id, label, grade }) => {
    const room = rooms.find(({ classId }) => classId === id);
    const lesson = lessons.get(id);
    return {
      classId: id,
      classLabel: label,
      grade,
      place: room === undefined ? '' : placeLabel(room),
      subject: lesson?.subject ?? null,
      teacherName: lesson?.teacherName ?? '',
    };
  });
};

/** Each slot once; where the stages ring differently, by the first of them. */
const distinctSlots = (bells: readonly SlotTime[]) =>
  bells
    .filter(({ slot }, index) => bells.findIndex((other) => other.slot === slot) === index)
    .map(({ slot, startsAt, endsAt }) => ({ slot, startsAt, endsAt }));

export const startPatrol = async (
  context: Context,
  input: Inputs['startPatrol'],
): Promise<Outputs['startPatrol']> => {
  const { db, actor, now, today } = context;
  const personId = ownPersonId(context);
  const { schoolId, dayOn = today, slot: askedSlot } = input ?? {};
  const walked = await walkedSchoolIds(context, personId, today);
  const schools = (await listSchools(db, today)).filter(({ id }) => walked.includes(id));
  if (schoolId !== undefined && !schools.some(({ id }) => id === schoolId)) throw notFound();
  const first = schools.find(({ id }) => id === walked[0]) ?? schools[0];
  const school = schools.find(({ id }) => id === schoolId) ?? first ?? null;
  const term = await findTermOn(db, dayOn);
  const bells = school === null ? [] : await listSlotTimes(db, school.id);
  const slot = askedSlot ?? slotAt(bells, chinaClock(now)) ?? (school === null ? null : 1);
  const weekday = term === undefined ? null : taughtWeekday(term, dayOn);
  const turns = school === null ? [] : await listTurns(db, school.id, dayOn);
  return {
    now: now.toISOString(),
    dayOn,
    week: term === undefined ? null : weekNumber(term, dayOn),
    isTeachingDay: weekday !== null,
    schools,
    school,
    slot,
    slots: distinctSlots(bells),
    tiles:
      school === null || slot === null
        ? []
        : await tilesOf(context, { schoolId: school.id, dayOn, slot, term }, bells),
    onDuty: turns
      .filter((turn) => turn.weekday === weekday)
      .map(({ halfDay, personName }) => ({ halfDay, personName })),
    leads: school !== null && mayLeadPatrolsOf(actor, school.id),
  };
};

/** Of the school that comes first; nothing for whoever walks nowhere. */
export const takePatrolAlong = async (context: Context): Promise<Outputs['takePatrolAlong']> => {
  const { db, today } = context;
  const days = [today];
  for (let ahead = 1; ahead <= 14 && days.length < 2; ahead += 1) {
    const dayOn = addDays(today, ahead);
    const term = await findTermOn(db, dayOn);
    if (term !== undefined && isTeachingDay(term, dayOn)) days.push(dayOn);
  }
  const starts: Outputs['takePatrolAlong']['starts'] = [];
  for (const dayOn of days) {
    const { slots } = await startPatrol(context, { dayOn });
    for (const { slot } of slots) starts.push(await startPatrol(context, { dayOn, slot }));
  }
  return { starts };
};

/** Throws for a patrol of another school, of a day that does not stand, or of a slot the bells do not have. */
const makePatrol = async (
  context: Context,
  input: Inputs['savePatrol'],
  patrollerId: string,
): Promise<void> => {
  const { db, now, today } = context;
  const { id, schoolId, slot, startedAt, sentAt } = input;
  const receivedAt = now.toISOString();
  const dayOn = dayOfPatrol({ ...input, receivedAt });
  const offDayReason = input.offDayReason.trim();
  const term = await findTermOn(db, dayOn);
  const isTaught = term !== undefined && isTeachingDay(term, dayOn);
  if (!(await walkedSchoolIds(context, patrollerId, dayOn)).includes(schoolId)) throw notFound();
  const problem = dayProblem(dayOn, { today, isTeachingDay: isTaught, offDayReason });
  if (problem !== null) throw invalid(problem, { field: dayOn > today ? 'dayOn' : 'offDayReason' });
  const bells = await listSlotTimes(db, schoolId);
  if (bells.length > 0 && !bells.some((bell) => bell.slot === slot))
    throw invalid(`学校的作息表没有第${slot}节，请重新选择节次。`, { field: 'slot' });
  const isMade = await insertPatrol(db, {
    id,
    schoolId,
    patrollerId,
    termId: term?.id ?? null,
    dayOn,
    halfDay: halfDayOf(bells, slot),
    slot,
    offDayReason,
    startedAt,
    sentAt,
    receivedAt,
  });
  if (isMade) await audit(context, 'started', id, { schoolId, dayOn, slot });
};

const withTimetable = async (
  context: Context,
  patrol: OwnPatrol,
  marks: readonly StopMark[],
): Promise<NewMark[]> => {
  if (marks.length === 0) return [];
  const term = await findTermOn(context.db, patrol.dayOn);
  const classes = await classesOn(context, patrol.schoolId, term, patrol.dayOn);
  const lessons = await lessonsByClass(context, { ...patrol, term });
  return marks.map((mark) => {
    const schoolClass = classes.find(({ id }) => id === mark.classId);
    if (schoolClass === undefined)
      throw invalid('有一间教室不在这所学校，这次没有保存。请刷新页面，重新开始巡课。', {
        classId: mark.classId,
      });
    const lesson = lessons.get(mark.classId);
    return {
      ...mark,
      note: mark.note.trim(),
      classLabel: schoolClass.label,
      grade: schoolClass.grade,
      subject: lesson?.subject ?? null,
      teacherId: lesson?.teacherId ?? null,
      teacherName: lesson?.teacherName ?? '',
    };
  });
};

const endPatrol = async (
  context: Context,
  patrol: OwnPatrol,
  { at, sequence, summary }: NonNullable<Inputs['savePatrol']['finish']>,
): Promise<void> => {
  const line = summary.trim();
  if (patrol.finishedAt !== null) {
    // The same end again is a repeat; another one belongs to a second device.
    if (patrol.finishedSequence === sequence && patrol.summary === line) return;
    throw conflict('这次巡课已经在别处结束，小结以先送到的为准。请刷新页面查看。');
  }
  await markFinished(context.db, patrol.id, { finishedAt: at, finishedSequence: sequence, summary: line });
  await audit(context, 'finished', patrol.id, { sequence });
};

export const savePatrol = async (
  context: Context,
  input: Inputs['savePatrol'],
): Promise<Outputs['savePatrol']> => {
  const { db } = context;
  const { id, schoolId, slot, marks } = input;
  const patrollerId = ownPersonId(context);
  if ((await lockOwnPatrol(db, id, patrollerId)) === undefined) await makePatrol(context, input, patrollerId);
  const patrol = await lockOwnPatrol(db, id, patrollerId);
  if (patrol === undefined) throw notFound();
  if (patrol.withdrawnAt !== null) throw conflict('这次巡课已经撤回，不能再补记。如需补记，请新开一次巡课。');
  if (patrol.schoolId !== schoolId || patrol.slot !== slot)
    throw conflict('这次巡课的学校和节次已经定下。换了节次，请新开一次巡课。');
  const isNew = await listNewMarkIds(
    db,
    id,
    marks.map((mark) => mark.id),
  );
  const added = marks.filter((mark) => isNew.has(mark.id));
  const { finishedSequence } = patrol;
  if (finishedSequence !== null && added.some(({ sequence }) => sequence > finishedSequence))
    throw conflict('这次巡课已经结束，不能再补记。如需补记，请新开一次巡课。');
  const count = await insertMarks(db, id, await withTimetable(context, patrol, added));
  if (count > 0) await audit(context, 'marked', id, { marks: count });
  if (input.finish !== null) await endPatrol(context, patrol, input.finish);
  return {
    id,
    receiptNumber: patrol.receiptNumber,
    receivedAt: context.now.toISOString(),
    dayOn: patrol.dayOn,
    rooms: await countRooms(db, id),
    finished: patrol.finishedAt !== null || input.finish !== null,
  };
};

export const withdrawPatrol = async (
  context: Context,
  { id, reason }: Inputs['withdrawPatrol'],
): Promise<Outputs['withdrawPatrol']> => {
  const personId = ownPersonId(context);
  const patrol = await lockOwnPatrol(context.db, id, personId);
  if (patrol === undefined) throw notFound();
  if (!mayEditPatrol(context.actor, { patrollerId: personId, withdrawn: patrol.withdrawnAt !== null }))
    throw conflict('这次巡课已经撤回。');
  const why = reason.trim();
  if (why === '') throw invalid('请写明撤回的原因；撤回后不再计入周汇总。', { field: 'reason' });
  await markWithdrawn(context.db, id, personId, context.now.toISOString(), why);
  await audit(context, 'withdrawn', id, { withdrawn: true });
  return { id };
};

export const getPatrol = async (
  context: Context,
  { id }: Inputs['getPatrol'],
): Promise<Outputs['getPatrol']> => {
  const { db, actor } = context;
  const patrol = await findPatrol(db, id, patrolScope(actor));
  if (patrol === undefined) throw notFound();
  const { schoolId, dayOn, slot } = patrol;
  const term = await findTermOn(db, dayOn);
  const tiles = await tilesOf(context, { schoolId, dayOn, slot, term }, await listSlotTimes(db, schoolId));
  const stops = await listStops(db, id);
  const { sentAt, ...row } = patrol;
  const standing = { ...row, withdrawn: row.withdrawnReason !== null };
  return {
    ...row,
    week: term === undefined ? null : weekNumber(term, dayOn),
    clockOffSeconds: clockOffSeconds(sentAt, row.receivedAt),
    tiles,
    stops: inCorridorOrder(
      stops.map((stop) => ({ id: stop.classId, stop })),
      tiles.map(({ classId }) => classId),
    ).map(({ stop }) => stop),
    may: { edit: mayEditPatrol(actor, standing) },
  };
};

const listed = async (
  context: Context,
  which: ListedPatrols,
  input: {
    from?: Day | undefined;
    to?: Day | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
) => ({
  ...(await listPatrols(context.db, which, { ...input, limit: input.limit ?? 30 })),
  asOf: context.now.toISOString(),
});

export const listMyPatrols = (
  context: Context,
  input: Inputs['listMyPatrols'],
): Promise<Outputs['listMyPatrols']> =>
  listed(context, { kind: 'mine', personId: ownPersonId(context) }, input ?? {});

export const listPatrolsOfSchool = async (
  context: Context,
  { schoolId, ...input }: Inputs['listPatrolsOfSchool'],
): Promise<Outputs['listPatrolsOfSchool']> => {
  if (!mayLeadPatrolsOf(context.actor, schoolId)) throw notFound();
  return listed(context, { kind: 'school', schoolId }, input);
};
