import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { isId } from '#platform/ids.ts';
import { notFound } from '#platform/refusal.ts';
import type { Content } from '../content/contract.ts';
import { rowsOf } from '../content/rules.ts';
import { stageOfGrade } from '../edition-choice/rules.ts';
import { itemScope } from '../item/policy.ts';
import { findItem, findVersion, type StoredItem } from '../item/store.ts';
import { contentOf } from '../round/actions.ts';
import { findRound, type StoredRound } from '../round/store.ts';
import { findTextbookPaths, listUnits } from '../textbook/store.ts';
import {
  agreementReason,
  placedGoals,
  placedItems,
  porterIndex,
  proportions,
  tableOf,
  type Weights,
} from './agreement/rules.ts';
import type { consistencyContract } from './contract.ts';
import { type NamedPlace, placeOfPath, placeTyped } from './places/rules.ts';
import * as store from './store.ts';
import { lessonMinutes, limitOf } from './sums/rules.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof consistencyContract>;
type Outputs = InferContractRouterOutputs<typeof consistencyContract>;

export const getDesignLimits = async (
  { db, today }: Context,
  { grade }: Inputs['getDesignLimits'],
): Promise<Outputs['getDesignLimits']> => ({
  lessonMinutes: lessonMinutes(stageOfGrade(grade)),
  homework: limitOf(await store.readHomeworkBands(db, today), grade),
});

export interface ReadText {
  readonly item: StoredItem;
  /** Of a draft. */
  readonly round: StoredRound | null;
  readonly content: Content;
}

/** An item's text as it is published, or as it is being written where the caller may know. */
export const readText = async (
  context: Context,
  { itemId, of }: Inputs['getPaperAgreement'],
): Promise<ReadText> => {
  const { db, actor } = context;
  const item = await findItem(db, itemId, itemScope(actor));
  if (item === undefined) throw notFound();
  if (of === 'published') {
    const version = item.published === null ? undefined : await findVersion(db, itemId, item.published);
    if (version === undefined) throw notFound();
    return { item, round: null, content: version.content };
  }
  const round = item.roundId === null ? undefined : await findRound(db, item.roundId);
  if (round === undefined) throw notFound();
  return { item, round, content: await contentOf(context, round) };
};

/** Where rows say they belong, by what stands in their cell: an id of the textbook, or a name in the item's volume. */
export const placesNamed = async (
  { db }: Context,
  { item, content }: Pick<ReadText, 'item' | 'content'>,
  section: string,
): Promise<ReadonlyMap<string, NamedPlace>> => {
  const texts = [...new Set(rowsOf(content, section).map(({ cells }) => cells['content'] ?? ''))];
  const paths = await findTextbookPaths(db, texts.filter(isId));
  const units = item.volumeId === null ? [] : await listUnits(db, [item.volumeId]);
  return new Map(
    texts.flatMap((text) => {
      const path = paths.get(text);
      const place = path === undefined ? placeTyped(units, text) : placeOfPath(path);
      return place === null ? [] : [[text, place] as const];
    }),
  );
};

const shares = (table: Weights): number[][] => proportions(table) ?? table.map((row) => row.map(() => 0));

export const getPaperAgreement = async (
  context: Context,
  input: Inputs['getPaperAgreement'],
): Promise<Outputs['getPaperAgreement']> => {
  const { db, actor } = context;
  const text = await readText(context, input);
  const places = await placesNamed(context, text, 'items');
  const items = placedItems(text.content, (named) => places.get(named)?.unitId ?? null);
  const units = [...new Map([...places.values()].map(({ unitId, unit }) => [unitId, unit]))].map(
    ([id, name]) => ({ id, name }),
  );
  const unitIds = units.map(({ id }) => id);
  const designs = await store.listUnitDesigns(db, unitIds, itemScope(actor));
  const goals = unitIds.flatMap((unitId) => {
    const own = designs.filter((design) => design.unitId === unitId);
    const goalsOf = (kind: string) =>
      own.filter((design) => design.kind === kind).flatMap((design) => placedGoals(unitId, design.content));
    const whole = goalsOf('unit-design');
    // Lessons' goals stand in for a unit's that nobody has written, or not with their levels.
    return whole.length > 0 ? whole : goalsOf('lesson-design');
  });
  const reason = agreementReason(items, goals);
  const [paper, taught] = [tableOf(items.placed, unitIds), tableOf(goals, unitIds)];
  return {
    index: reason === null ? porterIndex(paper, taught) : null,
    reason,
    leftOut: items.leftOut,
    units,
    paper: shares(paper),
    goals: shares(taught),
  };
};
