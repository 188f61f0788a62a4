import { monthPeriod } from '#modules/evaluation/observing/rules.ts';
import { findTermOf } from '#modules/evaluation/observing/store.ts';
import { termName } from '#modules/organisation/calendar/rules.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { isStillVersion, versionOfRows } from '#platform/database/row-set.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting, valuesOfSetting, writeSetting } from '#platform/district-setting.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { type Period, writeObservationBulletin } from './bulletin/actions.ts';
import { bulletinTitle, monthName } from './bulletin/rules.ts';
import type {
  Block,
  BulletinSpan,
  BulletinTopic,
  Circular,
  CircularRow,
  LetterFinding,
  Letterhead,
  Receipt,
  Step,
} from './contract.ts';
import { writeFindingSummary } from './finding-summary/actions.ts';
import { namesIn, refuseSecondLetter, refuseSettled, writeLetter } from './letter/actions.ts';
import { letterTitle } from './letter/rules.ts';
import {
  findStandingLetter,
  insertLetterFindings,
  listFindingsOfLetter,
  listWithoutLetter,
  releaseFindings,
} from './letter/store.ts';
import { markNumberVoided, takeNumber } from './number/store.ts';
import { circularScope, mayDraft, mayTake, stepsFor } from './policy.ts';
import { defaultLetterhead, letterheadFor, refusalFor, stateAfter } from './rules.ts';
import * as store from './store.ts';
import { writeWritingBulletin } from './writing-bulletin/actions.ts';

type Context = ActionContext<Actor>;
interface Versioned {
  readonly id: string;
  readonly version: number;
}
type Done = { id: string; version: number };

/** Routes admit people with a person behind the account only; this says so to the compiler. */
const personOf = (context: Context): string => {
  if (context.actor.personId === null) throw forbidden('请用本人的账号办理公文，不要用管理员账号。');
  return context.actor.personId;
};

const letterheadKey = 'circulars.letterhead';

const currentLetterhead = (context: Context): Promise<Letterhead> =>
  readSetting(context.db, letterheadKey, context.today, defaultLetterhead);

export const getLetterhead = async (
  context: Context,
): Promise<{ letterhead: Letterhead; version: string }> => ({
  letterhead: await currentLetterhead(context),
  version: await versionOfRows(context.db, valuesOfSetting(letterheadKey)),
});

export const setLetterhead = async (
  context: Context,
  { version, ...input }: { letterhead: Letterhead; fromOn: Day; clause: string; version: string },
): Promise<Letterhead> => {
  if (!(await isStillVersion(context.db, valuesOfSetting(letterheadKey), version)))
    throw conflict('版头刚刚被别人改过，请看过新内容后再保存。');
  const before = await readSetting(context.db, letterheadKey, input.fromOn, defaultLetterhead);
  await writeSetting(context.db, {
    key: letterheadKey,
    value: input.letterhead,
    fromOn: input.fromOn,
    clause: input.clause,
    setBy: context.actor.personId,
  });
  await recordAudit(context.db, context.origin, {
    action: 'circulars.letterhead-set',
    objectKind: 'platform.setting',
    objectId: letterheadKey,
    before,
    after: input,
  });
  return input.letterhead;
};

interface ListInput extends store.CircularFilter {}

export const listCirculars = async (
  context: Context,
  input: ListInput,
): Promise<{ rows: CircularRow[]; nextCursor: string | null; asOf: string; mayDraft: boolean }> => ({
  ...(await store.listCirculars(context.db, circularScope(context.actor), context.actor.personId, input)),
  asOf: context.now.toISOString(),
  mayDraft: mayDraft(context.actor),
});

export const getCircular = async (context: Context, { id }: { id: string }): Promise<Circular> => {
  const found = await store.findCircular(
    context.db,
    circularScope(context.actor),
    context.actor.personId,
    id,
  );
  if (found === undefined) throw notFound();
  const mark = (name: string | null, at: string | null) =>
    name === null || at === null ? null : { name, at };
  const { schoolId } = found;
  return {
    ...found,
    findings: schoolId === null ? [] : await listFindingsOfLetter(context.db, id),
    namesInText:
      schoolId !== null && found.state === 'draft' ? await namesIn(context.db, schoolId, found) : [],
    letterhead: found.letterhead ?? letterheadFor(await currentLetterhead(context), found.schoolName),
    edited: mark(found.editedByName, found.editedAt),
    checked: mark(found.checkedByName, found.checkedAt),
    signed: mark(found.signedByName, found.signedAt),
    issued: mark(found.issuedByName, found.issuedAt),
    steps: stepsFor(context.actor, found),
  };
};

export const openCircular = async (
  context: Context,
  { id }: { id: string },
): Promise<{ readAt: string | null }> => {
  const { state } = await getCircular(context, { id });
  if (context.actor.personId === null || (state !== 'issued' && state !== 'voided')) return { readAt: null };
  const receipt = await store.insertReceipt(context.db, id, context.actor.personId);
  if (receipt?.first === true)
    await recordAudit(context.db, context.origin, {
      action: 'circulars.circular-read',
      objectKind: 'circulars.circular',
      objectId: id,
    });
  return { readAt: receipt?.readAt ?? null };
};

const draft = async (
  context: Context,
  circular: Omit<store.NewCircular, 'draftedBy'>,
): Promise<string | null> => {
  const id = await store.insertCircular(context.db, { ...circular, draftedBy: personOf(context) });
  if (id !== null)
    await recordAudit(context.db, context.origin, {
      action: 'circulars.circular-drafted',
      objectKind: 'circulars.circular',
      objectId: id,
      after: { kind: circular.kind, title: circular.title, from: circular.periodFrom, to: circular.periodTo },
    });
  return id;
};

const writers: Readonly<Record<BulletinTopic, typeof writeObservationBulletin>> = {
  'principal-observation': writeObservationBulletin,
  'writing-check': writeWritingBulletin,
  'finding-summary': writeFindingSummary,
};

/** A month, or the whole term it lies in, with its name. */
const periodOf = async (
  context: Context,
  { month, span, topic }: { month: string; span: BulletinSpan; topic: BulletinTopic },
): Promise<Period & { name: string }> => {
  const days = monthPeriod(month);
  if (span === 'month') return { ...days, name: monthName(month) };
  if (topic !== 'finding-summary') throw invalid('只有问题整改情况可以按学期通报，其他请按月份。');
  const term = await findTermOf(context.db, days.from, days.to);
  if (term === null) throw invalid('这个月不在任何学期之内，请先在校历中设置学期，或另选月份。');
  return {
    from: term.calendar.startsOn,
    to: term.calendar.endsOn,
    name: termName(term.schoolYear, term.term),
  };
};

/** One bulletin of a topic stands for a period; a second draft leads to the first. */
export const draftBulletin = async (
  context: Context,
  {
    month,
    topic = 'principal-observation',
    span = 'month',
  }: { month: string; topic?: BulletinTopic | undefined; span?: BulletinSpan | undefined },
): Promise<Done> => {
  const { name, ...period } = await periodOf(context, { month, span, topic });
  const { from, to } = period;
  const refuseSecond = async (): Promise<never> => {
    const existing = await store.findBulletinOf(context.db, topic, from, to);
    throw conflict(`${span === 'term' ? '这个学期' : '这个月'}的通报已经有了，请在原来的那一份上继续。`, {
      existingId: existing?.id ?? null,
    });
  };
  if ((await store.findBulletinOf(context.db, topic, from, to)) !== undefined) return refuseSecond();
  const { issuer } = await currentLetterhead(context);
  const id = await draft(context, {
    kind: 'bulletin',
    topic,
    title: bulletinTitle(issuer, name, topic),
    periodFrom: from,
    periodTo: to,
    ...(await writers[topic](context.db, period, context.now)),
  });
  return id === null ? refuseSecond() : { id, version: 1 };
};

export const draftNotice = async (context: Context, { title }: { title: string }): Promise<Done> => {
  const id = await draft(context, {
    kind: 'notice',
    topic: null,
    title,
    periodFrom: null,
    periodTo: null,
    body: [{ kind: 'paragraph', text: '请在这里写正文。' }],
    figures: null,
  });
  if (id === null) throw conflict('没有建成，请刷新页面后重试。');
  return { id, version: 1 };
};

/** A letter to the school these findings were handed over to. */
export const draftLetter = async (
  context: Context,
  { findingIds }: { findingIds: string[] },
): Promise<Done> => {
  const { body, school } = await writeLetter(context.db, findingIds, context.today);
  if ((await findStandingLetter(context.db, findingIds)) !== undefined)
    return refuseSecondLetter(context.db, findingIds);
  const { issuer } = await currentLetterhead(context);
  const id = await draft(context, {
    kind: 'rectification-letter',
    topic: null,
    schoolId: school.id,
    title: letterTitle(issuer, school.name),
    periodFrom: null,
    periodTo: null,
    body,
    figures: null,
  });
  if (id === null) throw conflict('没有建成，请刷新页面后重试。');
  // Refused, all of it is undone.
  if (!(await insertLetterFindings(context.db, id, findingIds)))
    return refuseSecondLetter(context.db, findingIds);
  return { id, version: 1 };
};

export const lettersOfFinding = async (
  context: Context,
  { findingId }: { findingId: string },
): Promise<{ rows: CircularRow[]; mayDraft: boolean; others: LetterFinding[] }> => {
  const { rows } = await listCirculars(context, { finding: findingId, limit: 20 });
  // A draft that was given up is nobody's business; a number that was given is.
  const shown = rows.filter(({ state, documentNumber }) => state !== 'voided' || documentNumber !== null);
  const open = mayDraft(context.actor) ? await listWithoutLetter(context.db, findingId) : [];
  return {
    rows: shown,
    mayDraft: open.some(({ id }) => id === findingId),
    others: open.some(({ id }) => id === findingId) ? open.filter(({ id }) => id !== findingId) : [],
  };
};

/** Locks the circular and checks scope, version and whether this person may take the step now. */
const openStep = async (context: Context, step: Step, input: Versioned): Promise<store.LockedCircular> => {
  const locked = await store.findForUpdate(context.db, input.id);
  // Outside one's scope a circular does not exist.
  if (locked === undefined) throw notFound();
  const newer = await getCircular(context, input);
  if (locked.version !== input.version)
    throw conflict('这份公文刚刚被别人改过。您填写的内容还在，请对照最新的一版再保存。', { newer });
  if (!mayTake(context.actor, step, locked)) throw forbidden(refusalFor[step]);
  return locked;
};

const take = async (
  context: Context,
  step: Step,
  input: Versioned,
  changeOf: (locked: store.LockedCircular) => Promise<store.CircularChange> | store.CircularChange,
): Promise<Done> => {
  const locked = await openStep(context, step, input);
  const change = await changeOf(locked);
  const state = stateAfter[step];
  const version = await store.updateCircular(context.db, input.id, {
    ...change,
    ...(state === null ? {} : { state }),
  });
  const { body: _body, figures: _figures, letterhead: _letterhead, ...said } = change;
  await recordAudit(context.db, context.origin, {
    action: `circulars.circular-${step}`,
    objectKind: 'circulars.circular',
    objectId: input.id,
    before: { state: locked.state, version: locked.version, title: locked.title },
    after: { ...said, state: state ?? locked.state, version },
  });
  return { id: input.id, version };
};

export const saveDraft = (
  context: Context,
  { title, body, ...input }: Versioned & { title: string; body: Block[] },
): Promise<Done> =>
  take(context, 'edit', input, () => ({ title, body, editedBy: personOf(context), returnedReason: null }));

export const redraftBulletin = (context: Context, input: Versioned): Promise<Done> =>
  take(context, 'redraft', input, async (locked) => ({
    ...(await writeAgain(context, locked)),
    editedBy: personOf(context),
  }));

const idsOfFindings = async (context: Context, circularId: string): Promise<string[]> =>
  (await listFindingsOfLetter(context.db, circularId)).map(({ id }) => id);

const writeAgain = async (
  context: Context,
  { id, topic, periodFrom, periodTo }: store.LockedCircular,
): Promise<Pick<store.CircularChange, 'body' | 'figures'>> => {
  if (topic === null) {
    const { body } = await writeLetter(context.db, await idsOfFindings(context, id), context.today);
    return { body };
  }
  if (periodFrom === null || periodTo === null) throw new Error(`bulletin ${id} has no period`);
  return writers[topic](context.db, { from: periodFrom, to: periodTo }, context.now);
};

export const checkCircular = (
  context: Context,
  { namesAreWords = false, ...input }: Versioned & { namesAreWords?: boolean | undefined },
): Promise<Done> =>
  take(context, 'check', input, async ({ id, title, body, schoolId }) => {
    if (body.length === 0) throw invalid('正文还是空的，请先写好正文再核稿。');
    if (schoolId !== null) {
      await refuseSettled(context.db, await idsOfFindings(context, id));
      const names = namesAreWords ? [] : await namesIn(context.db, schoolId, { title, body });
      if (names.length > 0)
        throw invalid(
          `整改通知书不写学校人员的姓名。正文里有${names.map((name) => `“${name}”`).join('、')}，请改成职务；如果不是人名，请确认后再核稿。`,
          { names },
        );
    }
    return { checkedBy: personOf(context), returnedReason: null };
  });

export const returnCircular = (
  context: Context,
  { reason, ...input }: Versioned & { reason: string },
): Promise<Done> =>
  take(context, 'return', input, () => ({ checkedBy: null, signedBy: null, returnedReason: reason }));

export const signCircular = (context: Context, input: Versioned): Promise<Done> =>
  take(context, 'sign', input, () => ({ signedBy: personOf(context) }));

/** The number is taken here, in the transaction of the issue itself, and nowhere else. */
export const issueCircular = async (
  context: Context,
  input: Versioned,
): Promise<Done & { documentNumber: { series: string; year: number; number: number } }> => {
  let letterhead = await currentLetterhead(context);
  let documentNumber = { series: letterhead.series, year: Number(context.today.slice(0, 4)), number: 0 };
  const done = await take(context, 'issue', input, async ({ id, schoolId, schoolName }) => {
    if (schoolId !== null) await refuseSettled(context.db, await idsOfFindings(context, id));
    letterhead = letterheadFor(letterhead, schoolName);
    documentNumber = await takeNumber(context.db, { ...documentNumber, circularId: input.id });
    await store.insertRecipients(context.db, input.id, context.today, schoolId);
    return { issuedBy: personOf(context), issuedOn: context.today, documentNumber, letterhead };
  });
  return { ...done, documentNumber };
};

export const voidCircular = (
  context: Context,
  { reason, ...input }: Versioned & { reason: string },
): Promise<Done> =>
  take(context, 'void', input, async () => {
    await markNumberVoided(context.db, input.id, reason);
    await releaseFindings(context.db, input.id);
    return { voidedBy: personOf(context), voidReason: reason };
  });

export const listReceipts = async (
  context: Context,
  input: { id: string },
): Promise<{ rows: Receipt[]; asOf: string }> => {
  await getCircular(context, input);
  return { rows: await store.listReceipts(context.db, input.id), asOf: context.now.toISOString() };
};
