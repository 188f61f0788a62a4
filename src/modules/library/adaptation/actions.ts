import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Queryable } from '#platform/database/database.ts';
import { fingerprint } from '#platform/fingerprint.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { type FindDraft, keptWhole } from '../co-editing/actions.ts';
import type { Reading } from '../co-editing/reading/rules.ts';
import {
  findDraftContent,
  insertDraftDocument,
  lockDraft,
  replaceDraftContent,
} from '../co-editing/store.ts';
import type { Content } from '../content/contract.ts';
import { idsInCells } from '../content/rules.ts';
import { itemScope, mayWriteItem, ownPersonId, ownSchools } from '../item/policy.ts';
import * as items from '../item/store.ts';
import { resolveContent } from '../merge/resolution/rules.ts';
import { mergeContent } from '../merge/rules.ts';
import { noteSaved } from '../picture/standing/actions.ts';
import { listTextbookNames } from '../textbook/store.ts';
import type { adaptationContract } from './contract.ts';
import { adaptationScope, mayAdaptFor, mayEditAdaptation, mayManageAdaptation } from './policy.ts';
import {
  differingSections,
  effective,
  isSameTouched,
  savedTouched,
  type Touched,
  touchedOf,
} from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof adaptationContract>;
type Outputs = InferContractRouterOutputs<typeof adaptationContract>;
type Saved = Outputs['saveAdaptation'];

/** What a teacher wrote is in no audit row. */
const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `library.adaptation-${what}`,
    objectKind: 'library-adaptation',
    objectId: id,
    after,
  });

/** The text of a version; every adaptation is of one that exists. */
export const versionContent = async (db: Queryable, itemId: string, number: number): Promise<Content> => {
  const found = await items.findVersion(db, itemId, number);
  if (found === undefined) throw new Error(`no version ${number} of item ${itemId}`);
  return found.content;
};

export const adaptItem = async (
  context: Context,
  { itemId, schoolId, openTo }: Inputs['adaptItem'],
): Promise<Saved> => {
  const { db, actor } = context;
  const personId = ownPersonId(context, '做校本化');
  const item = await items.findItem(db, itemId, itemScope(actor));
  if (item === undefined) throw notFound();
  if (!mayAdaptFor(actor, schoolId)) throw forbidden('校本化只能为自己任教的学校做。');
  await store.lockOwnAdaptations(db, personId);
  const own = await store.findOwnAdaptation(db, { itemId, personId, schoolId });
  if (own !== undefined) return own;
  if (item.published === null) throw conflict('这份资源还没有发布，发布以后才能做校本化。');
  if (item.withdrawn) throw conflict('这份资源已经撤下，不能再做校本化。');
  const id = await store.insertAdaptation(db, {
    itemId,
    schoolId,
    personId,
    openTo,
    basedOn: item.published,
  });
  await insertDraftDocument(db, id, await versionContent(db, itemId, item.published));
  await audit(context, 'taken', id, { itemId, schoolId, openTo, basedOn: item.published });
  return { id, version: 1 };
};

const find = async ({ db, actor }: Context, id: string, lock?: 'change'): Promise<store.StoredAdaptation> => {
  const adaptation = await store.findAdaptation(db, id, adaptationScope(actor), lock);
  if (adaptation === undefined) throw notFound();
  return adaptation;
};

/** One that the caller may write in, as it stands under its lock. */
export const takeUpAdaptation = async (
  context: Context,
  { id, version }: { id: string; version: number },
): Promise<store.StoredAdaptation> => {
  const adaptation = await find(context, id, 'change');
  if (!mayEditAdaptation(context.actor, adaptation))
    throw adaptation.ended
      ? conflict('这份校本化已经停用，不能再改。')
      : forbidden('这份校本化由制作的教师修改；如需一起改，请他改为“本校同事可以一起改”。');
  if (adaptation.version !== version)
    throw conflict('这份校本化刚刚在别处有了更新。您写的内容仍保留在本页，请对照后再保存。', {
      version: adaptation.version,
    });
  return adaptation;
};

export const getAdaptation = async (
  context: Context,
  { id }: Inputs['getAdaptation'],
): Promise<Outputs['getAdaptation']> => {
  const { db, actor } = context;
  const {
    personId: _person,
    bodies,
    revision,
    published: _published,
    stage: _stage,
    volumeId,
    ...adaptation
  } = await find(context, id);
  const base = await versionContent(db, adaptation.itemId, adaptation.basedOn);
  const content = effective(base, bodies);
  const newer =
    adaptation.newer === null ? undefined : await items.findVersion(db, adaptation.itemId, adaptation.newer);
  const last = await store.findRevision(db, id, revision);
  const standing = { ...adaptation, personId: _person };
  const mayEdit = mayEditAdaptation(actor, standing);
  return {
    ...adaptation,
    content,
    base,
    textbook: await listTextbookNames(db, volumeId, idsInCells(content)),
    newerNote: newer?.note ?? null,
    unsaved: mayEdit ? differingSections(content, (await readText(db, id)).content) : [],
    mayUndo: mayEdit && last?.cause === 'updated',
    may: {
      edit: mayEdit,
      suggest: mayEdit && !adaptation.withdrawn && adaptation.itemSchoolName === null,
      manage: mayManageAdaptation(actor, standing),
      inside: ownSchools(actor).includes(adaptation.schoolId),
    },
  };
};

/** What its document says now. */
const readText = async (db: Queryable, id: string): Promise<Reading> => {
  const draft = await findDraftContent(db, id);
  if (draft === undefined) throw new Error(`no document of adaptation ${id}`);
  return draft;
};

/** The same for a write: nobody writes until the transaction ends, and nothing of it may be left out. */
export const lockAdaptationText = async (db: Queryable, id: string): Promise<Content> => {
  await lockDraft(db, id);
  return keptWhole(await readText(db, id));
};

const writeText = async (context: Context, id: string, content: Content): Promise<void> => {
  if (!(await replaceDraftContent(context.db, id, content, ownPersonId(context, '做校本化'))))
    throw conflict('这份校本化刚刚有了变化，没有写入。请刷新页面后再试。');
};

const placeOf = ({ id, itemId }: store.StoredAdaptation) => ({ documentId: id, itemId });

/** Sets what it holds as a new revision, and makes its document say the same. */
export const reviseAdaptation = async (
  context: Context,
  adaptation: store.StoredAdaptation,
  change: Omit<Parameters<typeof store.reviseAdaptation>[2], 'madeBy'>,
): Promise<number> => {
  const { db } = context;
  const content = effective(await versionContent(db, adaptation.itemId, change.basedOn), change.touched);
  await writeText(context, adaptation.id, content);
  await noteSaved(context, placeOf(adaptation), content);
  return store.reviseAdaptation(db, adaptation, { ...change, madeBy: ownPersonId(context, '做校本化') });
};

export const saveAdaptation = async (context: Context, input: Inputs['saveAdaptation']): Promise<Saved> => {
  const adaptation = await takeUpAdaptation(context, input);
  const { db } = context;
  const base = await versionContent(db, adaptation.itemId, adaptation.basedOn);
  const here = await lockAdaptationText(db, adaptation.id);
  const touched = savedTouched(base, here, adaptation.locked, adaptation.bodies);
  // What stands in a section that was locked meanwhile is kept by a revision before it is taken out.
  const all = touchedOf(base, here);
  const current = isSameTouched(all, touched) ? adaptation : await saveTypedFirst(context, adaptation, all);
  const version = await reviseAdaptation(context, current, {
    basedOn: adaptation.basedOn,
    touched,
    cause: 'edited',
  });
  await audit(context, 'edited', adaptation.id, { sections: Object.keys(touched), version });
  return { id: adaptation.id, version };
};

export const relinkSection = async (
  context: Context,
  { section, ...input }: Inputs['relinkSection'],
): Promise<Saved> => {
  const adaptation = await takeUpAdaptation(context, input);
  const { db } = context;
  const base = await versionContent(db, adaptation.itemId, adaptation.basedOn);
  const here = await lockAdaptationText(db, adaptation.id);
  const above = new Map(base.sections.map((one) => [one.key, one]));
  // A section that only stands here has nothing to be linked to: it goes, and the revision before it keeps it.
  const linked = here.sections.flatMap((one) => (one.key === section ? (above.get(section) ?? []) : [one]));
  const { [section]: _gone, ...before } = adaptation.bodies;
  const touched = savedTouched(base, { sections: linked }, adaptation.locked, before);
  // What was typed and not saved goes into a revision of its own: the history keeps what is taken out here.
  const current = await saveTypedFirst(context, adaptation, touchedOf(base, here));
  const version = await reviseAdaptation(context, current, {
    basedOn: adaptation.basedOn,
    touched,
    cause: 'edited',
  });
  await audit(context, 'section-linked', adaptation.id, { section, version });
  return { id: adaptation.id, version };
};

export const openAdaptation = async (context: Context, input: Inputs['openAdaptation']): Promise<Saved> => {
  const { id, personId } = await takeUpAdaptation(context, input);
  if (personId !== context.actor.personId) throw forbidden('由谁可以修改，由制作的教师决定。');
  const version = await store.updateAdaptation(context.db, id, { openTo: input.openTo });
  await audit(context, 'opened', id, { openTo: input.openTo });
  return { id, version };
};

export const endAdaptation = async (context: Context, input: Inputs['endAdaptation']): Promise<Saved> => {
  const { id, personId } = await takeUpAdaptation(context, input);
  if (personId !== context.actor.personId) throw forbidden('停用由制作的教师办理。');
  const version = await store.updateAdaptation(context.db, id, { endedAt: context.now.toISOString() });
  await audit(context, 'ended', id, {});
  return { id, version };
};

/** One that has ended is written in again. */
export const resumeAdaptation = async (
  context: Context,
  { id, version }: Inputs['resumeAdaptation'],
): Promise<Saved> => {
  const adaptation = await find(context, id, 'change');
  if (!mayManageAdaptation(context.actor, adaptation)) throw forbidden('重新启用由制作的教师办理。');
  if (!adaptation.ended) throw conflict('这份校本化没有停用，可以直接修改。');
  if (adaptation.version !== version)
    throw conflict('这份校本化刚刚在别处有了更新，请刷新页面后再办理。', { version: adaptation.version });
  if ((await store.findOwnAdaptation(context.db, adaptation)) !== undefined)
    throw conflict('您对这份资源已经另做了一份校本化。请先停用那一份，再重新启用这一份。');
  const next = await store.updateAdaptation(context.db, id, { endedAt: null });
  await audit(context, 'resumed', id, {});
  return { id, version: next };
};

/** The three texts of an update to a version that is newer than the one it is based on; `here` is what is written. */
const threeTexts = async (
  { db }: Context,
  adaptation: store.StoredAdaptation,
  { to, here }: { readonly to: number; readonly here: Content },
) => {
  const base = await versionContent(db, adaptation.itemId, adaptation.basedOn);
  const theirs = await versionContent(db, adaptation.itemId, to);
  // A locked section follows the district: it is not asked about, and the revision before the update keeps what was here.
  const { locked } = adaptation;
  const ours = effective(base, savedTouched(base, here, locked, {}));
  const given = differingSections(base, here).filter((key) => locked.includes(key));
  return { base, ours, theirs, given };
};

const upToDate = () => conflict('已经是最新一版，没有需要更新的内容。');

export const getUpdate = async (
  context: Context,
  { id }: Inputs['getUpdate'],
): Promise<Outputs['getUpdate']> => {
  const adaptation = await find(context, id);
  // What is typed and not saved yet is for those who write here alone.
  if (!mayEditAdaptation(context.actor, adaptation)) throw notFound();
  const { version, basedOn, published: to } = adaptation;
  if (to <= basedOn) throw upToDate();
  const found = await items.findVersion(context.db, adaptation.itemId, to);
  // What is written and not saved yet counts as well: nothing that was typed is left out of the merge.
  const { content: here } = await readText(context.db, id);
  const texts = await threeTexts(context, adaptation, { to, here });
  return { version, basedOn, to, note: found?.note ?? '', ...texts, shown: fingerprint(texts) };
};

/** What was written since the last revision becomes one of its own, so that nothing typed is left out of the history. */
export const saveTypedFirst = async (
  context: Context,
  adaptation: store.StoredAdaptation,
  touched: Touched,
): Promise<store.StoredAdaptation> => {
  if (isSameTouched(touched, adaptation.bodies)) return adaptation;
  await noteSaved(context, placeOf(adaptation), effective({ sections: [] }, touched));
  await store.reviseAdaptation(context.db, adaptation, {
    basedOn: adaptation.basedOn,
    touched,
    cause: 'edited',
    madeBy: ownPersonId(context, '做校本化'),
  });
  return { ...adaptation, bodies: touched, revision: adaptation.revision + 1 };
};

export const updateAdaptation = async (
  context: Context,
  input: Inputs['updateAdaptation'],
): Promise<Saved> => {
  const adaptation = await takeUpAdaptation(context, input);
  const { to } = input;
  if (to <= adaptation.basedOn) throw upToDate();
  if (to !== adaptation.published) throw conflict('区里刚刚又发布了更新的一版，请刷新页面，对照最新一版。');
  const here = await lockAdaptationText(context.db, adaptation.id);
  const texts = await threeTexts(context, adaptation, { to, here });
  if (fingerprint(texts) !== input.shown)
    throw conflict(
      '您对照期间，这份校本化的文字有了新的改动，这次没有更新，什么都没有丢。请对照现在的文字再看一遍，然后更新。',
    );
  const { base, ours, theirs } = texts;
  const content = resolveContent(mergeContent(base, ours, theirs, adaptation.kind), input.decisions);
  const touched = touchedOf(theirs, content);
  const current = await saveTypedFirst(context, adaptation, touchedOf(base, here));
  const version = await reviseAdaptation(context, current, { basedOn: to, touched, cause: 'updated' });
  await audit(context, 'updated', adaptation.id, { from: adaptation.basedOn, to, version });
  return { id: adaptation.id, version };
};

/** Only this version: the next one is offered again. */
export const declineUpdate = async (context: Context, input: Inputs['declineUpdate']): Promise<Saved> => {
  const adaptation = await takeUpAdaptation(context, input);
  if (input.to <= adaptation.basedOn || input.to > adaptation.published) throw upToDate();
  const version = await store.updateAdaptation(context.db, adaptation.id, { declined: input.to });
  await audit(context, 'update-declined', adaptation.id, { to: input.to });
  return { id: adaptation.id, version };
};

/** Back to what it held before its last change, if that was an update. */
export const undoUpdate = async (context: Context, input: Inputs['undoUpdate']): Promise<Saved> => {
  const adaptation = await takeUpAdaptation(context, input);
  const last = await store.findRevision(context.db, adaptation.id, adaptation.revision);
  const before = await store.findRevision(context.db, adaptation.id, adaptation.revision - 1);
  if (last?.cause !== 'updated' || before === undefined)
    throw conflict('更新以后又有了修改，不能整体撤销。可以逐部分改回。');
  // What was typed since the update becomes a revision of its own: the history keeps it.
  const base = await versionContent(context.db, adaptation.itemId, adaptation.basedOn);
  const here = await lockAdaptationText(context.db, adaptation.id);
  const current = await saveTypedFirst(context, adaptation, touchedOf(base, here));
  const version = await reviseAdaptation(context, current, {
    basedOn: before.basedOn,
    touched: before.touched,
    cause: 'undone',
  });
  await audit(context, 'update-undone', adaptation.id, { basedOn: before.basedOn, version });
  return { id: adaptation.id, version };
};

export const listAdaptations = async (
  { db, actor, now }: Context,
  { limit = 30, ...asked }: Inputs['listAdaptations'],
): Promise<Outputs['listAdaptations']> => {
  if (asked.view === 'item' && asked.itemId === undefined) throw invalid('请先选择一份资源。');
  return {
    ...(await store.listAdaptations(db, adaptationScope(actor), { ...asked, limit })),
    asOf: now.toISOString(),
  };
};

/** For those who write the item: where many schools changed the same section, the section may be at fault. */
export const getChangedSections = async (
  { db, actor }: Context,
  { itemId }: Inputs['getChangedSections'],
): Promise<Outputs['getChangedSections']> => {
  const item = await items.findItem(db, itemId, itemScope(actor));
  if (item === undefined || !mayWriteItem(actor, item)) throw notFound();
  return store.countChangedSections(db, itemId);
};

/** In the document of an adaptation its school writes; the core group reads what was saved, not the document. */
export const findAdaptationDraft: FindDraft = async (db, id, actor) => {
  const adaptation = await store.findAdaptation(db, id, adaptationScope(actor));
  if (adaptation === undefined) return null;
  const { title, kind, subject, stage, volumeId, locked, ended } = adaptation;
  const basedOn = { itemId: adaptation.itemId, number: adaptation.basedOn };
  const draft = { title, kind, subject, stage, volumeId, locked, basedOn, ended };
  if (mayEditAdaptation(actor, adaptation)) return { ...draft, access: 'edit' };
  if (!ownSchools(actor).includes(adaptation.schoolId)) return null;
  return { ...draft, access: ended ? 'read' : 'comment' };
};
