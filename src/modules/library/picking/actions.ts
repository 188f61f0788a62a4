import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { sumOfPoints } from '../blueprint/rules.ts';
import { lockDraft, replaceDraftSection } from '../co-editing/store.ts';
import { competenciesOfStage } from '../competency/rules.ts';
import { findCompetencyStandard } from '../competency/store.ts';
import { readText } from '../consistency/actions.ts';
import { numberIn } from '../content/cell-number/rules.ts';
import type { Row } from '../content/contract.ts';
import { rowsOf } from '../content/rules.ts';
import { itemScope, ownPersonId } from '../item/policy.ts';
import { findItem, findVersion, listItemsOf, listNames, type StoredItem } from '../item/store.ts';
import { notePictures } from '../picture/standing/actions.ts';
import { contentOf, draftContent } from '../round/actions.ts';
import { mayWriteRound } from '../round/policy.ts';
import { findRound, type StoredRound } from '../round/store.ts';
import { findMatching } from '../search/actions.ts';
import { unitName } from '../textbook/rules.ts';
import { listTextbookNames, listUnits } from '../textbook/store.ts';
import type { pickingContract } from './contract.ts';
import {
  nextNumber,
  type Picked,
  pickedOf,
  pickedRows,
  pickRefusal,
  renewedCells,
  takenCells,
} from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof pickingContract>;
type Outputs = InferContractRouterOutputs<typeof pickingContract>;

interface Standing {
  readonly paper: StoredItem;
  readonly round: StoredRound;
}

/** The open round of a paper, for those who see it before it is published. */
const findPaper = async ({ db, actor }: Context, roundId: string, lock?: 'change'): Promise<Standing> => {
  const round = await findRound(db, roundId, lock);
  const paper = round === undefined ? undefined : await findItem(db, round.itemId, itemScope(actor));
  if (round === undefined || paper?.roundId !== round.id) throw notFound();
  if (paper.kind !== 'test-paper') throw invalid('只有试卷资源可以从题库选题。');
  return { paper, round };
};

export const openPicking = async (
  context: Context,
  { roundId }: Inputs['openPicking'],
): Promise<Outputs['openPicking']> => {
  const { db, actor } = context;
  const { paper, round } = await findPaper(context, roundId);
  const { volumeId, subject, stage } = paper;
  const standard = await findCompetencyStandard(db, subject);
  const rows = rowsOf(await contentOf(context, round), 'items');
  return {
    itemId: paper.id,
    title: paper.title,
    mayPick: !paper.withdrawn && mayWriteRound(actor, paper, round),
    units:
      volumeId === null
        ? []
        : (await listUnits(db, [volumeId])).map((unit) => ({ id: unit.id, name: unitName(unit) })),
    competencies: standard === undefined ? [] : competenciesOfStage(standard, stage).map(({ name }) => name),
    textbook: await listTextbookNames(db, volumeId),
    items: rows.length,
    points: sumOfPoints(rows.map(({ cells }) => numberIn(cells['points']))),
  };
};

export const listTestItems = async (
  context: Context,
  { roundId, q = '', limit = 20, ...filter }: Inputs['listTestItems'],
): Promise<Outputs['listTestItems']> => {
  const { db, actor, now } = context;
  const { paper, round } = await findPaper(context, roundId);
  const { stage, subject, grade, volumeId } = paper;
  const words =
    q === ''
      ? undefined
      : await findMatching(context, {
          q,
          kind: 'test-item',
          stage,
          subject,
          grade,
          ...(volumeId === null ? {} : { volumeId }),
        });
  const scope = itemScope(actor);
  const { rows, nextCursor } = await store.listTestItems(db, scope, paper, {
    ...filter,
    among: words?.ids,
    limit,
  });
  const ids = rows.map(({ id }) => id);
  const items = new Map((await listItemsOf(db, ids, scope)).map((item) => [item.id, item]));
  const here = Map.groupBy(pickedRows(await contentOf(context, round)), ({ itemId }) => itemId);
  return {
    rows: rows.flatMap(({ id, number, content, papers }) => {
      const item = items.get(id);
      return item === undefined
        ? []
        : [
            {
              id,
              title: item.title,
              schoolName: item.schoolName,
              names: item.names,
              number,
              cells: rowsOf(content, 'items')[0]?.cells ?? {},
              refusal: pickRefusal(content),
              papers,
              here: (here.get(id) ?? []).map(({ name }) => name),
            },
          ];
    }),
    nextCursor,
    asOf: now.toISOString(),
    capped: words?.capped ?? false,
  };
};

/** The draft as it stands, closed to others until the transaction ends, for somebody who may write in it. */
const takeUpDraft = async (
  context: Context,
  roundId: string,
): Promise<Standing & { rows: readonly Row[] }> => {
  const standing = await findPaper(context, roundId, 'change');
  const { paper, round } = standing;
  if (paper.withdrawn || !mayWriteRound(context.actor, paper, round))
    throw round.state === 'drafting'
      ? forbidden('试卷由编写它的中心组或学校选题。')
      : conflict('这份试卷已经送审，不能再选题。请先收回。');
  await lockDraft(context.db, roundId);
  return { ...standing, rows: rowsOf(await draftContent(context.db, roundId), 'items') };
};

/** What is taken of a test item's version, and the place that it belongs to by its own entry. */
const readTestItem = async ({ db, actor }: Context, paper: StoredItem, { itemId, number }: Picked) => {
  const item = await findItem(db, itemId, itemScope(actor));
  const version =
    item?.kind === 'test-item' && item.published !== null ? await findVersion(db, itemId, number) : undefined;
  if (item === undefined || version === undefined) throw notFound();
  if (item.withdrawn) throw conflict('这道题已经撤下，请换一道。');
  if (item.subject !== paper.subject || item.stage !== paper.stage || item.grade !== paper.grade)
    throw invalid('只能选入本学科、本年级的试题。');
  if (paper.volumeId !== null && item.volumeId !== paper.volumeId)
    throw invalid('只能选入试卷这一册的试题。');
  if (!item.shared && item.schoolId !== paper.schoolId)
    throw invalid('这是一所学校没有公开的试题，只能选入这所学校自己的试卷。');
  if (number !== item.published)
    throw conflict(`这道题已有第${item.published}版，请看过新版再选。`, { number: item.published });
  const refusal = pickRefusal(version.content);
  if (refusal !== null) throw invalid(refusal);
  return { cells: rowsOf(version.content, 'items')[0]?.cells ?? {}, place: item.lessonId ?? item.unitId };
};

const writeRows = async (
  context: Context,
  { paper, round }: Standing,
  rows: readonly Row[],
  what: { readonly action: string; readonly picked: Picked },
): Promise<void> => {
  const { db, origin } = context;
  if (rows.length > 500) throw conflict('一份试卷最多 500 道题。请先删去不用的。');
  const body = { form: 'rows' as const, rows: [...rows] };
  const personId = ownPersonId(context);
  if (!(await replaceDraftSection(db, round.id, { key: 'items', body, personId })))
    throw conflict('草稿已经关闭，没有选入。请刷新页面查看。');
  await notePictures(
    context,
    { documentId: round.id, itemId: paper.id },
    { sections: [{ key: 'items', title: '试题', body }] },
  );
  await recordAudit(db, origin, {
    action: `library.test-item-${what.action}`,
    objectKind: 'library-round',
    objectId: round.id,
    after: { itemId: paper.id, picked: what.picked.itemId, number: what.picked.number },
  });
};

export const pickTestItem = async (
  context: Context,
  { roundId, ...picked }: Inputs['pickTestItem'],
): Promise<Outputs['pickTestItem']> => {
  const { rows, ...standing } = await takeUpDraft(context, roundId);
  const { cells, place } = await readTestItem(context, standing.paper, picked);
  const number = nextNumber(rows);
  const [person] = await listNames(context.db, [ownPersonId(context)]);
  const chooser = person?.name ?? context.actor.name;
  // Short, as the editor's own: it stands in every cell's name.
  const id = newId().replaceAll('-', '').slice(-12);
  const row = { id, cells: takenCells(cells, picked, { number, chooser, place }) };
  await writeRows(context, standing, [...rows, row], { action: 'picked', picked });
  return { rowId: id, name: `第${number}题` };
};

export const renewPick = async (
  context: Context,
  { roundId, rowId, to }: Inputs['renewPick'],
): Promise<Outputs['renewPick']> => {
  const { rows, ...standing } = await takeUpDraft(context, roundId);
  const index = rows.findIndex(({ id }) => id === rowId);
  const row = rows[index];
  const old = row === undefined ? null : pickedOf(row.cells);
  if (row === undefined || old === null)
    throw notFound('这一行已经删去，或不是从题库选入的。请刷新页面查看。');
  const name = `第${row.cells['number'] ?? index + 1}题`;
  if (old.number === to) return { rowId, name };
  const picked = { itemId: old.itemId, number: to };
  const { cells, place } = await readTestItem(context, standing.paper, picked);
  const renewed = { id: rowId, cells: renewedCells(row.cells, cells, picked, place) };
  await writeRows(context, standing, rows.with(index, renewed), { action: 'renewed', picked });
  return { rowId, name };
};

export const listPicks = async (
  context: Context,
  input: Inputs['listPicks'],
): Promise<Outputs['listPicks']> => {
  const { item, content } = await readText(context, input);
  if (item.kind !== 'test-paper') throw invalid('只有试卷资源有从题库选入的题。');
  const rows = pickedRows(content);
  const ids = [...new Set(rows.map(({ itemId }) => itemId))];
  const found = await listItemsOf(context.db, ids, itemScope(context.actor));
  const items = new Map(found.map((one) => [one.id, one]));
  return {
    rows: rows.map(({ rowId, name, itemId, number }) => {
      const source = items.get(itemId);
      const published = source?.published ?? null;
      return {
        rowId,
        name,
        itemId,
        number,
        title: source?.title ?? null,
        newer: published !== null && published > number ? published : null,
        withdrawn: source?.withdrawn ?? false,
        again: rows.flatMap((other) =>
          other.itemId === itemId && other.rowId !== rowId ? [other.name] : [],
        ),
      };
    }),
  };
};

export const listItemUses = async (
  { db, actor }: Context,
  { itemId }: Inputs['listItemUses'],
): Promise<Outputs['listItemUses']> => {
  const scope = itemScope(actor);
  const item = await findItem(db, itemId, scope);
  if (item === undefined) throw notFound();
  if (item.kind !== 'test-item') throw invalid('只有试题资源统计用在几份试卷里。');
  return {
    papers: await store.countPapersWith(db, itemId),
    rows: await store.listPapersWith(db, itemId, scope, 50),
  };
};
