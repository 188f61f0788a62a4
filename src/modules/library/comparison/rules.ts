import { areSimilar, bagOf } from '../alignment/rules.ts';
import type { Body, Content, Row, Section } from '../content/contract.ts';
import { longestIncreasing } from '../sequence/rules.ts';
import { normalBody, textOfToken, tokensOfCell } from '../tokens/rules.ts';
import type {
  BodyDifference,
  CellDifference,
  CellPiece,
  ContentDifference,
  RowDifference,
  SectionDifference,
} from './contract.ts';
import { compareBlocks, eachToken } from './text/rules.ts';

const compareText = (before: string, after: string): CellPiece[] => {
  const [old, now] = [tokensOfCell(before), tokensOfCell(after)];
  const bags = [old, now].map((tokens) => bagOf(tokens.map(({ key }) => key)));
  // Two texts with little in common read better one after the other.
  if (bags[0] !== undefined && bags[1] !== undefined && !areSimilar(bags[0], bags[1]))
    return [
      { change: 'removed', text: before },
      { change: 'added', text: after },
    ];
  const pieces: CellPiece[] = [];
  eachToken(old, now, (change, token) => {
    const text = textOfToken(token);
    const last = pieces.at(-1);
    if (last?.change === change) pieces[pieces.length - 1] = { change, text: last.text + text };
    else pieces.push({ change, text });
  });
  return pieces;
};

const compareCell = (
  column: string,
  before: string | undefined,
  after: string | undefined,
): CellDifference => {
  if (before === undefined)
    return { column, change: 'added', pieces: [{ change: 'added', text: after ?? '' }] };
  if (after === undefined)
    return { column, change: 'removed', pieces: [{ change: 'removed', text: before }] };
  return before === after
    ? { column, change: 'same', pieces: [{ change: 'same', text: after }] }
    : { column, change: 'changed', pieces: compareText(before, after) };
};

interface Kept<Item> {
  readonly before: Item | null;
  readonly after: Item | null;
  readonly moved: boolean;
}

/** What two lists hold under one key, in the new order; what is gone stands after what stood before it. */
const pairByKey = <Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): Kept<Item>[] => {
  const old = new Map(before.map((item, index) => [keyOf(item), { item, index }]));
  const present = new Set(after.map(keyOf));
  const stayed = after.filter((item) => old.has(keyOf(item)));
  const inPlace = new Set(
    longestIncreasing(stayed.map((item) => old.get(keyOf(item))?.index ?? 0)).flatMap((index) => {
      const item = stayed[index];
      return item === undefined ? [] : [keyOf(item)];
    }),
  );
  const goneAfter = new Map<string, Item[]>();
  let anchor = '';
  for (const item of before) {
    if (present.has(keyOf(item))) anchor = keyOf(item);
    else goneAfter.set(anchor, [...(goneAfter.get(anchor) ?? []), item]);
  }
  const gone = (key: string): Kept<Item>[] =>
    (goneAfter.get(key) ?? []).map((item) => ({ before: item, after: null, moved: false }));
  return [
    ...gone(''),
    ...after.flatMap((item) => {
      const key = keyOf(item);
      const known = old.get(key)?.item ?? null;
      return [{ before: known, after: item, moved: known !== null && !inPlace.has(key) }, ...gone(key)];
    }),
  ];
};

const compareRows = (before: readonly Row[], after: readonly Row[]): RowDifference[] =>
  pairByKey(before, after, ({ id }) => id).map(({ before: old, after: now, moved }) => {
    const columns = [...new Set([...Object.keys(old?.cells ?? {}), ...Object.keys(now?.cells ?? {})])];
    const cells = columns.map((column) => compareCell(column, old?.cells[column], now?.cells[column]));
    const id = now?.id ?? old?.id ?? '';
    if (old === null) return { id, change: 'added', moved, cells };
    if (now === null) return { id, change: 'removed', moved, cells };
    return { id, change: cells.every(({ change }) => change === 'same') ? 'same' : 'changed', moved, cells };
  });

const compareNormal = (before: Body, after: Body): BodyDifference => {
  if (before.form === 'text')
    return after.form === 'text'
      ? { form: 'text', blocks: compareBlocks(before.blocks, after.blocks) }
      : { form: 'replaced', before, after };
  return after.form === 'rows'
    ? { form: 'rows', rows: compareRows(before.rows, after.rows) }
    : { form: 'replaced', before, after };
};

export const compareBodies = (before: Body, after: Body): BodyDifference =>
  compareNormal(normalBody(before), normalBody(after));

const emptyLike = (body: Body): Body =>
  body.form === 'text' ? { form: 'text', blocks: [] } : { form: 'rows', rows: [] };

const isSame = (difference: BodyDifference): boolean => {
  if (difference.form === 'replaced') return false;
  return difference.form === 'text'
    ? difference.blocks.every(({ change }) => change === 'same')
    : difference.rows.every(({ change, moved }) => change === 'same' && !moved);
};

const compareSection = ({ before, after, moved }: Kept<Section>): SectionDifference[] => {
  const one = after ?? before;
  if (one === null) return [];
  const body = compareBodies(before?.body ?? emptyLike(one.body), after?.body ?? emptyLike(one.body));
  const changed = isSame(body) ? 'same' : 'changed';
  return [
    {
      key: one.key,
      change: before === null ? 'added' : after === null ? 'removed' : changed,
      title: one.title,
      titleBefore: before !== null && before.title !== one.title ? before.title : null,
      moved,
      body,
    },
  ];
};

/**
 * The readable difference of two contents. Nothing in it is lost: read with what was removed it is the old content,
 * read with what was added the new one.
 */
export const compareContents = (before: Content, after: Content): ContentDifference => ({
  sections: pairByKey(before.sections, after.sections, ({ key }) => key).flatMap(compareSection),
});
