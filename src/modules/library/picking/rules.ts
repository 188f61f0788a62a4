import type { Content, Row } from '../content/contract.ts';
import { rowsOf } from '../content/rules.ts';

type Cells = Row['cells'];

/** A published version of a test item, from which a row of a paper was taken. */
export interface Picked {
  readonly itemId: string;
  readonly number: number;
}

const pickedCell = ({ itemId, number }: Picked): string => `${itemId}@${number}`;

/** Where a row of a paper comes from; null of one that was written here, or says nothing that can be read. */
export const pickedOf = (cells: Cells): Picked | null => {
  const [, itemId, number] =
    /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([1-9]\d{0,5})$/.exec(cells['picked'] ?? '') ?? [];
  return itemId === undefined ? null : { itemId, number: Number(number) };
};

export interface PickedRow extends Picked {
  readonly rowId: string;
  /** Place among the paper's rows, from 1. */
  readonly place: number;
  /** As the paper numbers it, else its place. */
  readonly name: string;
}

/** The rows of a paper that were picked, in its order. */
export const pickedRows = (paper: Content): PickedRow[] =>
  rowsOf(paper, 'items').flatMap(({ id, cells }, index) => {
    const picked = pickedOf(cells);
    const place = index + 1;
    return picked === null ? [] : [{ ...picked, rowId: id, place, name: `第${cells['number'] ?? place}题` }];
  });

/** Items that stand in a paper more than once, as what to do. */
export const repeatedProblems = (paper: Content): string[] =>
  [...Map.groupBy(pickedRows(paper), ({ itemId }) => itemId).values()].flatMap((rows) =>
    rows.length < 2 ? [] : [`${rows.map(({ name }) => name).join('、')}是题库中的同一道题，请只留一道。`],
  );

/** What a lawful item must say of itself and does not (教基厅〔2025〕3号; domain.md 2.9), by the names of the columns. */
export const missingFacts = (cells: Cells): string[] => [
  ...(cells['source'] === undefined ? ['来源'] : []),
  ...(cells['source'] !== undefined && cells['source'] !== 'original' && cells['sourceNote'] === undefined
    ? ['出处']
    : []),
  ...(cells['author'] === undefined ? ['命题人'] : []),
  ...(cells['chooser'] === undefined ? ['选题人'] : []),
  ...(cells['reviewer'] === undefined ? ['审题人'] : []),
];

/** Why a published test item may not stand in a paper; null where it may. */
export const pickRefusal = (item: Content): string | null => {
  const [row, ...more] = rowsOf(item, 'items');
  if (row === undefined) return '这份试题资源里没有题目，不能选入。';
  if (more.length > 0) return '这份试题资源里不止一道题，不能选入。请告诉编写人一条资源只放一道题。';
  const { cells } = row;
  if (cells['purchased'] === 'yes') return '标为购买的试题。义务教育学校不得购买试题，请换一道。';
  if (cells['purchased'] !== 'no') return '没有注明是否购买，不能选入。请告诉编写人补上，或换一道。';
  if (cells['stem'] === undefined) return '没有题目，不能选入。';
  const missing = missingFacts(cells);
  return missing.length === 0
    ? null
    : `没有写明${missing.join('、')}，不能选入。请告诉编写人补上，或换一道。`;
};

/** The number after the highest that a paper gives to an item. */
export const nextNumber = (rows: readonly Row[]): string =>
  String(
    Math.max(
      rows.length,
      ...rows.map(({ cells }) => (/^\d{1,4}$/.test(cells['number'] ?? '') ? Number(cells['number']) : 0)),
    ) + 1,
  );

/** What the paper says of itself: its own numbering, what an item is worth in it, and who chose it. */
const ofThePaper = ['number', 'points', 'chooser'] as const;

const own = (cells: Cells): Record<string, string> =>
  Object.fromEntries(
    ofThePaper.flatMap((key) => {
      const text = cells[key];
      return text === undefined ? [] : [[key, text] as const];
    }),
  );

/** The cells of a paper's row: the item's own with where it comes from, under the paper's number and chooser. */
export const takenCells = (
  item: Cells,
  picked: Picked,
  {
    number,
    chooser,
    place,
  }: { readonly number: string; readonly chooser: string; readonly place: string | null },
): Record<string, string> => ({
  ...(place === null ? {} : { content: place }),
  ...item,
  number,
  chooser,
  picked: pickedCell(picked),
});

/** A picked row after its item's newer version was taken over: number, points and chooser stay the paper's. */
export const renewedCells = (
  row: Cells,
  item: Cells,
  picked: Picked,
  place: string | null,
): Record<string, string> => ({
  ...(place === null ? {} : { content: place }),
  ...item,
  ...own(row),
  picked: pickedCell(picked),
});
