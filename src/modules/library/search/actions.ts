import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { decodeCursor, encodeCursor } from '#platform/keyset.ts';
import { invalid } from '#platform/refusal.ts';
import { listCovers } from '../attachment/store.ts';
import { itemScope } from '../item/policy.ts';
import { listItemsOf } from '../item/store.ts';
import type { searchContract } from './contract.ts';
import { entryOf } from './entry/rules.ts';
import {
  byRank,
  excerptOf,
  type Filters,
  marksIn,
  nextSpan,
  type Query,
  readQuery,
  widening,
  wordsToMark,
  wordsToShow,
} from './query/rules.ts';
import * as store from './store.ts';
import { mostHits, mostSuggestions } from './vocabulary/contract.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof searchContract>;
type Outputs = InferContractRouterOutputs<typeof searchContract>;

const wholeNumber = /^\d{1,15}$/;

/** What was the newest on the first page, and the last row shown. */
const readCursor = (cursor: string) => {
  const { newest, rank, ordinal } = decodeCursor(cursor, ['newest', 'rank', 'ordinal']);
  if (![newest, rank, ordinal].every((part) => wholeNumber.test(part)))
    throw invalid('列表的位置已失效，请从头查看。');
  return { newest: Number(newest), rank: Number(rank), ordinal: Number(ordinal) };
};

const askedFor = (typed: string): Query => {
  const query = readQuery(typed);
  if (query.words.length === 0) throw invalid('请输入要找的字词。');
  return query;
};

/** The newest hits, the best first: as far back as it takes to have enough. */
const findHits = async ({ db, actor }: Context, query: Query, filters: Filters, newest: number) => {
  const scope = itemScope(actor);
  let hits: store.Hit[] = [];
  const spans = widening(query, filters, newest);
  for (let at = 0; at < spans.length && hits.length <= mostHits; at = nextSpan(spans, at, hits.length)) {
    const { lexemes = '' } = spans[at] ?? {};
    hits = await store.listHits(db, scope, { query, lexemes, newest });
  }
  return { hits: hits.slice(0, mostHits).toSorted(byRank), capped: hits.length > mostHits };
};

export const searchItems = async (
  context: Context,
  { q, cursor, limit = 30, ...filters }: Inputs['searchItems'],
): Promise<Outputs['searchItems']> => {
  const { db, actor, now } = context;
  const query = askedFor(q);
  const after = cursor === undefined ? null : readCursor(cursor);
  const newest = after?.newest ?? (await store.findNewestOrdinal(db));
  const { hits, capped } = await findHits(context, query, filters, newest);
  const left = after === null ? hits : hits.filter((hit) => byRank(hit, after) > 0);
  const shown = left.slice(0, limit);
  const last = shown.at(-1);
  const ids = shown.map(({ itemId }) => itemId);
  const items = new Map((await listItemsOf(db, ids, itemScope(actor))).map((item) => [item.id, item]));
  const covers = await listCovers(db, [...items.keys()]);
  const cuttings = await store.listCuttings(db, ids, query.titlesOnly ? [] : wordsToShow(query));
  const words = wordsToMark(query);
  return {
    rows: ids.flatMap((id) => {
      const item = items.get(id);
      const cutting = cuttings.get(id);
      return item === undefined
        ? []
        : [
            {
              ...item,
              cover: covers.get(id) ?? null,
              titleMarks: marksIn(item.title, words),
              excerpt: cutting === undefined ? null : excerptOf(cutting, words),
            },
          ];
    }),
    nextCursor:
      left.length > limit && last !== undefined
        ? encodeCursor([newest, last.rank, last.ordinal].map(String))
        : null,
    asOf: now.toISOString(),
    count: hits.length,
    capped,
    titlesOnly: query.titlesOnly,
  };
};

/** All hits of a search at once, the newest where there are more. */
export const findMatching = async (
  context: Context,
  { q, ...filters }: Filters & { readonly q: string },
): Promise<{ readonly ids: string[]; readonly capped: boolean }> => {
  const { hits, capped } = await findHits(
    context,
    askedFor(q),
    filters,
    await store.findNewestOrdinal(context.db),
  );
  return { ids: hits.map(({ itemId }) => itemId), capped };
};

/** Of titles that hold what is typed, each once. */
export const suggestTitles = async (
  context: Context,
  { q, ...filters }: Inputs['suggestTitles'],
): Promise<Outputs['suggestTitles']> => {
  const { db, actor } = context;
  const query = askedFor(q);
  const { hits } = await findHits(context, query, filters, await store.findNewestOrdinal(db));
  const ids = hits.flatMap(({ itemId, rank }) => (rank === 0 ? [itemId] : [])).slice(0, mostSuggestions * 3);
  const items = await listItemsOf(db, ids, itemScope(actor));
  const titles = new Map(
    ids.flatMap((id) => {
      const item = items.find((one) => one.id === id);
      return item === undefined ? [] : [[item.title, item] as const];
    }),
  );
  return {
    rows: [...titles.values()].slice(0, mostSuggestions).map(({ id, kind, title }) => ({ id, kind, title })),
  };
};

/** Whoever changes what an item is found by calls this in the same transaction. */
export const refreshSearchEntries = async (db: Queryable, itemIds: readonly string[]): Promise<void> => {
  const atOnce = 50;
  for (let from = 0; from < itemIds.length; from += atOnce) {
    const ids = itemIds.slice(from, from + atOnce);
    await store.lockItems(db, ids);
    for (const item of await store.listSearchables(db, ids)) {
      if (item.withdrawn) {
        await store.removeEntry(db, item.id);
        continue;
      }
      const { published, publishedInEntry } = item;
      const ordinal =
        item.ordinal === null || published !== publishedInEntry ? await store.nextOrdinal(db) : item.ordinal;
      await store.putEntry(db, { itemId: item.id, ordinal, published }, entryOf(item, ordinal));
    }
  }
};

/** Of what stands in units or lessons that were renamed. */
export const refreshSearchEntriesIn = async (db: Queryable, placeIds: readonly string[]): Promise<void> => {
  if (placeIds.length > 0) await refreshSearchEntries(db, await store.listItemsIn(db, placeIds));
};

/** Of items that came in without one, as the demonstration's do. */
export const addMissingSearchEntries = async (db: Queryable): Promise<void> =>
  refreshSearchEntries(db, await store.listItemsWithoutEntry(db));
