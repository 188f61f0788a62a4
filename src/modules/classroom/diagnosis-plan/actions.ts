import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName, weekNumber } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm, findTerm, type TermRecord } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { findPerson } from '#modules/organisation/people/store.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { findSchool } from '#modules/organisation/schools/store.ts';
import { listTeachersAt } from '#modules/organisation/substitution/store.ts';
import { targetFor } from '#modules/plans/rules.ts';
import { listTargets } from '#modules/plans/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, weekdayOf } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { countLessons } from '../count/store.ts';
import type { diagnosisPlanContract, PlanContent, PlanPage, PlanPost, PlanWeek } from './contract.ts';
import { mostInWeek, planPosts } from './contract.ts';
import { mayOpenPlan, mayPlanDiagnosisAt, planScope } from './policy.ts';
import { spreadOver, sumOf, unfinished, weeksOfTerm } from './rules.ts';
import {
  findEarlierProblem,
  findPlan,
  findPlanById,
  insertPlan,
  insertVersion,
  listLeaders,
  listVersions,
  type PlanRecord,
  updatePlan,
} from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof diagnosisPlanContract>;
type Outputs = InferContractRouterOutputs<typeof diagnosisPlanContract>;

const termToUse = async ({ db, today }: Context, termId: string | undefined): Promise<TermRecord> => {
  const term = termId === undefined ? await findCurrentTerm(db, today) : await findTerm(db, termId);
  if (term === undefined) throw notFound();
  return term;
};

/** The post of a plan: the highest of those held at the school. */
export const postAt = ({ actor }: Context, schoolId: string): PlanPost => {
  const post = planPosts.find((one) =>
    actor.appointments.some(
      (held) => held.post === one && held.schoolId === schoolId && held.bodyId === null,
    ),
  );
  if (post === undefined) throw notFound();
  return post;
};

export interface Author {
  readonly personId: string;
  readonly schoolId: string;
  readonly post: PlanPost;
}

export const doneByWeek = async (
  db: Queryable,
  term: TermRecord,
  { personId, schoolId, post }: Author,
): Promise<PlanWeek[]> => {
  const [counted] = await countLessons(db, {
    from: term.startsOn,
    to: term.endsOn,
    observerIds: [personId],
    observerSchoolIds: [schoolId],
    capacity: post,
  });
  return weeksOfTerm(term).map((week) => ({
    ...week,
    done:
      counted?.byWeek.find(({ weekOn }) => weekOn === addDays(week.from, 1 - weekdayOf(week.from)))
        ?.lessons ?? 0,
  }));
};

export const emptyContent: PlanContent = {
  problem: '',
  grades: [],
  subjects: [],
  teacherIds: [],
  kinds: ['drop-in'],
  weeks: [],
  talkOn: '',
  openPoints: '',
};

const pageOf = async (
  context: Context,
  term: TermRecord,
  author: Author,
  record: PlanRecord | undefined,
): Promise<PlanPage> => {
  const { db, actor, today, now } = context;
  const person = await findPerson(db, author.personId);
  const school = await findSchool(db, author.schoolId);
  if (person === undefined || school === undefined) throw notFound();
  const weeks = await doneByWeek(db, term, author);
  const target =
    targetFor(
      await listTargets(db, { kind: 'all' }),
      'obs.principal.term',
      { personId: author.personId, posts: [author.post] },
      today < term.endsOn ? today : term.endsOn,
    )?.amount ?? null;
  const done = weeks.reduce((sum, week) => sum + week.done, 0);
  const current = weekNumber(term, today);
  // In the middle of a term what is left is spread over the weeks to come.
  const left = weeks.filter(({ to }) => to >= today);
  const spread = spreadOver(Math.max(0, (target ?? 0) - done), left);
  return {
    asOf: now.toISOString(),
    person: { id: person.id, name: person.name },
    school: { id: school.id, name: school.name },
    post: author.post,
    term: { id: term.id, name: termName(term.schoolYear, term.term) },
    weeks,
    currentWeek: current,
    target,
    plan:
      record === undefined
        ? null
        : {
            id: record.id,
            state: record.state,
            content: record.content,
            contentNumber: record.contentNumber,
            version: record.version,
            confirmedAt: record.confirmedAt,
            versions: await listVersions(db, record.id),
          },
    proposal: {
      ...emptyContent,
      weeks: weeks.map(({ week, done: seen }) => ({
        week,
        lessons: Math.min(mostInWeek, spread.find((one) => one.week === week)?.lessons ?? seen),
      })),
      openPoints: await findEarlierProblem(db, { ...author, before: term.startsOn }),
    },
    staff: await listTeachersAt(db, author.schoolId, term.id, today),
    may: { edit: actor.personId === author.personId && mayPlanDiagnosisAt(actor, author.schoolId) },
  };
};

export const getDiagnosisPlan = async (
  context: Context,
  input: Inputs['getDiagnosisPlan'],
): Promise<Outputs['getDiagnosisPlan']> => {
  const { actor, db } = context;
  const schoolId = input?.schoolId ?? schoolsLedBy(actor)[0];
  const { personId } = actor;
  if (schoolId === undefined || personId === null || !mayPlanDiagnosisAt(actor, schoolId)) throw notFound();
  const term = await termToUse(context, input?.termId);
  const author = { personId, schoolId, post: postAt(context, schoolId) };
  return pageOf(context, term, author, await findPlan(db, { personId, schoolId, termId: term.id }));
};

export const openDiagnosisPlan = async (
  context: Context,
  { planId }: Inputs['openDiagnosisPlan'],
): Promise<Outputs['openDiagnosisPlan']> => {
  const record = await findPlanById(context.db, planId);
  if (record === undefined || !mayOpenPlan(context.actor, record)) throw notFound();
  return pageOf(context, await termToUse(context, record.termId), record, record);
};

const newer = () => conflict('这份计划刚刚在别处改过，请刷新看过最新的内容再保存；您填写的仍在本页。');

/** A week belongs to the term once, and the teachers in focus to the school. */
const refuseUnfit = async (
  { db, today }: Context,
  { content, schoolId }: { readonly content: PlanContent; readonly schoolId: string },
  term: TermRecord,
): Promise<void> => {
  const weeks = weeksOfTerm(term);
  const named = new Set(content.weeks.map(({ week }) => week));
  if (named.size < content.weeks.length) throw invalid('同一周安排了两次，请刷新后重填。');
  for (const { week, lessons } of content.weeks) {
    const found = weeks.find((one) => one.week === week);
    if (found === undefined) throw invalid(`本学期没有第${week}周，请修改后再保存。`);
    if (lessons > 0 && found.teachingDays === 0)
      throw invalid(`第${week}周没有教学日，请把这一周的节数改为 0。`);
  }
  if (content.teacherIds.length === 0) return;
  const staff = new Set((await listTeachersAt(db, schoolId, term.id, today)).map(({ id }) => id));
  if (!content.teacherIds.every((id) => staff.has(id)))
    throw invalid('重点听课的教师应是本校教师，请去掉已调走的教师。');
};

interface Edit {
  readonly schoolId: string;
  readonly termId: string;
  readonly version: number;
  readonly content: PlanContent;
}

interface Writing {
  readonly personId: string;
  readonly record: PlanRecord | undefined;
  readonly term: TermRecord;
}

const beginWriting = async (context: Context, edit: Edit): Promise<Writing> => {
  const { actor, db } = context;
  const { personId } = actor;
  if (personId === null || !mayPlanDiagnosisAt(actor, edit.schoolId)) throw notFound();
  const term = await termToUse(context, edit.termId);
  await refuseUnfit(context, edit, term);
  const record = await findPlan(db, { personId, schoolId: edit.schoolId, termId: term.id });
  if ((record?.version ?? 0) !== edit.version) throw newer();
  return { personId, record, term };
};

/** Makes the plan, or writes over a draft; answers where it stands now. */
const write = async (
  context: Context,
  { schoolId, termId, content }: Edit,
  { personId, record }: Writing,
  confirmed?: { readonly reason: string },
): Promise<{ id: string; version: number }> => {
  const { db, now } = context;
  const id =
    record?.id ??
    (await insertPlan(db, { personId, schoolId, termId, post: postAt(context, schoolId) }, content));
  if (id === null) throw newer();
  const version = record?.version ?? 1;
  if (record === undefined && confirmed === undefined) return { id, version };
  const at = now.toISOString();
  const number = (record?.contentNumber ?? 0) + 1;
  const change = confirmed === undefined ? {} : { confirmed: { number, at } };
  if (!(await updatePlan(db, id, version, { content, savedAt: at, ...change }))) throw newer();
  if (confirmed !== undefined)
    await insertVersion(db, { planId: id, number, content, reason: confirmed.reason, madeBy: personId });
  return { id, version: version + 1 };
};

const audited = async (
  { db, origin }: Context,
  action: string,
  saved: { readonly id: string; readonly version: number },
  { content }: Edit,
  reason?: string,
): Promise<{ id: string; version: number }> => {
  await recordAudit(db, origin, {
    action,
    objectKind: 'diagnosis-plan',
    objectId: saved.id,
    after: { planned: sumOf(content.weeks), ...(reason === undefined ? {} : { reason }) },
  });
  return saved;
};

export const saveDiagnosisPlan = async (
  context: Context,
  input: Inputs['saveDiagnosisPlan'],
): Promise<Outputs['saveDiagnosisPlan']> => {
  const writing = await beginWriting(context, input);
  if (writing.record?.state === 'confirmed')
    throw conflict('这份计划已经确定，调整时请写明原因，点“按新计划执行”。');
  return audited(context, 'classroom.diagnosis-plan-saved', await write(context, input, writing), input);
};

export const confirmDiagnosisPlan = async (
  context: Context,
  input: Inputs['confirmDiagnosisPlan'],
): Promise<Outputs['confirmDiagnosisPlan']> => {
  const writing = await beginWriting(context, input);
  if (writing.record?.state === 'confirmed') throw conflict('这份计划已经确定，请刷新页面。');
  const missing = unfinished(input.content);
  if (missing !== null) throw invalid(missing);
  const saved = await write(context, input, writing, { reason: '确定' });
  return audited(context, 'classroom.diagnosis-plan-confirmed', saved, input);
};

export const reviseDiagnosisPlan = async (
  context: Context,
  { reason, ...input }: Inputs['reviseDiagnosisPlan'],
): Promise<Outputs['reviseDiagnosisPlan']> => {
  const writing = await beginWriting(context, input);
  if (writing.record?.state !== 'confirmed') throw conflict('这份计划还没有确定，请先确定。');
  const missing = unfinished(input.content);
  if (missing !== null) throw invalid(missing);
  const saved = await write(context, input, writing, { reason });
  return audited(context, 'classroom.diagnosis-plan-revised', saved, input, reason);
};

export const listDiagnosisPlans = async (
  context: Context,
  input: Inputs['listDiagnosisPlans'],
): Promise<Outputs['listDiagnosisPlans']> => {
  const { db, actor, today, now } = context;
  const term = await termToUse(context, input?.termId);
  const on = today < term.startsOn ? term.startsOn : today > term.endsOn ? term.endsOn : today;
  const leaders = await listLeaders(db, planScope(actor), { termId: term.id, on, schoolId: input?.schoolId });
  const current = weekNumber(term, today) ?? (today > term.endsOn ? Number.POSITIVE_INFINITY : 1);
  const counts = new Map<string, number>();
  for (const post of planPosts) {
    const ofPost = leaders.filter((one) => one.post === post);
    if (ofPost.length === 0) continue;
    for (const { observerId, lessons } of await countLessons(db, {
      from: term.startsOn,
      to: term.endsOn,
      observerIds: ofPost.map(({ personId }) => personId),
      observerSchoolIds: [...new Set(ofPost.map(({ schoolId }) => schoolId))],
      capacity: post,
    }))
      counts.set(`${post} ${observerId}`, lessons);
  }
  return {
    asOf: now.toISOString(),
    termName: termName(term.schoolYear, term.term),
    rows: leaders.map(({ planId, personId, personName, schoolId, schoolName, post, state, weeks }) => ({
      planId,
      schoolId,
      schoolName,
      personName,
      post,
      state,
      planned: weeks === null ? null : sumOf(weeks),
      due: weeks === null ? null : sumOf(weeks.filter(({ week }) => week < current)),
      done: counts.get(`${post} ${personId}`) ?? 0,
      mayOpen: state !== null && mayOpenPlan(actor, { personId, schoolId, state }),
    })),
  };
};
