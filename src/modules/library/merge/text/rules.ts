import { align, type Likeness } from '../../alignment/rules.ts';
import { byJson } from '../../comparison/text/rules.ts';
import type {
  Block,
  CellBlock,
  Heading,
  Inline,
  List,
  ListItem,
  Paragraph,
  Table,
  TableCell,
  TableRow,
} from '../../content/contract.ts';
import { headingOf, inlinesOfTokens, isList, paragraphOf, tokensOfInlines } from '../../tokens/rules.ts';
import { mergeTokens } from '../cell/rules.ts';

interface Sides<Node> {
  readonly base: readonly Node[];
  readonly ours: readonly Node[];
  readonly theirs: readonly Node[];
}
export type Stretch<Node> = { readonly nodes: readonly Node[] } | { readonly conflict: Sides<Node> };

/** Three versions of one thing merged; null where it takes a person. */
type MergeOne<Node> = (base: Node, ours: Node, theirs: Node) => Node | null;

interface Kept<Node> {
  readonly node: Node;
  readonly likeness: Likeness;
}
/** One side seen from the base: what became of each node, and what came before each (and after the last). */
interface Side<Node> {
  readonly kept: readonly (Kept<Node> | null)[];
  readonly gaps: readonly (readonly Node[])[];
}

type AnyNode = Block | ListItem | TableRow | TableCell;

const sideOf = <Node extends AnyNode>(base: readonly Node[], nodes: readonly Node[]): Side<Node> => {
  const partners = align(base, nodes, byJson<Node>());
  const kept = partners.map((partner): Kept<Node> | null => {
    const node = partner === null ? undefined : nodes[partner.index];
    return partner === null || node === undefined ? null : { node, likeness: partner.likeness };
  });
  const gaps: Node[][] = Array.from({ length: base.length + 1 }, () => []);
  const places = new Map(
    partners.flatMap((partner, index) => (partner === null ? [] : [[partner.index, index]])),
  );
  let gap = 0;
  for (const [index, node] of nodes.entries()) {
    const place = places.get(index);
    if (place === undefined) gaps[gap]?.push(node);
    else gap = place + 1;
  }
  return { kept, gaps };
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const mergeGap = <Node>(ours: readonly Node[], theirs: readonly Node[]): Stretch<Node> => {
  if (theirs.length === 0 || isSame(ours, theirs)) return { nodes: ours };
  return ours.length === 0 ? { nodes: theirs } : { conflict: { base: [], ours, theirs } };
};

const mergeKept = <Node>(
  base: Node,
  ours: Kept<Node> | null,
  theirs: Kept<Node> | null,
  mergeOne: MergeOne<Node>,
): Stretch<Node> => {
  const [here, there] = [ours, theirs].map((side) => (side === null ? [] : [side.node]));
  if (theirs?.likeness === 'same' || isSame(here, there)) return { nodes: here ?? [] };
  if (ours?.likeness === 'same') return { nodes: there ?? [] };
  const merged =
    ours?.likeness === 'similar' && theirs?.likeness === 'similar'
      ? mergeOne(base, ours.node, theirs.node)
      : null;
  return merged === null
    ? { conflict: { base: [base], ours: here ?? [], theirs: there ?? [] } }
    : { nodes: [merged] };
};

const isRewritten = <Node>(side: Kept<Node> | null | undefined): boolean =>
  side === null || side?.likeness === 'replaced';

/** Node by node; where both sides put something in one place, or touched one node and it takes a person, a conflict. */
export const mergeNodes = <Node extends AnyNode>(
  sides: Sides<Node>,
  mergeOne: MergeOne<Node>,
): Stretch<Node>[] => {
  const [ours, theirs] = [sideOf(sides.base, sides.ours), sideOf(sides.base, sides.theirs)];
  const stretches: Stretch<Node>[] = [];
  const push = (stretch: Stretch<Node>): void => {
    const last = stretches.at(-1);
    if ('conflict' in stretch) stretches.push(stretch);
    else if (stretch.nodes.length === 0) return;
    else if (last !== undefined && 'nodes' in last)
      stretches[stretches.length - 1] = { nodes: [...last.nodes, ...stretch.nodes] };
    else stretches.push(stretch);
  };
  for (let index = 0; index <= sides.base.length; index += 1) {
    const [before, after] = [ours.gaps[index] ?? [], theirs.gaps[index] ?? []];
    const last = stretches.at(-1);
    const rewritten =
      (before.length === 0 || isRewritten(ours.kept[index - 1])) &&
      (after.length === 0 || isRewritten(theirs.kept[index - 1]));
    // What a side put in place of a node that it rewrote belongs to that node's conflict.
    const belongs = index > 0 && before.length + after.length > 0 && rewritten;
    if (belongs && last !== undefined && 'conflict' in last && last.conflict.base.length > 0) {
      const { conflict } = last;
      stretches[stretches.length - 1] = {
        conflict: {
          base: conflict.base,
          ours: [...conflict.ours, ...before],
          theirs: [...conflict.theirs, ...after],
        },
      };
    } else push(mergeGap(before, after));
    const base = sides.base[index];
    if (base !== undefined)
      push(mergeKept(base, ours.kept[index] ?? null, theirs.kept[index] ?? null, mergeOne));
  }
  return stretches;
};

/** All nodes, or null as soon as one takes a person. */
const mergeWhole = <Node extends AnyNode>(sides: Sides<Node>, mergeOne: MergeOne<Node>): Node[] | null => {
  const nodes: Node[] = [];
  for (const stretch of mergeNodes(sides, mergeOne)) {
    if ('conflict' in stretch) return null;
    nodes.push(...stretch.nodes);
  }
  return nodes.length === 0 ? null : nodes;
};

/** A value that has no inside: one side's change, null where both changed it. */
const mergeValue = <Value>(base: Value, ours: Value, theirs: Value): { readonly value: Value } | null => {
  if (ours === theirs || theirs === base) return { value: ours };
  return ours === base ? { value: theirs } : null;
};

const mergeInlines = (
  base: readonly Inline[] = [],
  ours: readonly Inline[] = [],
  theirs: readonly Inline[] = [],
): Inline[] | null => {
  const merged = mergeTokens(tokensOfInlines(base), tokensOfInlines(ours), tokensOfInlines(theirs));
  return merged === null ? null : inlinesOfTokens(merged);
};

const mergeParagraph: MergeOne<Paragraph> = (base, ours, theirs) => {
  const content = mergeInlines(base.content, ours.content, theirs.content);
  return content === null ? null : paragraphOf(content);
};

const levelOf = (line: Paragraph | Heading): number => (line.type === 'heading' ? line.attrs.level : 0);

const mergeLine: MergeOne<Paragraph | Heading> = (base, ours, theirs) => {
  const level = mergeValue(levelOf(base), levelOf(ours), levelOf(theirs));
  const content = mergeInlines(base.content, ours.content, theirs.content);
  if (level === null || content === null) return null;
  return level.value === 0 ? paragraphOf(content) : headingOf(level.value, content);
};

const mergeList: MergeOne<List> = (base, ours, theirs) => {
  const type = mergeValue(base.type, ours.type, theirs.type);
  const content = mergeWhole({ base: base.content, ours: ours.content, theirs: theirs.content }, mergeItem);
  return type === null || content === null ? null : { type: type.value, content };
};

const mergeItem: MergeOne<ListItem> = (base, ours, theirs) => {
  const content = mergeWhole<Paragraph | List>(
    { base: base.content, ours: ours.content, theirs: theirs.content },
    mergeCellNode,
  );
  return content === null ? null : { type: 'listItem', content };
};

const mergeCellNode: MergeOne<Paragraph | List> = (base, ours, theirs) => {
  if (base.type === 'paragraph')
    return ours.type === 'paragraph' && theirs.type === 'paragraph'
      ? mergeParagraph(base, ours, theirs)
      : null;
  return ours.type === 'paragraph' || theirs.type === 'paragraph' ? null : mergeList(base, ours, theirs);
};

const isInCell = (node: CellBlock): node is Paragraph | List => node.type !== 'blockMath';

/** A formula is one thing: changed on both sides it takes a person. */
const mergeCellBlock: MergeOne<CellBlock> = (base, ours, theirs) =>
  isInCell(base) && isInCell(ours) && isInCell(theirs) ? mergeCellNode(base, ours, theirs) : null;

const mergeCell: MergeOne<TableCell> = (base, ours, theirs) => {
  if (!isSame(base.attrs, ours.attrs) || !isSame(base.attrs, theirs.attrs)) return null;
  const type = mergeValue(base.type, ours.type, theirs.type);
  const content = mergeWhole<CellBlock>(
    { base: base.content, ours: ours.content, theirs: theirs.content },
    mergeCellBlock,
  );
  return type === null || content === null ? null : { type: type.value, attrs: base.attrs, content };
};

/** Cells one under the other. */
const mergeTableRow: MergeOne<TableRow> = (base, ours, theirs) => {
  if (base.content.length !== ours.content.length || base.content.length !== theirs.content.length)
    return null;
  const cells: TableCell[] = [];
  for (const [index, cell] of base.content.entries()) {
    const [here = cell, there = cell] = [ours.content[index], theirs.content[index]];
    const untouched = isSame(cell, there) || isSame(here, there) ? here : isSame(cell, here) ? there : null;
    const merged = untouched ?? mergeCell(cell, here, there);
    if (merged === null) return null;
    cells.push(merged);
  }
  return { type: 'tableRow', content: cells };
};

const widthOf = ({ content }: TableRow): number => content.reduce((sum, { attrs }) => sum + attrs.colspan, 0);
const shapeOf = (table: Table): string =>
  table.content
    .map((row) => row.content.map(({ attrs }) => `${attrs.colspan}×${attrs.rowspan}`).join())
    .join(';');

/**
 * Row by row while all three have the same columns. With cells that span rows, only where nobody changed the shape: a
 * row taken out or put in would tear them.
 */
const mergeTable: MergeOne<Table> = (base, ours, theirs) => {
  const sides = { base: base.content, ours: ours.content, theirs: theirs.content };
  const spanning = [base, ours, theirs].some(({ content }) =>
    content.some((row) => row.content.some(({ attrs }) => attrs.rowspan > 1)),
  );
  if (spanning) {
    if (shapeOf(base) !== shapeOf(ours) || shapeOf(base) !== shapeOf(theirs)) return null;
    const rows = base.content.map((row, index) =>
      mergeTableRow(row, ours.content[index] ?? row, theirs.content[index] ?? row),
    );
    const whole = rows.filter((row) => row !== null);
    return whole.length === rows.length ? { type: 'table', content: whole } : null;
  }
  const widths = new Set([base, ours, theirs].flatMap(({ content }) => content.map(widthOf)));
  if (widths.size !== 1) return null;
  const content = mergeWhole(sides, mergeTableRow);
  return content === null ? null : { type: 'table', content };
};

const isLine = (node: Block): node is Paragraph | Heading =>
  node.type === 'paragraph' || node.type === 'heading';

const mergeBlock: MergeOne<Block> = (base, ours, theirs) => {
  if (isLine(base)) return isLine(ours) && isLine(theirs) ? mergeLine(base, ours, theirs) : null;
  if (base.type === 'table')
    return ours.type === 'table' && theirs.type === 'table' ? mergeTable(base, ours, theirs) : null;
  return isList(base) && isList(ours) && isList(theirs) ? mergeList(base, ours, theirs) : null;
};

/** All three in normal form. */
export const mergeBlocks = (sides: Sides<Block>): Stretch<Block>[] => mergeNodes(sides, mergeBlock);
