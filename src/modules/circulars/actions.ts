import { monthPeriod } from '#modules/evaluation/observing/rules.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { isStillVersion, versionOfRows } from '#platform/database/row-set.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting, valuesOfSetting, writeSetting } from '#platform/district-setting.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { writeObservationBulletin } from './bulletin/actions.ts';
import { bulletinTitle } from './bulletin/rules.ts';
import type { Block, BulletinTopic, Circular, CircularRow, Letterhead, Receipt, Step } from './contract.ts';
import { markNumberVoided, takeNumber } from './number/store.ts';
import { circularScope, mayDraft, mayTake, stepsFor } from './policy.ts';
import { defaultLetterhead, refusalFor, stateAfter } from './rules.ts';
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
  return {
    ...found,
    letterhead: found.letterhead ?? (await currentLetterhead(context)),
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
};

/** One bulletin of a topic stands for a month; a second draft leads to the first. */
export const draftBulletin = async (
  context: Context,
  { month, topic = 'principal-observation' }: { month: string; topic?: BulletinTopic | undefined },
): Promise<Done> => {
  const { from, to } = monthPeriod(month);
  const refuseSecond = async (): Promise<never> => {
    const existing = await store.findBulletinOf(context.db, topic, from, to);
    throw conflict('这个月的通报已经有了，请在原来的那一份上继续。', { existingId: existing?.id ?? null });
  };
  if ((await store.findBulletinOf(context.db, topic, from, to)) !== undefined) return refuseSecond();
  const { issuer } = await currentLetterhead(context);
  const id = await draft(context, {
    kind: 'bulletin',
    topic,
    title: bulletinTitle(issuer, month, topic),
    periodFrom: from,
    periodTo: to,
    ...(await writers[topic](context.db, month, context.now)),
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
  take(context, 'redraft', input, async ({ periodFrom, topic }) => ({
    ...(await writers[topic ?? 'principal-observation'](
      context.db,
      (periodFrom ?? '').slice(0, 7),
      context.now,
    )),
    editedBy: personOf(context),
  }));

export const checkCircular = (context: Context, input: Versioned): Promise<Done> =>
  take(context, 'check', input, ({ body }) => {
    if (body.length === 0) throw invalid('正文还是空的，请先写好正文再核稿。');
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
  const letterhead = await currentLetterhead(context);
  let documentNumber = { series: letterhead.series, year: Number(context.today.slice(0, 4)), number: 0 };
  const done = await take(context, 'issue', input, async () => {
    documentNumber = await takeNumber(context.db, { ...documentNumber, circularId: input.id });
    await store.insertRecipients(context.db, input.id, context.today);
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
    return { voidedBy: personOf(context), voidReason: reason };
  });

export const listReceipts = async (
  context: Context,
  input: { id: string },
): Promise<{ rows: Receipt[]; asOf: string }> => {
  await getCircular(context, input);
  return { rows: await store.listReceipts(context.db, input.id), asOf: context.now.toISOString() };
};
