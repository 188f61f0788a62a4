import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm, findTerm, findTermOn } from '#modules/organisation/calendar/store.ts';
import { type Actor, gradeLabels } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { listClasses } from '#modules/organisation/teaching/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { isSchoolInScope, mayCheckSchool, maySeeClass, schoolScope } from '../school-scope/policy.ts';
import { listSchoolsInScope } from '../school-scope/store.ts';
import type { WritingContent, writingCheckContract } from './contract.ts';
import { makerOf, mayCorrectWriting } from './policy.ts';
import { noChecks, sameWriting, weeksOfTerm } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof writingCheckContract>;
type Outputs = InferContractRouterOutputs<typeof writingCheckContract>;

const personOf = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('请用本人的账号登记检查，不要用管理员账号。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.writing-check-${what}`,
    objectKind: 'writing-check',
    objectId: id,
    after,
  });

export const startWritingCheck = async (
  { db, actor, today }: Context,
  { schoolId, dayOn = today }: Inputs['startWritingCheck'],
): Promise<Outputs['startWritingCheck']> => {
  const all = await listSchoolsInScope(db, schoolScope(actor), today);
  const schools = all.filter(({ id }) => mayCheckSchool(actor, id));
  const own = schoolsLedBy(actor);
  const [first = null] = schools.length === 1 ? schools : schools.filter(({ id }) => own.includes(id));
  const school = schools.find(({ id }) => id === schoolId) ?? first;
  const term = await findCurrentTerm(db, dayOn);
  return {
    today,
    school,
    schools,
    classes:
      school === null || term === undefined
        ? []
        : (await listClasses(db, school.id, term.schoolYear)).map(({ id, label, grade }) => ({
            id,
            label,
            grade,
          })),
  };
};

/** Throws for a day to come, and for a class that is not the school's. */
const placeOf = async (
  { db, today }: Context,
  schoolId: string,
  { dayOn, classId, grade }: WritingContent,
): Promise<store.WritingPlace> => {
  if (dayOn > today) throw invalid('检查日期还没有到，请核对日期。', { field: 'dayOn' });
  const term = await findTermOn(db, dayOn);
  const termId = term?.id ?? null;
  if (classId === null) {
    if (grade === null) throw invalid('请选择班级，或选择年级。', { field: 'classId' });
    return { termId, grade, classLabel: gradeLabels[grade] ?? '' };
  }
  const year = (term ?? (await findCurrentTerm(db, dayOn)))?.schoolYear ?? Number(dayOn.slice(0, 4));
  const found = (await listClasses(db, schoolId, year)).find(({ id }) => id === classId);
  if (found === undefined) throw invalid('这个班不在所选学校，请重新选择班级。', { field: 'classId' });
  return { termId, grade: found.grade, classLabel: found.label };
};

export const recordWritingCheck = async (
  context: Context,
  { id, schoolId, content }: Inputs['recordWritingCheck'],
): Promise<Outputs['recordWritingCheck']> => {
  const { db, actor } = context;
  const personId = personOf(context);
  if (!mayCheckSchool(actor, schoolId)) throw notFound();
  const [open] = (await listSchoolsInScope(db, schoolScope(actor), context.today)).filter(
    (school) => school.id === schoolId,
  );
  if (open === undefined) throw notFound();
  const place = await placeOf(context, schoolId, content);
  const madeAs = makerOf(actor, schoolId);
  if (!(await store.insertCheck(db, { id, schoolId, madeAs, checkedBy: personId })))
    return sentAgain(context, id, { ...content, grade: place.grade });
  await store.insertContent(
    db,
    { checkId: id, version: 1, reason: '登记', madeBy: personId },
    content,
    place,
  );
  await audit(context, 'recorded', id, { schoolId, madeAs, dayOn: content.dayOn, grade: place.grade });
  return { id, version: 1 };
};

/** A form that is sent again after a lost answer; what was typed into it since is not what stands. */
const sentAgain = async (
  context: Context,
  id: string,
  content: WritingContent,
): Promise<Outputs['recordWritingCheck']> => {
  const kept = await store.findCheckForUpdate(context.db, id);
  if (kept?.checkedBy !== personOf(context)) throw notFound();
  const standing = await store.findCheck(context.db, schoolScope(context.actor), id);
  if (standing === undefined || !sameWriting(standing, content))
    throw conflict(
      '这份检查先前已经登记，内容与现在填写的不同。您填写的内容仍在本页，请在列表中打开已登记的那一份更正。',
      { version: kept.version },
    );
  return { id, version: kept.version };
};

const openForEdit = async (context: Context, { id, version }: { id: string; version: number }) => {
  const row = await store.findCheckForUpdate(context.db, id);
  if (row === undefined || !isSchoolInScope(schoolScope(context.actor), row.schoolId)) throw notFound();
  if (!mayCorrectWriting(context.actor, row)) throw forbidden('检查记录由登记人本人更正或撤回。');
  if (row.withdrawnAt !== null) throw conflict('这份检查已经撤回，不能再修改。如需补记，请新建一份。');
  if (row.version !== version)
    throw conflict('这份检查在别处改过。您填写的内容仍在本页，请对照最新内容后再保存。', {
      version: row.version,
    });
  return row;
};

/** What was recorded first stays as a version of its own. */
export const correctWritingCheck = async (
  context: Context,
  input: Inputs['correctWritingCheck'],
): Promise<Outputs['correctWritingCheck']> => {
  const { id, content, reason } = input;
  const row = await openForEdit(context, input);
  const place = await placeOf(context, row.schoolId, content);
  const version = row.version + 1;
  const madeBy = personOf(context);
  await store.insertContent(context.db, { checkId: id, version, reason, madeBy }, content, place);
  await store.setCheckVersion(context.db, id, version);
  await audit(context, 'corrected', id, { version, reason });
  return { id, version };
};

export const withdrawWritingCheck = async (
  context: Context,
  input: Inputs['withdrawWritingCheck'],
): Promise<Outputs['withdrawWritingCheck']> => {
  const { version } = await openForEdit(context, input);
  await store.markCheckWithdrawn(context.db, input.id, {
    withdrawnAt: context.now.toISOString(),
    withdrawnBy: personOf(context),
    withdrawnReason: input.reason,
  });
  await audit(context, 'withdrawn', input.id, { reason: input.reason });
  return { id: input.id, version };
};

const shown = <
  Row extends { schoolId: string; checkedBy: string; classLabel: string; classId: string | null },
>(
  context: Context,
  { checkedBy, classId, classLabel, ...row }: Row,
) => {
  const sees = maySeeClass(schoolScope(context.actor), { schoolId: row.schoolId, byPersonId: checkedBy });
  return { ...row, classId: sees ? classId : null, classLabel: sees ? classLabel : null };
};

export const getWritingCheck = async (
  context: Context,
  { id }: Inputs['getWritingCheck'],
): Promise<Outputs['getWritingCheck']> => {
  const found = await store.findCheck(context.db, schoolScope(context.actor), id);
  if (found === undefined) throw notFound();
  return {
    ...shown(context, found),
    corrections: await store.listCorrections(context.db, id, found.version),
    may: { correct: mayCorrectWriting(context.actor, found) },
  };
};

export const listWritingChecks = async (
  context: Context,
  { cursor, limit, ...filter }: Inputs['listWritingChecks'],
): Promise<Outputs['listWritingChecks']> => {
  const scope = schoolScope(context.actor);
  // To the district a class has no name, and no filter.
  const asked = scope.schoolIds.length === 0 ? { ...filter, classId: undefined } : filter;
  const { rows, nextCursor } = await store.listChecks(context.db, scope, asked, {
    cursor,
    limit: limit ?? 30,
  });
  return {
    rows: rows.map((row) => {
      const { version: _version, classId: _classId, ...said } = shown(context, row);
      return said;
    }),
    total: await store.sumChecks(context.db, scope, asked),
    nextCursor,
    asOf: context.now.toISOString(),
  };
};

export const writingTrend = async (
  context: Context,
  { termId, schoolId }: Inputs['writingTrend'],
): Promise<Outputs['writingTrend']> => {
  const { db, actor, today, now } = context;
  const scope = schoolScope(actor);
  const term = await (termId === undefined ? findCurrentTerm(db, today) : findTerm(db, termId));
  if (term === undefined) throw notFound('还没有设置学期，请先由系统管理员在校历中设置。');
  const schools = await listSchoolsInScope(db, scope, today);
  const [only = null] = schools.length === 1 ? schools : [];
  const school = schools.find(({ id }) => id === schoolId) ?? only;
  if (schoolId !== undefined && school?.id !== schoolId) throw notFound();
  const to = today < term.endsOn ? today : term.endsOn;
  const filter = { from: term.startsOn, to, schoolId: school?.id };
  const byWeek = await store.sumChecksBy(db, 'week', scope, filter);
  const bySchool = await store.sumChecksBy(db, 'school', scope, filter);
  const ownSchool = school !== null && scope.schoolIds.includes(school.id);
  const counts = ({ key: _key, label: _label, ...sums }: (typeof byWeek)[number]) => sums;
  return {
    term: { id: term.id, name: termName(term.schoolYear, term.term), from: term.startsOn, to },
    school,
    total: await store.sumChecks(db, scope, filter),
    weeks: weeksOfTerm(term.startsOn, to).map(({ monday, ...week }) => {
      const found = byWeek.find(({ key }) => key === monday);
      return { ...week, ...(found === undefined ? noChecks : counts(found)) };
    }),
    schools:
      school !== null
        ? []
        : (
            await listSchoolsInScope(
              db,
              scope,
              today,
              bySchool.map(({ key }) => key),
            )
          ).map(({ id, name }) => {
            const found = bySchool.find(({ key }) => key === id);
            return { schoolId: id, schoolName: name, ...(found === undefined ? noChecks : counts(found)) };
          }),
    classes: ownSchool
      ? (await store.sumChecksBy(db, 'class', scope, filter)).map((one) => ({
          classId: one.key,
          classLabel: one.label,
          ...counts(one),
        }))
      : [],
    faults: await store.countFaults(db, scope, filter),
    mayCheck:
      school === null
        ? schools.some(({ id }) => mayCheckSchool(actor, id))
        : mayCheckSchool(actor, school.id),
    asOf: now.toISOString(),
  };
};
