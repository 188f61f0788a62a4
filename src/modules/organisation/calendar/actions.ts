import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import { isStillVersion, versionOfRows } from '#platform/database/row-set.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { mayKeepBells, mayKeepCalendar } from '../policy.ts';
import { findSchool } from '../schools/store.ts';
import type { Actor } from '../vocabulary/contract.ts';
import type { calendarContract, TermRow } from './contract.ts';
import { countTeachingDays, isSoundBellTable, teachingDaysElapsed, termName } from './rules.ts';
import {
  bellTable,
  findTerm,
  insertTerm,
  listBellSlots,
  listOwnBellSlots,
  listTerms as listTermRecords,
  putCalendarDay,
  removeCalendarDay,
  replaceBellSlots,
  type TermRecord,
  updateTerm,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof calendarContract>;
type Outputs = InferContractRouterOutputs<typeof calendarContract>;
type Context = ActionContext<Actor>;

const toRow = ({ specialDays, ...term }: TermRecord, today: string): TermRow => ({
  ...term,
  name: termName(term.schoolYear, term.term),
  teachingDays: countTeachingDays({ ...term, specialDays }),
  teachingDaysElapsed: teachingDaysElapsed({ ...term, specialDays }, today),
});

export const listTerms = async ({ db, today }: Context): Promise<Outputs['listTerms']> => ({
  asOf: today,
  rows: (await listTermRecords(db)).map((term) => toRow(term, today)),
});

export const getTerm = async (
  { db, today, actor }: Context,
  { termId }: Inputs['getTerm'],
): Promise<Outputs['getTerm']> => {
  const term = await findTerm(db, termId);
  if (term === undefined) throw notFound();
  return {
    ...toRow(term, today),
    specialDays: [...term.specialDays],
    may: { edit: mayKeepCalendar(actor) },
  };
};

const refuseOverlap = async (
  { db }: Context,
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
  exceptTermId: string | null,
): Promise<void> => {
  const other = (await listTermRecords(db)).find(
    (term) => term.id !== exceptTermId && term.startsOn <= endsOn && startsOn <= term.endsOn,
  );
  if (other !== undefined)
    throw conflict(`起止日期与${termName(other.schoolYear, other.term)}重叠，请核对校历。`);
};

export const addTerm = async (context: Context, input: Inputs['addTerm']): Promise<Outputs['addTerm']> => {
  const known = await listTermRecords(context.db);
  if (known.some((one) => one.schoolYear === input.schoolYear && one.term === input.term))
    throw conflict(`${termName(input.schoolYear, input.term)}已经有了，请直接修改它的日期。`);
  await refuseOverlap(context, input, null);
  const id = await insertTerm(context.db, input);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.term-added',
    objectKind: 'term',
    objectId: id,
    after: input,
  });
  return { id };
};

const newerCalendar = (term: TermRecord) =>
  conflict('校历刚刚被别人改过，请看过新内容后再保存。', { newer: term });

const editCalendar = async (
  context: Context,
  { termId, version }: { termId: string; version: number },
  what: string,
  edit: (
    term: TermRecord,
  ) => Promise<{ before: unknown; after: unknown; dates?: { startsOn: string; endsOn: string } }>,
): Promise<{ version: number }> => {
  const term = await findTerm(context.db, termId);
  if (term === undefined) throw notFound();
  if (term.version !== version) throw newerCalendar(term);
  const { before, after, dates } = await edit(term);
  if (!(await updateTerm(context.db, termId, version, dates))) throw newerCalendar(term);
  await recordAudit(context.db, context.origin, {
    action: `organisation.${what}`,
    objectKind: 'term',
    objectId: termId,
    before,
    after,
  });
  return { version: version + 1 };
};

export const editTerm = (context: Context, { startsOn, endsOn, ...edit }: Inputs['editTerm']) =>
  editCalendar(context, edit, 'term-edited', async (term) => {
    await refuseOverlap(context, { startsOn, endsOn }, term.id);
    const outside = term.specialDays.find(({ dayOn }) => dayOn < startsOn || dayOn > endsOn);
    if (outside !== undefined)
      throw invalid(`${outside.dayOn}（${outside.note}）在新的起止日期之外，请先取消这一天的调整。`);
    const dates = { startsOn, endsOn };
    return { before: { startsOn: term.startsOn, endsOn: term.endsOn }, after: dates, dates };
  });

export const setCalendarDay = (context: Context, { termId, version, ...day }: Inputs['setCalendarDay']) =>
  editCalendar(context, { termId, version }, 'calendar-day-set', async (term) => {
    if (day.dayOn < term.startsOn || day.dayOn > term.endsOn)
      throw invalid('这一天不在本学期内，请核对日期。');
    if (!day.isTeachingDay && day.followsWeekday !== null) throw invalid('放假的日子不需要填写按周几上课。');
    await putCalendarDay(context.db, termId, day);
    return { before: term.specialDays.find(({ dayOn }) => dayOn === day.dayOn) ?? null, after: day };
  });

export const clearCalendarDay = (context: Context, { dayOn, ...edit }: Inputs['clearCalendarDay']) =>
  editCalendar(context, edit, 'calendar-day-cleared', async (term) => {
    const before = term.specialDays.find((day) => day.dayOn === dayOn);
    if (before === undefined) throw notFound();
    await removeCalendarDay(context.db, term.id, dayOn);
    return { before, after: null };
  });

export const getBellSlots = async (
  { db, actor }: Context,
  { schoolId, stage }: Inputs['getBellSlots'],
): Promise<Outputs['getBellSlots']> => {
  const own = await listOwnBellSlots(db, schoolId, stage);
  const slots = schoolId === null || own.length > 0 ? own : await listBellSlots(db, schoolId, stage);
  return {
    slots,
    ownTable: own.length > 0,
    version: await versionOfRows(db, bellTable(schoolId, stage)),
    may: { edit: mayKeepBells(actor, schoolId) },
  };
};

export const setBellSlots = async (
  context: Context,
  { schoolId, stage, version, slots }: Inputs['setBellSlots'],
): Promise<Outputs['setBellSlots']> => {
  if (!mayKeepBells(context.actor, schoolId))
    throw forbidden('作息时间由本校校长、教学副校长、教务主任或系统管理员维护。');
  if (schoolId !== null && (await findSchool(context.db, schoolId)) === undefined) throw notFound();
  if (schoolId === null && slots.length === 0) throw invalid('全区默认作息不能为空，请至少填一节。');
  if (!isSoundBellTable(slots)) throw invalid('各节时间应按先后排列、互不重叠，请核对。');
  const sameAsShown = await isStillVersion(context.db, bellTable(schoolId, stage), version);
  const before = await listOwnBellSlots(context.db, schoolId, stage);
  if (!sameAsShown)
    throw conflict('这张作息表刚刚被别人改过，请看过新内容后再保存。', { newer: { slots: before } });
  await replaceBellSlots(context.db, schoolId, stage, slots);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.bell-slots-set',
    objectKind: 'bell-slots',
    objectId: schoolId,
    before: { stage, slots: before },
    after: { stage, slots },
  });
  return {};
};
