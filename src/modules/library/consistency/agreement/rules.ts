import { numberIn } from '../../content/cell-number/rules.ts';
import type { Content } from '../../content/contract.ts';
import { rowsOf } from '../../content/rules.ts';
import { levels } from '../../template/contract.ts';

export const levelKeys: readonly string[] = Object.keys(levels);

/** Rows are units, columns levels. */
export type Weights = readonly (readonly number[])[];

const total = (table: Weights): number => table.flat().reduce((sum, weight) => sum + weight, 0);

/** Each cell's part of the whole; null of a table in which nothing stands. */
export const proportions = (table: Weights): number[][] | null => {
  const whole = total(table);
  return whole > 0 ? table.map((row) => row.map((weight) => weight / whole)) : null;
};

/**
 * Porter's P = 1 − Σ|x − y| / 2 over proportions: 1 is identical, 0 disjoint. Null where one of them is empty, or where
 * they are not of the same size: what P counts as good hangs on the number of cells (domain.md 3.5).
 */
export const porterIndex = (one: Weights, other: Weights): number | null => {
  const sameSize =
    one.length === other.length && one.every((row, index) => row.length === other[index]?.length);
  const [x, y] = [proportions(one), proportions(other)];
  if (!sameSize || x === null || y === null) return null;
  const apart = x.flatMap((row, at) => row.map((share, column) => Math.abs(share - (y[at]?.[column] ?? 0))));
  const index = 1 - apart.reduce((sum, difference) => sum + difference, 0) / 2;
  // Rounding in binary fractions must not lead out of 0…1.
  return Math.min(1, Math.max(0, Math.round(index * 1e9) / 1e9));
};

/** Something of a unit on a level, with its weight: points of an item, or one goal. */
export interface Placed {
  readonly unitId: string;
  readonly level: string;
  readonly weight: number;
}

export const tableOf = (placed: readonly Placed[], units: readonly string[]): number[][] =>
  units.map((unit) =>
    levelKeys.map((level) =>
      placed
        .filter((one) => one.unitId === unit && one.level === level)
        .reduce((sum, { weight }) => sum + weight, 0),
    ),
  );

/** Items of a paper that name a content, a level and points; `unitOf` says in which unit a content stands. */
export const placedItems = (
  paper: Content,
  unitOf: (contentId: string) => string | null,
): { readonly placed: Placed[]; readonly leftOut: number } => {
  const rows = rowsOf(paper, 'items');
  const placed = rows.flatMap(({ cells }) => {
    const unitId = unitOf(cells['content'] ?? '');
    const level = cells['level'] ?? '';
    const weight = numberIn(cells['points']);
    return unitId !== null && levelKeys.includes(level) && weight > 0 ? [{ unitId, level, weight }] : [];
  });
  return { placed, leftOut: rows.length - placed.length };
};

/** Goals of a unit's design that name a level; each weighs the same. */
export const placedGoals = (unitId: string, design: Content): Placed[] =>
  rowsOf(design, 'goals').flatMap(({ cells }) => {
    const level = cells['level'] ?? '';
    return levelKeys.includes(level) ? [{ unitId, level, weight: 1 }] : [];
  });

/** Why there is no index, as what to do about it; null where there is one. */
export const agreementReason = (
  items: { readonly placed: readonly Placed[]; readonly leftOut: number },
  goals: readonly Placed[],
): string | null => {
  if (items.placed.length === 0)
    return items.leftOut === 0
      ? '试卷还没有题目。'
      : '没有一道题同时写明考查内容、水平和分值，无法与目标比较。请先补上这三栏。';
  return goals.length === 0
    ? '这些单元已发布的设计没有写明目标的水平，无法比较。请在单元或课时教学设计的目标里选上“水平”。'
    : null;
};
