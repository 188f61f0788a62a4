import { type Aligned, align } from '../../alignment/rules.ts';
import type {
  Block,
  CellBlock,
  Heading,
  Inline,
  List,
  ListItem,
  MarkType,
  Paragraph,
  TableCell,
  TableRow,
} from '../../content/contract.ts';
import { findHunks, joinSplinters } from '../../sequence/rules.ts';
import { inlinesOfTokens, isList, type Token, tokensOfInlines, wordsInside } from '../../tokens/rules.ts';
import type {
  BlockDifference,
  BlockInside,
  CellBlockInside,
  CellInside,
  ItemInside,
  LineInside,
  ListInside,
  NodeDifference,
  Piece,
  TableRowInside,
} from '../contract.ts';

/** Walks two sequences of tokens as one: what is the same, what went, what came. */
export const eachToken = (
  before: readonly Token[],
  after: readonly Token[],
  visit: (change: 'same' | 'added' | 'removed', token: Token, tokenBefore: Token) => void,
): void => {
  let [a, b] = [0, 0];
  const same = (until: number): void => {
    for (; a < until; a += 1, b += 1) {
      const [old, now] = [before[a], after[b]];
      if (old !== undefined && now !== undefined) visit('same', now, old);
    }
  };
  const hunks = findHunks(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  );
  for (const hunk of joinSplinters(hunks)) {
    same(hunk.fromA);
    for (const token of before.slice(hunk.fromA, hunk.toA)) visit('removed', token, token);
    for (const token of after.slice(hunk.fromB, hunk.toB)) visit('added', token, token);
    [a, b] = [hunk.toA, hunk.toB];
  }
  same(before.length);
};

export const compareInlines = (before: readonly Inline[], after: readonly Inline[]): Piece[] => {
  const pieces: Piece[] = [];
  let run: Token[] = [];
  let [change, marksBefore]: [Piece['change'], readonly MarkType[]] = ['same', []];
  const flush = (): void => {
    for (const inline of inlinesOfTokens(run))
      pieces.push(change === 'restyled' ? { change, inline, marksBefore } : { change, inline });
    run = [];
  };
  eachToken(tokensOfInlines(before), tokensOfInlines(after), (what, token, tokenBefore) => {
    const restyled =
      what === 'same' && token.marks !== tokenBefore.marks && token.marks.join() !== tokenBefore.marks.join();
    const now = restyled ? 'restyled' : what;
    const old = restyled ? tokenBefore.marks : [];
    if (now !== change || old.join() !== marksBefore.join()) flush();
    [change, marksBefore] = [now, old];
    run.push(token);
  });
  flush();
  return pieces;
};

/** `inside` gives null where the two are not of one kind: then the old one is removed and the new one added. */
const compareNodes = <Node, Inside>(
  before: readonly Node[],
  after: readonly Node[],
  kind: Aligned<Node>,
  inside: (before: Node, after: Node) => Inside | null,
): NodeDifference<Node, Inside>[] => {
  const differences: NodeDifference<Node, Inside>[] = [];
  let next = 0;
  const addUntil = (index: number): void => {
    for (const node of after.slice(next, index)) differences.push({ change: 'added', node });
    next = Math.max(next, index);
  };
  for (const [index, partner] of align(before, after, kind).entries()) {
    const node = before[index];
    if (node === undefined) continue;
    const now = partner === null ? undefined : after[partner.index];
    if (partner === null || now === undefined) {
      differences.push({ change: 'removed', node });
      continue;
    }
    addUntil(partner.index);
    const changed = partner.likeness === 'same' ? null : inside(node, now);
    if (partner.likeness === 'same') differences.push({ change: 'same', node: now });
    else if (partner.likeness === 'similar' && changed !== null)
      differences.push({ change: 'changed', inside: changed });
    else differences.push({ change: 'removed', node }, { change: 'added', node: now });
    next = partner.index + 1;
  }
  addUntil(after.length);
  return differences;
};

const levelOf = (line: Paragraph | Heading): number => (line.type === 'heading' ? line.attrs.level : 0);

const compareLines = (before: Paragraph | Heading, after: Paragraph | Heading): LineInside => ({
  type: 'line',
  levelBefore: levelOf(before),
  levelAfter: levelOf(after),
  pieces: compareInlines(before.content ?? [], after.content ?? []),
});

/** Nodes are told apart by their JSON: give only what is in normal form. */
export const byJson = <Node extends Block | ListItem | TableRow | TableCell>(): Aligned<Node> => ({
  keyOf: (node) => JSON.stringify(node),
  wordsInside,
});

const compareLists = (before: List, after: List): ListInside => ({
  type: 'list',
  listBefore: before.type,
  listAfter: after.type,
  items: compareNodes(before.content, after.content, byJson<ListItem>(), compareItems),
});

const compareItems = (before: ListItem, after: ListItem): ItemInside => ({
  nodes: compareNodes(before.content, after.content, byJson<Paragraph | List>(), (one, other) => {
    if (one.type === 'paragraph') return other.type === 'paragraph' ? compareLines(one, other) : null;
    return other.type === 'paragraph' ? null : compareLists(one, other);
  }),
});

const compareCellBlocks = (before: CellBlock, after: CellBlock): CellBlockInside | null => {
  if (before.type === 'paragraph' && after.type === 'paragraph') return compareLines(before, after);
  if (before.type === 'blockMath' && after.type === 'blockMath')
    return { type: 'math', latexBefore: before.attrs.latex, latexAfter: after.attrs.latex };
  return isList(before) && isList(after) ? compareLists(before, after) : null;
};

const compareCells = (before: TableCell, after: TableCell): CellInside => ({
  before: { type: before.type, attrs: before.attrs },
  after: { type: after.type, attrs: after.attrs },
  nodes: compareNodes(before.content, after.content, byJson<CellBlock>(), compareCellBlocks),
});

/** Cells of rows of one length stand one under the other, else as they fit. */
const compareTableRows = (before: TableRow, after: TableRow): TableRowInside => {
  if (before.content.length !== after.content.length)
    return { cells: compareNodes(before.content, after.content, byJson<TableCell>(), compareCells) };
  const cells = before.content.map((cell, index): NodeDifference<TableCell, CellInside> => {
    const now = after.content[index] ?? cell;
    return JSON.stringify(cell) === JSON.stringify(now)
      ? { change: 'same', node: now }
      : { change: 'changed', inside: compareCells(cell, now) };
  });
  return { cells };
};

const isLine = (node: Block): node is Paragraph | Heading =>
  node.type === 'paragraph' || node.type === 'heading';

const compareBlock = (before: Block, after: Block): BlockInside | null => {
  if (isLine(before)) return isLine(after) ? compareLines(before, after) : null;
  if (before.type === 'table')
    return after.type === 'table'
      ? {
          type: 'table',
          rows: compareNodes(before.content, after.content, byJson<TableRow>(), compareTableRows),
        }
      : null;
  return after.type === 'table' || isLine(after) ? null : compareCellBlocks(before, after);
};

/** Both in normal form. */
export const compareBlocks = (before: readonly Block[], after: readonly Block[]): BlockDifference[] =>
  compareNodes(before, after, byJson<Block>(), compareBlock);
