import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { listCovers } from '../attachment/store.ts';
import { closeDraftDocument, insertDraftDocument } from '../co-editing/store.ts';
import type { Content } from '../content/contract.ts';
import { completed, emptyContent, idsInCells } from '../content/rules.ts';
import { notePictures } from '../picture/standing/actions.ts';
import { findRound, insertRound, updateRound } from '../round/store.ts';
import { refreshSearchEntries } from '../search/actions.ts';
import type { Place } from '../shapes/contract.ts';
import { listCredits, releaseTaken } from '../suggestion/store.ts';
import { listTextbookNames } from '../textbook/store.ts';
import { moveSections } from '../word-start/moving/rules.ts';
import { findBroughtWord } from '../word-start/store.ts';
import type { itemContract } from './contract.ts';
import {
  itemScope,
  mayKeepItem,
  mayPublishItem,
  mayWriteItem,
  ownPersonId,
  ownSchools,
  writingReach,
} from './policy.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof itemContract>;
type Outputs = InferContractRouterOutputs<typeof itemContract>;

type Facts = Readonly<Record<string, unknown>>;

/** What people wrote is in no audit row but the title, by which an item is known. */
const audit = (context: Context, what: string, id: string, after: Facts, before?: Facts) =>
  recordAudit(context.db, context.origin, {
    action: `library.item-${what}`,
    objectKind: 'library-item',
    objectId: id,
    before,
    after,
  });

/** Volume, unit and lesson belong together and to the subject and grade. */
const checkPlace = async ({ db }: Context, place: Place): Promise<void> => {
  if ((place.stage === 'primary') !== place.grade <= 6) throw invalid('学段与年级不一致，请重新选择年级。');
  if (place.volumeId === null) {
    if (place.unitId !== null || place.lessonId !== null) throw invalid('请先选择册次，再选择单元和课。');
    return;
  }
  const found = await store.findPlace(db, place);
  if (found === undefined) throw invalid('所选的单元或课不在这一册教材中，请重新选择。');
  if (found.subject !== place.subject || found.stage !== place.stage || found.grade !== place.grade)
    throw invalid('所选的册次与学科、年级不一致，请重新选择。');
};

const placeOf = ({ stage, subject, grade, volumeId, unitId, lessonId }: Place): Place => ({
  stage,
  subject,
  grade,
  volumeId,
  unitId,
  lessonId,
});

/** Read from a Word file of the caller's own, or given, or the empty form. */
const startingContent = async (
  { db, origin }: Context,
  { kind, word, content }: Inputs['startItem'],
): Promise<Content> => {
  if (word === undefined) return content === undefined ? emptyContent(kind) : completed(kind, content);
  const brought = await findBroughtWord(db, word.id, origin.accountId);
  if (brought === undefined) throw notFound('读过的 Word 文件已过期被清理，请重新选择文件，再开始编写。');
  if (brought.kind !== kind) throw invalid('种类改过了，请重新选择 Word 文件，按新的种类再读一次。');
  return completed(kind, moveSections(brought.design.content, word.moves));
};

export const startItem = async (
  context: Context,
  input: Inputs['startItem'],
): Promise<Outputs['startItem']> => {
  const personId = ownPersonId(context);
  const { kind, title, schoolId } = input;
  if (!mayWriteItem(context.actor, input))
    throw forbidden(
      schoolId === null
        ? '区级资源由本学段本学科的研训中心组编写。您可以为本校编写，或在已发布的资源上做校本化。'
        : '只能为自己任教的学校编写资源。',
    );
  await checkPlace(context, input);
  const place = placeOf(input);
  const shared = schoolId === null || input.shared;
  const id = await store.insertItem(context.db, {
    kind,
    title,
    schoolId,
    shared,
    madeBy: personId,
    ...place,
  });
  const roundId = await insertRound(context.db, { itemId: id, base: null, mainPreparer: personId });
  const content = await startingContent(context, input);
  await insertDraftDocument(context.db, roundId, content);
  await notePictures(context, { documentId: roundId, itemId: id }, content);
  await refreshSearchEntries(context.db, [id]);
  await audit(context, 'started', id, { kind, title, schoolId, shared, ...place, roundId });
  return { id, roundId };
};

/** The item as it stands, locked for a change by somebody who may change it. */
const takeUp = async (
  context: Context,
  { id, version }: { id: string; version: number },
): Promise<store.StoredItem> => {
  const item = await store.findItem(context.db, id, itemScope(context.actor), 'change');
  if (item === undefined) throw notFound();
  if (!mayWriteItem(context.actor, item)) throw forbidden('这份资源由编写它的中心组或学校修改。');
  if (item.version !== version)
    throw conflict('这份资源的信息刚刚有了更新。您填写的内容仍保留在本页，请对照后再保存。', {
      version: item.version,
    });
  if (item.withdrawn) throw conflict('这份资源已经撤下，不能再改。');
  return item;
};

/** What is written down of a change, as it was and as it is. */
const factsOf = ({ title, locked, ...rest }: Place & Pick<store.StoredItem, 'title' | 'locked'>): Facts => ({
  title,
  locked,
  ...placeOf(rest),
});

export const changeItem = async (
  context: Context,
  input: Inputs['changeItem'],
): Promise<Outputs['changeItem']> => {
  const item = await takeUp(context, input);
  if (!mayKeepItem(context.actor, item))
    throw forbidden(
      item.schoolId === null
        ? '这份资源已经发布，标题、位置等信息由主备人、中心组组长或教研员修改。请把要改的告诉他们，或编写下一版。'
        : '这份资源已经发布，标题、位置等信息由编写人、本校学科长或学校负责人修改。请把要改的告诉他们，或编写下一版。',
    );
  await checkPlace(context, input);
  if (!mayWriteItem(context.actor, { ...placeOf(input), schoolId: item.schoolId }))
    throw forbidden('只能放到自己编写的学科和学段中。');
  const { title, summary } = input;
  const locked = [...new Set(input.locked)];
  const lockChanged = JSON.stringify([...locked].sort()) !== JSON.stringify([...item.locked].sort());
  if (lockChanged && (item.schoolId !== null || !mayPublishItem(context.actor, item)))
    throw forbidden('区级资源的锁定部分由本学科的教研员决定。');
  const change = { title, summary: summary.trim(), locked, ...placeOf(input) };
  const version = await store.updateItem(context.db, item.id, change);
  await refreshSearchEntries(context.db, [item.id]);
  const summaryChanged = change.summary !== item.summary;
  await audit(context, 'changed', item.id, { ...factsOf(change), summaryChanged, version }, factsOf(item));
  return { version };
};

/** What was being written of it comes to nothing: its document takes no more, its suggestions wait again. */
const endRound = async (context: Context, roundId: string): Promise<void> => {
  // The round before its document, as whoever writes in it.
  await findRound(context.db, roundId, 'change');
  await closeDraftDocument(context.db, roundId);
  await releaseTaken(context.db, roundId);
  await updateRound(context.db, roundId, { state: 'dropped', endedAt: context.now.toISOString() });
  await audit(context, 'round-dropped', roundId, {});
};

/** A mark: whoever adapted it keeps what they have. */
export const withdrawItem = async (
  context: Context,
  input: Inputs['withdrawItem'],
): Promise<Outputs['withdrawItem']> => {
  const item = await takeUp(context, input);
  if (!mayPublishItem(context.actor, item)) throw forbidden('撤下资源由本学科的教研员或本校负责人办理。');
  const version = await store.updateItem(context.db, item.id, {
    withdrawnAt: context.now.toISOString(),
    withdrawnBy: ownPersonId(context),
    withdrawnReason: input.reason,
  });
  if (item.roundId !== null) await endRound(context, item.roundId);
  await refreshSearchEntries(context.db, [item.id]);
  await audit(context, 'withdrawn', item.id, { version });
  return { version };
};

const asRow = ({
  roundId: _round,
  version: _version,
  shared: _shared,
  madeBy: _madeBy,
  preparers: _preparers,
  locked: _locked,
  withdrawnReason: _reason,
  ...row
}: store.StoredItem) => row;

export const getItem = async (
  { db, actor }: Context,
  { id }: Inputs['getItem'],
): Promise<Outputs['getItem']> => {
  const item = await store.findItem(db, id, itemScope(actor));
  if (item === undefined) throw notFound();
  const current = item.published === null ? undefined : await store.findVersion(db, id, item.published);
  const round = item.roundId === null ? undefined : await findRound(db, item.roundId);
  const names = await store.listNames(db, [
    ...(item.madeBy === null ? [] : [item.madeBy]),
    ...(current?.contributors ?? []),
    ...(round === undefined ? [] : [round.mainPreparer]),
  ]);
  const named = (personId: string) =>
    names.find((one) => one.id === personId) ?? { id: personId, name: '—', schoolName: null };
  return {
    ...asRow(item),
    version: item.version,
    shared: item.shared,
    madeBy: item.madeBy === null ? { id: null, name: '资源包', schoolName: null } : named(item.madeBy),
    locked: item.locked,
    withdrawnReason: item.withdrawnReason,
    textbook: await listTextbookNames(
      db,
      item.volumeId,
      current === undefined ? [] : idsInCells(current.content),
    ),
    current:
      current === undefined
        ? null
        : {
            number: current.number,
            content: current.content,
            note: current.note,
            contributors: [...current.contributors.map(named), ...writersElsewhere(current)],
            publishedAt: current.publishedAt,
          },
    round:
      round === undefined
        ? null
        : { id: round.id, state: round.state, mainPreparer: named(round.mainPreparer) },
    may: {
      write: !item.withdrawn && mayWriteItem(actor, item),
      edit: !item.withdrawn && mayKeepItem(actor, item),
      withdraw: !item.withdrawn && mayPublishItem(actor, item),
    },
  };
};

/** Counts schools, not people: no audit row names who looked. */
export const openItem = async (
  { db, actor, today }: Context,
  { id }: Inputs['openItem'],
): Promise<Outputs['openItem']> => {
  const item = await store.findItem(db, id, itemScope(actor));
  if (item === undefined) throw notFound();
  if (item.published !== null) await store.insertOpening(db, id, ownSchools(actor), today);
  return {};
};

/** Who wrote a version that came in by a package, by name. */
const writersElsewhere = ({ cameWith }: Pick<store.StoredVersion, 'cameWith'>) =>
  (cameWith?.contributors ?? []).map(({ name, school }) => ({ id: null, name, schoolName: school }));
const creditsElsewhere = ({ cameWith }: Pick<store.StoredVersion, 'cameWith'>) =>
  (cameWith?.credits ?? []).map(({ name, school, sections }) => ({
    name,
    schoolName: school ?? '',
    sections,
  }));

/** Whose suggestions came out in a version: each person once. */
export const creditsOf = (credits: Awaited<ReturnType<typeof listCredits>>, number: number) =>
  [
    ...Map.groupBy(
      credits.filter((one) => one.number === number),
      ({ id }) => id,
    ).values(),
  ].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : [
          {
            name: first.name,
            schoolName: first.schoolName,
            sections: [first, ...rest].map(({ section }) => section),
          },
        ],
  );

export const listVersions = async (
  { db, actor }: Context,
  { id }: Inputs['listVersions'],
): Promise<Outputs['listVersions']> => {
  if ((await store.findItem(db, id, itemScope(actor))) === undefined) throw notFound();
  const rows = await store.listVersions(db, id);
  const names = await store.listNames(db, [...new Set(rows.flatMap(({ contributors }) => contributors))]);
  const credits = await listCredits(db, id);
  return {
    rows: rows.map((row) => ({
      ...row,
      contributors: [
        ...row.contributors.flatMap((personId) => names.find((one) => one.id === personId) ?? []),
        ...writersElsewhere(row),
      ],
      credits: [...creditsOf(credits, row.number), ...creditsElsewhere(row)],
    })),
  };
};

export const getVersion = async (
  { db, actor }: Context,
  { id, number }: Inputs['getVersion'],
): Promise<Outputs['getVersion']> => {
  const item = await store.findItem(db, id, itemScope(actor));
  const found = item === undefined ? undefined : await store.findVersion(db, id, number);
  if (found === undefined) throw notFound();
  return {
    ...found,
    contributors: [...(await store.listNames(db, found.contributors)), ...writersElsewhere(found)],
    credits: [...creditsOf(await listCredits(db, id), number), ...creditsElsewhere(found)],
  };
};

export const listItems = async (
  { db, actor, now }: Context,
  { view = 'published', limit = 30, ...filter }: Inputs['listItems'],
): Promise<Outputs['listItems']> => {
  const { rows, nextCursor } = await store.listItems(db, itemScope(actor), { ...filter, view, limit });
  const covers = await listCovers(
    db,
    rows.map(({ id }) => id),
  );
  return {
    rows: rows.map((row) => ({ ...row, cover: covers.get(row.id) ?? null })),
    nextCursor,
    asOf: now.toISOString(),
  };
};

export const startingItem = async ({ db, actor }: Context): Promise<Outputs['startingItem']> => {
  const { all, fields } = writingReach(actor);
  return {
    fields: all ? null : [...fields],
    schools: await store.listSchools(db, ownSchools(actor)),
  };
};

/** What somebody may do with what hangs on an item. */
export const findItemAccess = async (
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  itemId: string,
): Promise<'see' | 'edit' | null> => {
  const item = await store.findItem(db, itemId, itemScope(actor));
  if (item === undefined) return null;
  return !item.withdrawn && mayKeepItem(actor, item) ? 'edit' : 'see';
};
