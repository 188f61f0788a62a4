import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { findOwn, type StoredObservation } from '../store.ts';
import type { debriefContract } from './contract.ts';
import { debriefScope, mayTalk, mayWriteGist } from './policy.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof debriefContract>;
type Outputs = InferContractRouterOutputs<typeof debriefContract>;

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，不能参加议课。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.${what}`,
    objectKind: 'debrief',
    objectId: id,
    after,
  });

const newer = () => conflict('这次议课在别处有了更新。您填写的内容仍保留在本页，请看过后再保存。');

/** The lesson of a finished record; throws for one that is still a draft or withdrawn. */
const lessonOf = ({ row }: StoredObservation) => {
  const { schoolId, slotFrom, slotTo, grade, subject } = row;
  if (
    row.finalisedAt === null ||
    row.withdrawn ||
    schoolId === null ||
    slotFrom === null ||
    slotTo === null ||
    grade === null ||
    subject === null
  )
    return null;
  return {
    schoolId,
    classId: row.classId,
    classLabel: row.classLabel,
    dayOn: row.dayOn,
    slotFrom,
    slotTo,
    grade,
    subject,
    teacherId: row.teacherId,
    teacherName: row.teacherName,
    topic: row.topic,
  };
};

export const findDebriefOfLesson = async (
  context: Context,
  { observationId }: Inputs['findDebriefOfLesson'],
): Promise<Outputs['findDebriefOfLesson']> => {
  const personId = ownPersonId(context);
  const stored = await findOwn(context.db, observationId, personId);
  if (stored === undefined) throw notFound();
  const lesson = lessonOf(stored);
  if (lesson === null) return { debriefId: null, joined: false, observers: [] };
  const debriefId = await store.findDebriefId(context.db, lesson);
  const participants = debriefId === null ? [] : await store.listParticipants(context.db, debriefId);
  return {
    debriefId,
    joined: participants.some((one) => one.personId === personId),
    observers: await store.listObserversOf(context.db, lesson, personId),
  };
};

export const callDebrief = async (
  context: Context,
  { observationId, participantIds }: Inputs['callDebrief'],
): Promise<Outputs['callDebrief']> => {
  const { db } = context;
  const calledBy = ownPersonId(context);
  const stored = await findOwn(db, observationId, calledBy);
  if (stored === undefined) throw notFound();
  const lesson = lessonOf(stored);
  if (lesson === null) throw conflict('这份听课记录还没有完成或已撤回，完成以后才能发起议课。');
  await store.lockLesson(db, lesson);
  const existing = await store.findDebriefId(db, lesson);
  const id = existing ?? (await store.insertDebrief(db, { ...lesson, calledBy }));
  const known = await store.listPeople(
    db,
    participantIds.filter((personId) => personId !== lesson.teacherId),
  );
  // Only whoever calls a meeting asks others in; who comes later asks for oneself.
  const added = existing === null ? [calledBy, ...known.filter((one) => one !== calledBy)] : [calledBy];
  await store.insertParticipants(db, id, added, calledBy);
  await audit(context, existing === null ? 'debrief-called' : 'debrief-joined', id, { people: added.length });
  return { id };
};

const open = async (context: Context, id: string) => {
  const row = await store.findReadableDebrief(context.db, id, debriefScope(context.actor));
  if (row === undefined) throw notFound();
  const participants = await store.listParticipants(context.db, id);
  const meeting = { ...row, participantIds: participants.map(({ personId }) => personId) };
  return { row, participants, meeting };
};

export const getDebrief = async (
  context: Context,
  { id }: Inputs['getDebrief'],
): Promise<Outputs['getDebrief']> => {
  const { db, actor } = context;
  const { row, participants, meeting } = await open(context, id);
  const { calledBy: _calledBy, teacherId: _teacherId, ...shown } = row;
  const own = participants.find(({ personId }) => personId === actor.personId);
  return {
    ...shown,
    participants,
    notes: await store.listNotes(db, id),
    versions: await store.listVersions(db, id),
    mine: own === undefined ? null : { focus: own.focus, version: own.version },
    may: { write: mayWriteGist(actor, meeting), talk: mayTalk(actor, meeting) },
  };
};

export const addDebriefParticipant = async (
  context: Context,
  { id, personId }: Inputs['addDebriefParticipant'],
): Promise<Outputs['addDebriefParticipant']> => {
  const { row, meeting } = await open(context, id);
  if (!mayWriteGist(context.actor, meeting)) throw notFound();
  if (personId === row.teacherId) throw invalid('授课教师本来就在议课中，不用再加。');
  if ((await store.listPeople(context.db, [personId])).length === 0)
    throw invalid('没有这位教师，请重新选择。');
  await store.insertParticipants(context.db, id, [personId], ownPersonId(context));
  await audit(context, 'debrief-joined', id, { personId });
  return { id };
};

export const saveDebriefFocus = async (
  context: Context,
  { id, version, focus }: Inputs['saveDebriefFocus'],
): Promise<Outputs['saveDebriefFocus']> => {
  const personId = ownPersonId(context);
  const { participants } = await open(context, id);
  if (!participants.some((one) => one.personId === personId)) throw notFound();
  const saved = await store.updateFocus(context.db, {
    debriefId: id,
    personId,
    version,
    focus: focus.trim(),
  });
  if (saved === undefined) throw newer();
  await audit(context, 'debrief-focus-saved', id, saved);
  return saved;
};

export const addDebriefNote = async (
  context: Context,
  { id, text }: Inputs['addDebriefNote'],
): Promise<Outputs['addDebriefNote']> => {
  const { meeting } = await open(context, id);
  if (!mayTalk(context.actor, meeting)) throw notFound();
  const noteId = await store.insertNote(context.db, {
    debriefId: id,
    personId: ownPersonId(context),
    text: text.trim(),
  });
  await audit(context, 'debrief-note-added', id, { noteId });
  return { id: noteId };
};

export const saveDebriefGist = async (
  context: Context,
  { id, version, planGist, gist }: Inputs['saveDebriefGist'],
): Promise<Outputs['saveDebriefGist']> => {
  const { row, meeting } = await open(context, id);
  if (!mayWriteGist(context.actor, meeting)) throw notFound();
  if (row.concluded) throw conflict('纪要已经定稿。如要修改，请写明更正的原因再定稿。');
  const saved = await store.updateGist(context.db, id, version, { planGist, gist });
  if (saved === undefined) throw newer();
  await audit(context, 'debrief-gist-saved', id, saved);
  return saved;
};

export const concludeDebrief = async (
  context: Context,
  { id, version, planGist, gist, reason }: Inputs['concludeDebrief'],
): Promise<Outputs['concludeDebrief']> => {
  const { db } = context;
  await store.lockDebrief(db, id);
  const { row, meeting } = await open(context, id);
  if (!mayWriteGist(context.actor, meeting)) throw notFound();
  if (gist.trim() === '') throw invalid('请先写下议课纪要，再定稿。', { field: 'gist' });
  const number = (await store.listVersions(db, id)).length + 1;
  if (row.concluded && reason.trim() === '')
    throw invalid('纪要已经定稿，请写明更正的原因。', { field: 'reason' });
  const saved = await store.updateGist(db, id, version, {
    planGist,
    gist,
    concludedAt: context.now.toISOString(),
  });
  if (saved === undefined) throw newer();
  await store.insertDebriefVersion(db, {
    debriefId: id,
    number,
    planGist,
    gist,
    reason: row.concluded ? reason.trim() : '定稿',
    madeBy: ownPersonId(context),
  });
  await audit(context, 'debrief-concluded', id, { ...saved, number });
  return saved;
};

export const listMyDebriefs = async (
  context: Context,
  input: Inputs['listMyDebriefs'],
): Promise<Outputs['listMyDebriefs']> => {
  const { cursor, limit = 30, open: isOpen } = input ?? {};
  return {
    ...(await store.listDebriefsOf(context.db, ownPersonId(context), { cursor, limit, open: isOpen })),
    asOf: context.now.toISOString(),
  };
};
