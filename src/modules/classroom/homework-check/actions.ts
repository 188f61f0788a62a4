import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { findAdaptationPlace } from '#modules/library/adaptation/store.ts';
import { termName } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm, findTerm } from '#modules/organisation/calendar/store.ts';
import { type Actor, subjects } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { classLabel, gradeOfClass } from '#modules/organisation/teaching/rules.ts';
import { listClasses } from '#modules/organisation/teaching/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { maySeeClass, schoolScope } from '../school-scope/policy.ts';
import { listSchoolsInScope } from '../school-scope/store.ts';
import { weeksOfTerm } from '../writing-check/rules.ts';
import type { HomeworkItem, homeworkCheckContract } from './contract.ts';
import { mayPostHomework, maySpotCheckHomework } from './policy.ts';
import { judgeHomework, limitOfGrade, sameItems } from './rules.ts';
import * as store from './store.ts';
import { type HomeworkKind, homeworkKinds } from './vocabulary/contract.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof homeworkCheckContract>;
type Outputs = InferContractRouterOutputs<typeof homeworkCheckContract>;

const personOf = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('请用本人的账号登记作业，不要用管理员账号。');
  return actor.personId;
};

/** What a person may enter at a school; empty where nothing. */
const kindsAt = (context: Context, schoolId: string, teachesThere: boolean): HomeworkKind[] =>
  homeworkKinds.filter((kind) =>
    kind === 'posted'
      ? mayPostHomework(context.actor, { schoolId, teachesClass: teachesThere })
      : maySpotCheckHomework(context.actor),
  );

export const openHomework = async (
  context: Context,
  input: Inputs['openHomework'],
): Promise<Outputs['openHomework']> => {
  const { db, actor, today } = context;
  const personId = personOf(context);
  const { dayOn = today } = input;
  const term = await findCurrentTerm(db, dayOn);
  const taught =
    term === undefined
      ? { schools: [], classIds: [] }
      : await store.listTaughtClasses(db, { personId, termId: term.id });
  const led = schoolsLedBy(actor);
  const inScope = (await listSchoolsInScope(db, schoolScope(actor), today)).filter(
    ({ id }) => maySpotCheckHomework(actor) || led.includes(id),
  );
  const schools = [...new Map([...inScope, ...taught.schools].map((one) => [one.id, one])).values()];
  const own = schools.filter(({ id }) => led.includes(id) || taught.schools.some((one) => one.id === id));
  const school = schools.find(({ id }) => id === input.schoolId) ?? own[0] ?? null;
  const kinds =
    school === null
      ? []
      : kindsAt(
          context,
          school.id,
          taught.schools.some(({ id }) => id === school.id),
        );
  const kind = kinds.find((one) => one === input.kind) ?? kinds[0] ?? 'posted';
  const all = school === null || term === undefined ? [] : await listClasses(db, school.id, term.schoolYear);
  const classes = all.filter(
    ({ id }) =>
      school !== null &&
      (kind === 'spot' ||
        mayPostHomework(actor, { schoolId: school.id, teachesClass: taught.classIds.includes(id) })),
  );
  const [only] = classes.length === 1 ? classes : [];
  const chosen = classes.find(({ id }) => id === input.classId) ?? only;
  const found =
    chosen === undefined ? undefined : await store.findHomework(db, { classId: chosen.id, dayOn, kind });
  const taughtSubjects =
    chosen === undefined || term === undefined
      ? []
      : await store.listSubjectsOfClass(db, { classId: chosen.id, termId: term.id });
  return {
    today,
    dayOn,
    kind,
    kinds,
    school,
    schools,
    classes: classes.map(({ id, label, grade }) => ({ id, label, grade })),
    classId: chosen?.id ?? null,
    subjects: subjects.filter((subject) => taughtSubjects.includes(subject)),
    limit: chosen === undefined ? null : limitOfGrade(await store.readLimits(db, dayOn), chosen.grade),
    kept:
      found === undefined
        ? null
        : {
            version: found.version,
            items: found.items,
            savedByName: found.savedByName,
            savedAt: found.savedAt,
          },
  };
};

const openClass = async (context: Context, { classId, dayOn, kind }: Inputs['saveHomework']) => {
  const { db, actor, today } = context;
  const found = await store.findClass(db, classId);
  const term = await findCurrentTerm(db, dayOn);
  if (found === undefined || term === undefined) throw notFound();
  const taught = await store.listTaughtClasses(db, { personId: personOf(context), termId: term.id });
  const may =
    kind === 'spot'
      ? maySpotCheckHomework(actor)
      : mayPostHomework(actor, { schoolId: found.schoolId, teachesClass: taught.classIds.includes(classId) });
  if (!may) throw notFound();
  if (dayOn > today) throw invalid('日期还没有到，请核对日期。', { field: 'dayOn' });
  const grade = gradeOfClass(found.stage, found.entryYear, term.schoolYear);
  if (grade === null) throw invalid('这个班那一天不在校，请核对班级和日期。', { field: 'dayOn' });
  return {
    grade,
    schoolId: found.schoolId,
    termId: term.startsOn <= dayOn && dayOn <= term.endsOn ? term.id : null,
    classLabel: classLabel(grade, found.number),
  };
};

/** A design that is newly named is the school's own, and of the subject it stands for. */
const mindDesigns = async (
  db: Queryable,
  schoolId: string,
  items: readonly HomeworkItem[],
  standing: readonly HomeworkItem[],
): Promise<void> => {
  for (const { subject, adaptationId } of items) {
    if (adaptationId === undefined || standing.some((one) => one.adaptationId === adaptationId)) continue;
    const design = await findAdaptationPlace(db, adaptationId);
    if (design?.schoolId !== schoolId || design.subject !== subject)
      throw invalid('所附的作业设计不是这所学校这个学科的。请回到那份设计的页面重新布置。');
  }
};

/**
 * What a school posts may not break the rule for grades 1–2; a spot check writes down what was found, and says so.
 * Over the sum is a warning, not a lock.
 */
export const saveHomework = async (
  context: Context,
  input: Inputs['saveHomework'],
): Promise<Outputs['saveHomework']> => {
  const { db } = context;
  const { items, version, ...key } = input;
  const place = await openClass(context, input);
  const limit = limitOfGrade(await store.readLimits(db, key.dayOn), place.grade);
  const judgement = judgeHomework(limit, place.grade, items);
  const { standing, sentence } = judgement;
  if (standing === 'forbidden' && key.kind === 'posted') throw invalid(sentence, { standing });
  await store.lockHomework(db, key);
  const found = await store.findHomework(db, key);
  // The same rows again are a retry after a lost answer, not a conflict.
  if (found !== undefined && sameItems(found.items, items) && found.version >= version)
    return { id: found.id, version: found.version, standing, sentence };
  if ((found?.version ?? 0) !== version)
    throw conflict(
      found === undefined
        ? '这一天的作业还没有登记过，请刷新页面后重试；您填写的内容仍在本页。'
        : `${found.savedByName}刚刚登记过这个班这一天的作业。您填写的内容仍在本页，请对照后再保存。`,
      found === undefined
        ? {}
        : { version: found.version, items: found.items, savedByName: found.savedByName },
    );
  await mindDesigns(db, place.schoolId, items, found?.items ?? []);
  const saved = await store.addVersion(db, key, found, {
    place,
    items,
    judgement,
    savedBy: personOf(context),
  });
  await recordAudit(db, context.origin, {
    action: 'classroom.homework-saved',
    objectKind: 'homework-day',
    objectId: saved.id,
    before: found === undefined ? undefined : { version: found.version, items: found.items },
    after: { ...key, version: saved.version, items, standing },
  });
  return { ...saved, standing, sentence };
};

export const listHomework = async (
  context: Context,
  { cursor, limit, ...filter }: Inputs['listHomework'],
): Promise<Outputs['listHomework']> => {
  const scope = schoolScope(context.actor);
  const { rows, nextCursor } = await store.listHomework(context.db, scope, filter, {
    cursor,
    limit: limit ?? 30,
  });
  return {
    rows: rows.map(({ savedBy, ...row }) => ({
      ...row,
      classLabel: maySeeClass(scope, { schoolId: row.schoolId, byPersonId: savedBy }) ? row.classLabel : null,
    })),
    total: await store.sumHomework(context.db, scope, filter),
    nextCursor,
    asOf: context.now.toISOString(),
  };
};

const none = { posted: 0, postedOver: 0, spot: 0, spotOver: 0 };

export const homeworkTrend = async (
  context: Context,
  { termId, schoolId }: Inputs['homeworkTrend'],
): Promise<Outputs['homeworkTrend']> => {
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
  const sums = async (by: 'week' | 'school') =>
    new Map(
      (await store.sumHomeworkBy(db, by, scope, filter)).map(({ key, ...totals }) => [key, totals] as const),
    );
  const byWeek = await sums('week');
  const bySchool = school === null ? await sums('school') : new Map<string, typeof none>();
  return {
    term: { id: term.id, name: termName(term.schoolYear, term.term), from: term.startsOn, to },
    school,
    total: await store.sumHomework(db, scope, filter),
    weeks: weeksOfTerm(term.startsOn, to).map(({ monday, ...week }) => ({
      ...week,
      ...(byWeek.get(monday) ?? none),
    })),
    schools:
      school !== null
        ? []
        : (await listSchoolsInScope(db, scope, today, [...bySchool.keys()])).map(({ id, name }) => ({
            schoolId: id,
            schoolName: name,
            ...(bySchool.get(id) ?? none),
          })),
    asOf: now.toISOString(),
  };
};
