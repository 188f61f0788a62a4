import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { weekNumber } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { listTaughtLessons } from '#modules/organisation/substitution/store.ts';
import { addDays, eachDay, weekdayOf } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { forbidden, notFound } from '#platform/refusal.ts';
import { listTeachersToLookAt } from '../../follow-up/store.ts';
import { classLabel } from '../../timetable/rules.ts';
import { countSeen } from '../../timetable/store.ts';
import { doneByWeek, emptyContent, postAt } from '../actions.ts';
import type { diagnosisPlanContract } from '../contract.ts';
import { mayPlanDiagnosisAt } from '../policy.ts';
import { proposeForDay } from '../rules.ts';
import { findPlan } from '../store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof diagnosisPlanContract>;
type Outputs = InferContractRouterOutputs<typeof diagnosisPlanContract>;

/** Proposals of a day when the plan leaves none for it: one is always worth a look. */
const fewest = 1;
const mostInDay = 6;

export const proposeDiagnosisLessons = async (
  context: Context,
  { schoolId, on }: Inputs['proposeDiagnosisLessons'],
): Promise<Outputs['proposeDiagnosisLessons']> => {
  const { db, actor, today } = context;
  const { personId } = actor;
  if (personId === null) throw forbidden('您的账号没有对应的教师，不能制订课堂诊断计划。');
  if (!mayPlanDiagnosisAt(actor, schoolId)) throw notFound();
  const monday = addDays(on, 1 - weekdayOf(on));
  const range = { from: monday, to: addDays(monday, 6) };
  const term = await findCurrentTerm(db, on);
  if (term === undefined) return { ...range, planned: 0, done: 0, days: [] };
  const author = { personId, schoolId, post: postAt(context, schoolId) };
  const record = await findPlan(db, { personId, schoolId, termId: term.id });
  const number = weekNumber(term, on);
  const week = (await doneByWeek(db, term, author)).find((one) => one.week === number);
  const planned = record?.content.weeks.find((one) => one.week === number)?.lessons ?? 0;
  const done = week?.done ?? 0;
  const focus = record?.content ?? emptyContent;
  const seen = new Map(await countSeen(db, { observerId: personId, termId: term.id }));
  const toLook = new Set(await listTeachersToLookAt(db, personId));
  const announced = focus.kinds.length > 0 && !focus.kinds.includes('drop-in');
  const days: Outputs['proposeDiagnosisLessons']['days'] = [];
  const open = eachDay(range.from, range.to).filter((day) => day >= today);
  const taught = [];
  for (const dayOn of open) {
    const lessons = await listTaughtLessons(db, { schoolId, term, on: dayOn });
    if (lessons.length > 0) taught.push({ dayOn, lessons });
  }
  const left = Math.max(0, planned - done);
  for (const [index, { dayOn, lessons }] of taught.entries()) {
    const count = Math.min(
      mostInDay,
      Math.max(fewest, Math.floor(left / taught.length) + (index < left % taught.length ? 1 : 0)),
    );
    const candidates = lessons
      .filter(({ teacherId, classId }) => teacherId !== personId && classId !== null)
      .map(({ number: classNumber, insteadOf, ...lesson }) => ({
        ...lesson,
        classLabel: classLabel(lesson.grade, classNumber),
        insteadOf: insteadOf?.teacherName ?? null,
      }));
    const chosen = proposeForDay(candidates, seen, focus, count, toLook);
    for (const { teacherId } of chosen) {
      seen.set(teacherId, (seen.get(teacherId) ?? 0) + 1);
      // Once a week is enough to look at an agreed change.
      toLook.delete(teacherId);
    }
    days.push({
      dayOn,
      note: term.specialDays.find((one) => one.dayOn === dayOn)?.note ?? null,
      proposals: chosen.map((one) => ({
        lesson: {
          dayOn,
          slotFrom: one.slot,
          slotTo: one.slot,
          schoolId,
          classId: one.classId,
          classLabel: one.classLabel,
          grade: one.grade,
          subject: one.subject,
          teacherId: one.teacherId,
          teacherName: one.teacherName,
          announced,
        },
        seen: one.seen,
        toLook: one.toLook,
        inFocus: one.inFocus,
        insteadOf: one.insteadOf,
      })),
    });
  }
  return { ...range, planned, done, days };
};
