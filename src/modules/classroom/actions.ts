import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { isTeachingDay } from '#modules/organisation/calendar/rules.ts';
import type { TermRecord } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { derive, derivedColumns, rubricFor } from './content/actions.ts';
import type { classroomContract, ObservationContent, WrittenObservation } from './contract.ts';
import { insertReply, listReplies } from './feedback/store.ts';
import { findClosing, insertFollowUp } from './follow-up/store.ts';
import { checkLensMode, fixLens } from './lens/actions.ts';
import { mayAgree, mayEdit, mayReply, observationScope } from './policy.ts';
import { findRubric } from './rubric/store.ts';
import { isLate, problemsOf, sameContent, slotsLabel, tidyCriteria } from './rules.ts';
import { readObservationSettings } from './settings/store.ts';
import {
  findBetween,
  findOverlapping,
  findOwn,
  findReadable,
  insertDraft,
  type ListedFor,
  listObservations,
  lockObserver,
  markFedBack,
  markReplied,
  markWithdrawn,
  type StoredObservation,
  setAgreedChange,
  updateContent,
} from './store.ts';
import { insertVersion, listCorrections } from './version/store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof classroomContract>;
type Outputs = InferContractRouterOutputs<typeof classroomContract>;
type Saved = Outputs['saveDraft'];

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，不能填写听课记录。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.${what}`,
    objectKind: 'observation',
    objectId: id,
    after,
  });

const savedOf = ({ row }: StoredObservation): Saved => ({
  id: row.id,
  version: row.version,
  state: row.state,
  savedAt: row.savedAt,
  receipt: row.receipt,
});

/** What the page needs to show both texts side by side; nothing typed is thrown away. */
const newer = (stored: StoredObservation): Error =>
  conflict('这份记录在别处有了更新的内容。您填写的内容仍保留在本页，请对照后再保存。', {
    version: stored.row.version,
    state: stored.row.state,
    savedAt: stored.row.savedAt,
    content: stored.content,
  });

const refuseWithdrawn = ({ row }: StoredObservation): void => {
  if (row.withdrawn) throw conflict('这份记录已经撤回，不能再修改。如需补记，请新建一份。');
};

/** Makes the record when the phone's id is new, else finds one's own; an id of somebody else is not found. */
const openOrMake = async (
  context: Context,
  { id, version, content, rubricId, observerId: writtenBy }: WrittenObservation,
): Promise<{ stored: StoredObservation; made: boolean; derived: Awaited<ReturnType<typeof derive>> }> => {
  const { db } = context;
  const observerId = ownPersonId(context);
  if (writtenBy !== undefined && writtenBy !== observerId)
    throw conflict('这份记录是另一个人写的，没有送出。请用本人的账号登录后再试。');
  const found = await findOwn(db, id, observerId);
  const rubric = await rubricFor(db, content.dayOn, found?.row.rubricId ?? rubricId);
  const derived = await derive(
    db,
    observerId,
    content,
    rubric.criteria.map(({ code }) => code),
  );
  if (found !== undefined) return { stored: found, made: false, derived };
  const made =
    version === 0 &&
    (await insertDraft(db, { id, observerId, rubricId: rubric.id, content, ...derivedColumns(derived) }));
  const stored = await findOwn(db, id, observerId);
  if (stored === undefined) throw notFound();
  if (made) await audit(context, 'observation-started', id, { version: stored.row.version });
  return { stored, made: Boolean(made), derived };
};

export const saveDraft = async (context: Context, input: Inputs['saveDraft']): Promise<Saved> => {
  const { stored, made, derived } = await openOrMake(context, input);
  refuseWithdrawn(stored);
  // The same text again is a retry after a lost answer, not a conflict.
  if (made || sameContent(stored.content, input.content)) return savedOf(stored);
  if (stored.row.state !== 'draft' || stored.row.version !== input.version) throw newer(stored);
  const row = await updateContent(context.db, input.id, input.content, derivedColumns(derived));
  await audit(context, 'observation-saved', input.id, { version: row.version });
  return row;
};

/** Refuses what may not count, and names the record that already stands in these slots. */
const checkCountable = async (
  context: Context,
  id: string,
  content: ObservationContent,
  term: TermRecord | undefined,
): Promise<void> => {
  const observerId = ownPersonId(context);
  const { minSentences } = await readObservationSettings(context.db, content.dayOn);
  const problems = problemsOf(content, {
    observerId,
    observerName: context.actor.name,
    today: context.today,
    isTeachingDay: term !== undefined && isTeachingDay(term, content.dayOn),
    minSentences,
  });
  const [first] = problems;
  if (first !== undefined)
    throw invalid(
      problems.length === 1
        ? `${first.message}。`
        : `还差 ${problems.length} 处没有填好：${first.message}等。`,
      { problems },
    );
  await checkLensMode(context, id, content.mode);
  const { dayOn, slotFrom, slotTo } = content;
  if (slotFrom === null || slotTo === null) return;
  await lockObserver(context.db, observerId);
  const other = await findOverlapping(context.db, { observerId, dayOn, slotFrom, slotTo }, id);
  if (other !== undefined)
    throw conflict(
      `您在${chineseDate(dayOn)}${slotsLabel(other.slotFrom, other.slotTo)}已有一份听课记录（${other.classLabel}，${other.teacherName}），同一节课不能记两次。请核对日期和节次，或先撤回那一份。`,
      { otherId: other.id },
    );
};

const keepVersion = (
  context: Context,
  id: string,
  number: number,
  content: ObservationContent,
  reason: string,
) =>
  insertVersion(context.db, {
    observationId: id,
    number,
    content: { ...content, criteria: tidyCriteria(content.criteria) },
    reason,
    madeBy: ownPersonId(context),
  });

export const finaliseObservation = async (
  context: Context,
  input: Inputs['finaliseObservation'],
): Promise<Saved> => {
  const { db, now, today } = context;
  const { id, content } = input;
  const { stored, made, derived } = await openOrMake(context, input);
  refuseWithdrawn(stored);
  const same = sameContent(stored.content, content);
  if (stored.row.state !== 'draft') {
    if (same) return savedOf(stored);
    throw newer(stored);
  }
  if (!made && !same && stored.row.version !== input.version) throw newer(stored);
  await checkCountable(context, id, content, derived.term);
  const { lateDays } = await readObservationSettings(db, content.dayOn);
  const late = isLate(content.dayOn, today, lateDays);
  const row = await updateContent(db, id, content, {
    ...derivedColumns(derived),
    state: 'finalised',
    finalisedAt: now.toISOString(),
    contentNumber: 1,
    late,
  });
  await keepVersion(context, id, 1, content, '完成');
  await fixLens(context, id);
  await audit(context, 'observation-finalised', id, { version: row.version, number: 1, late });
  return row;
};

const openForEdit = async (
  context: Context,
  { id, version }: { id: string; version: number },
): Promise<StoredObservation> => {
  const stored = await findOwn(context.db, id, ownPersonId(context));
  if (stored === undefined) throw notFound();
  refuseWithdrawn(stored);
  if (!mayEdit(context.actor, stored.row)) throw notFound();
  if (stored.row.version !== version) throw newer(stored);
  return stored;
};

/** What was finalised stays as a version of its own; state, feedback and replies stay. */
export const correctObservation = async (
  context: Context,
  input: Inputs['correctObservation'],
): Promise<Saved> => {
  const { db } = context;
  const { id, content, reason } = input;
  const { row } = await openForEdit(context, input);
  if (row.finalisedAt === null) throw conflict('这份记录还是草稿，直接修改即可。');
  if (row.fedBackAt !== null && row.teacherId !== null && row.teacherId !== content.teacherId)
    throw conflict(
      `这份记录已经反馈给${row.teacherName}，不能改成别的老师。如选错了人，请撤回这一份，再新建一份。`,
    );
  const rubric = await findRubric(db, { id: row.rubricId });
  const derived = await derive(
    db,
    ownPersonId(context),
    content,
    rubric.criteria.map(({ code }) => code),
  );
  await checkCountable(context, id, content, derived.term);
  const { lateDays } = await readObservationSettings(db, content.dayOn);
  const number = row.contentNumber + 1;
  const saved = await updateContent(db, id, content, {
    ...derivedColumns(derived),
    late: isLate(content.dayOn, chinaDay(new Date(row.finalisedAt)), lateDays),
    contentNumber: number,
  });
  await keepVersion(context, id, number, content, reason);
  await audit(context, 'observation-corrected', id, { version: saved.version, number, reason });
  return saved;
};

export const withdrawObservation = async (
  context: Context,
  input: Inputs['withdrawObservation'],
): Promise<Saved> => {
  const { row } = await openForEdit(context, input);
  const reason = input.reason.trim();
  if (row.state !== 'draft' && reason === '') throw invalid('请写明撤回的原因，撤回后这份记录不再计入。');
  const saved = await markWithdrawn(
    context.db,
    input.id,
    ownPersonId(context),
    context.now.toISOString(),
    reason === '' ? '草稿作废' : reason,
  );
  await audit(context, 'observation-withdrawn', input.id, {
    version: saved.version,
    from: row.state,
    reason,
  });
  return saved;
};

export const feedBack = async (context: Context, input: Inputs['feedBack']): Promise<Saved> => {
  const { row } = await openForEdit(context, input);
  if (row.state === 'draft') throw conflict('草稿还不能反馈，请先点“完成”。');
  if (row.state !== 'finalised') throw conflict('这份记录已经反馈过了。');
  const saved = await markFedBack(context.db, input.id, context.now.toISOString());
  await audit(context, 'observation-fed-back', input.id, { version: saved.version });
  return saved;
};

export const replyToFeedback = async (
  context: Context,
  { id, text }: Inputs['replyToFeedback'],
): Promise<Saved> => {
  const personId = ownPersonId(context);
  const stored = await findBetween(context.db, id, personId);
  if (stored === undefined || !mayReply(context.actor, stored.row)) throw notFound();
  await insertReply(context.db, { observationId: id, personId, text: text.trim() });
  const saved = await markReplied(context.db, id);
  await audit(context, 'observation-replied', id, { version: saved.version });
  return saved;
};

export const markAgreedChange = async (
  context: Context,
  { id, version, agreedChange }: Inputs['markAgreedChange'],
): Promise<Saved> => {
  const stored = await findBetween(context.db, id, ownPersonId(context));
  if (stored === undefined) throw notFound();
  if (!mayAgree(context.actor, stored.row)) throw conflict('反馈给老师以后，才能记下商定的改进。');
  if (stored.row.version !== version) throw newer(stored);
  const change = agreedChange.trim();
  if (stored.row.agreedChange !== '' && change === '')
    throw conflict('商定的改进已在跟踪。如不再需要，请由听课人在“跟踪”中写明原因后结束。');
  if ((await findClosing(context.db, id)) !== undefined)
    throw conflict('这项改进的跟踪已经结束，不能再改。如又商定了新的改进，请记在新的听课记录里。');
  const saved = await setAgreedChange(context.db, id, change);
  if (change !== '') await insertFollowUp(context.db, id, ownPersonId(context));
  await audit(context, 'observation-change-agreed', id, { version: saved.version });
  return saved;
};

const listed = async (
  context: Context,
  listedFor: ListedFor,
  input: Inputs['listMyObservations'] & { schoolId?: string | undefined } = {},
) => {
  const { cursor, limit = 30, ...filters } = input;
  return {
    ...(await listObservations(context.db, listedFor, filters, { cursor, limit })),
    asOf: context.now.toISOString(),
  };
};

export const listMyObservations = (
  context: Context,
  input: Inputs['listMyObservations'],
): Promise<Outputs['listMyObservations']> =>
  listed(context, { kind: 'mine', personId: ownPersonId(context) }, input);

export const listObservationsOfSchool = (
  context: Context,
  input: Inputs['listObservationsOfSchool'],
): Promise<Outputs['listObservationsOfSchool']> =>
  listed(context, { kind: 'post', scope: observationScope(context.actor) }, input);

export const listFeedbackToMe = (
  context: Context,
  input: Inputs['listFeedbackToMe'],
): Promise<Outputs['listFeedbackToMe']> =>
  listed(context, { kind: 'feedback', personId: ownPersonId(context) }, input);

export const getObservation = async (
  context: Context,
  { id }: Inputs['getObservation'],
): Promise<Outputs['getObservation']> => {
  const { db, actor } = context;
  const found = await findReadable(db, id, observationScope(actor));
  if (found === undefined) throw notFound();
  const { row, content } = found;
  const rubric = await findRubric(db, { id: row.rubricId });
  return {
    ...row,
    content,
    rubricId: rubric.id,
    rubric: [...rubric.criteria],
    replies: await listReplies(db, id),
    corrections: await listCorrections(db, id),
    may: { edit: mayEdit(actor, row), reply: mayReply(actor, row), agree: mayAgree(actor, row) },
  };
};
