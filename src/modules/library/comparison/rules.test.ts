import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type {
  Block,
  Body,
  CellBlock,
  Content,
  Inline,
  List,
  ListItem,
  Paragraph,
  Row,
  TableCell,
  TableRow,
} from '../content/contract.ts';
import { bodyTriple, contentTriple } from '../merge/design/testing.ts';
import { headingOf, normalBody, paragraphOf, withMarks } from '../tokens/rules.ts';
import type {
  BlockInside,
  BodyDifference,
  CellBlockInside,
  CellInside,
  ItemInside,
  LineInside,
  ListInside,
  NodeDifference,
  Piece,
  TableRowInside,
} from './contract.ts';
import { compareBodies, compareContents } from './rules.ts';

type When = 'before' | 'after';
const leftOut = { before: 'added', after: 'removed' } as const;

/** Reads a difference as the old or the new content: what the page draws must hold both. */
const nodesOf = <Node, Inside>(
  differences: readonly NodeDifference<Node, Inside>[],
  when: When,
  inside: (one: Inside, when: When) => Node,
): Node[] =>
  differences.flatMap((one) => {
    if (one.change === 'changed') return [inside(one.inside, when)];
    return one.change === leftOut[when] ? [] : [one.node];
  });

const inlinesOf = (pieces: readonly Piece[], when: When): Inline[] =>
  pieces.flatMap((piece) => {
    if (piece.change === leftOut[when]) return [];
    return piece.change === 'restyled' && when === 'before'
      ? [withMarks(piece.inline, piece.marksBefore)]
      : [piece.inline];
  });
const paragraphIn = (line: LineInside, when: When): Paragraph => paragraphOf(inlinesOf(line.pieces, when));
const listIn = (list: ListInside, when: When): List => ({
  type: when === 'before' ? list.listBefore : list.listAfter,
  content: nodesOf(list.items, when, itemIn),
});
const itemIn = (item: ItemInside, when: When): ListItem => ({
  type: 'listItem',
  content: nodesOf(item.nodes, when, (node, at): Paragraph | List =>
    node.type === 'line' ? paragraphIn(node, at) : listIn(node, at),
  ),
});
const cellBlockIn = (inside: CellBlockInside, when: When): CellBlock => {
  if (inside.type === 'line') return paragraphIn(inside, when);
  if (inside.type === 'list') return listIn(inside, when);
  return { type: 'blockMath', attrs: { latex: when === 'before' ? inside.latexBefore : inside.latexAfter } };
};
const cellIn = (cell: CellInside, when: When): TableCell => ({
  ...cell[when],
  content: nodesOf(cell.nodes, when, cellBlockIn),
});
const tableRowIn = (row: TableRowInside, when: When): TableRow => ({
  type: 'tableRow',
  content: nodesOf(row.cells, when, cellIn),
});
const blockIn = (inside: BlockInside, when: When): Block => {
  if (inside.type === 'table') return { type: 'table', content: nodesOf(inside.rows, when, tableRowIn) };
  if (inside.type !== 'line') return cellBlockIn(inside, when);
  const level = when === 'before' ? inside.levelBefore : inside.levelAfter;
  const inlines = inlinesOf(inside.pieces, when);
  return level === 0 ? paragraphOf(inlines) : headingOf(level, inlines);
};
const bodyIn = (difference: BodyDifference, when: When): Body => {
  if (difference.form === 'replaced') return difference[when];
  if (difference.form === 'text') return { form: 'text', blocks: nodesOf(difference.blocks, when, blockIn) };
  const rows = difference.rows.flatMap((row): Row[] => {
    if (row.change === leftOut[when]) return [];
    const cells = row.cells.flatMap(({ column, pieces }) => {
      const text = pieces
        .filter(({ change }) => change !== leftOut[when])
        .map((piece) => piece.text)
        .join('');
      return text === '' ? [] : [[column, text] as const];
    });
    return [{ id: row.id, cells: Object.fromEntries(cells) }];
  });
  return normalBody({ form: 'rows', rows });
};
/** Moved rows and sections are told in the new order only. */
const inAnyOrder = (one: Body): Body =>
  one.form === 'text' ? one : { ...one, rows: one.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };

describe('a difference', () => {
  it('reads as the new body, and as the old one', () => {
    fc.assert(
      fc.property(bodyTriple, ({ ours, theirs }) => {
        const difference = compareBodies(ours, theirs);
        assert.deepEqual(bodyIn(difference, 'after'), normalBody(theirs));
        assert.deepEqual(inAnyOrder(bodyIn(difference, 'before')), inAnyOrder(normalBody(ours)));
      }),
      { numRuns: 1_500 },
    );
  });

  it('of whole contents reads as either, and says what became of each section', () => {
    fc.assert(
      fc.property(contentTriple, ({ ours, theirs }) => {
        const { sections } = compareContents(ours, theirs);
        const after = sections
          .filter(({ change }) => change !== 'removed')
          .map(({ key, title, body }) => ({ key, title, body: bodyIn(body, 'after') }));
        const normal = ({ sections: all }: Content): Content['sections'] =>
          all.map((one) => ({ ...one, body: normalBody(one.body) }));
        assert.deepEqual(after, normal(theirs));
        const keys = (content: Content): string[] => content.sections.map(({ key }) => key);
        const [old, now] = [keys(ours), keys(theirs)];
        for (const one of sections) {
          assert.equal(one.change === 'added', !old.includes(one.key));
          assert.equal(one.change === 'removed', !now.includes(one.key));
          const before = ours.sections.find(({ key }) => key === one.key);
          assert.equal(one.titleBefore !== null, before !== undefined && before.title !== one.title);
          if (before === undefined) continue;
          const body = inAnyOrder(bodyIn(one.body, 'before'));
          assert.deepEqual(body, inAnyOrder(normalBody(before.body)));
        }
        const stayed = sections.filter((one) => !one.moved && old.includes(one.key) && now.includes(one.key));
        const places = stayed.map(({ key }) => old.indexOf(key));
        assert.deepEqual(
          places,
          places.toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 1_500 },
    );
  });

  it('of equal contents is all the same', () => {
    fc.assert(
      fc.property(contentTriple, ({ ours }) => {
        for (const one of compareContents(ours, structuredClone(ours)).sections)
          assert.deepEqual([one.change, one.moved, one.titleBefore], ['same', false, null]);
      }),
      { numRuns: 300 },
    );
  });
});

const text = (...lines: readonly string[]): Body => ({
  form: 'text',
  blocks: lines.map((line) => paragraphOf([{ type: 'text', text: line }])),
});
/** `[-removed-]`, `{+added+}`, `{~restyled~}`, a line for each paragraph. */
const told = (before: Body, after: Body): string[] => {
  const difference = compareBodies(before, after);
  const shown = (inline: Inline): string => (inline.type === 'text' ? inline.text : `<${inline.type}>`);
  const pieces = (all: readonly Piece[]): string =>
    all
      .map(({ change, inline }) => {
        if (change === 'same') return shown(inline);
        if (change === 'added') return `{+${shown(inline)}+}`;
        return change === 'removed' ? `[-${shown(inline)}-]` : `{~${shown(inline)}~}`;
      })
      .join('');
  if (difference.form !== 'text') return [];
  return difference.blocks.map((one) => {
    if (one.change === 'changed')
      return one.inside.type === 'line' ? pieces(one.inside.pieces) : one.inside.type;
    const { node, change } = one;
    const line = node.type === 'paragraph' ? (node.content ?? []).map(shown).join('') : node.type;
    return change === 'same' ? line : `${change}: ${line}`;
  });
};

describe('readable', () => {
  it('a changed paragraph is shown once, with the words that changed', () => {
    assert.deepEqual(told(text('学生能说出圆的特征。'), text('学生能用自己的话说出圆的主要特征。')), [
      '学生能{+用自己的话+}说出圆的{+主要+}特征。',
    ]);
    assert.deepEqual(told(text('用时15分钟。'), text('用时1.5小时。')), ['用时[-15分钟-]{+1.5小时+}。']);
    assert.deepEqual(told(text('一、导入', '观察植物叶片。'), text('一、导入', '比较两种算法。')), [
      '一、导入',
      'removed: 观察植物叶片。',
      'added: 比较两种算法。',
    ]);
  });

  it('marks alone are said as such, and a formula is one thing', () => {
    const line = (middle: Inline): Body => ({
      form: 'text',
      blocks: [
        paragraphOf([{ type: 'text', text: '圆的面积公式' }, middle, { type: 'text', text: '要会推导。' }]),
      ],
    });
    assert.deepEqual(
      told(
        line({ type: 'text', text: '和画法' }),
        line({ type: 'text', text: '和画法', marks: [{ type: 'bold' }] }),
      ),
      ['圆的面积公式{~和画法~}要会推导。'],
    );
    assert.deepEqual(
      told(
        line({ type: 'inlineMath', attrs: { latex: '\\pi r' } }),
        line({ type: 'inlineMath', attrs: { latex: '\\pi r^2' } }),
      ),
      ['圆的面积公式[-<inlineMath>-]{+<inlineMath>+}要会推导。'],
    );
  });

  it('rows are added, removed, moved and changed cell by cell', () => {
    const rows = (...all: readonly Row[]): Body => ({ form: 'rows', rows: [...all] });
    const one = { id: 'a', cells: { goal: '能画圆。' } };
    const two = { id: 'b', cells: { goal: '会用公式 $S=\\pi r^2$ 计算。', level: 'know' } };
    const three = { id: 'c', cells: { goal: '感受美。' } };
    const changed = { id: 'b', cells: { goal: '会用公式 $S=\\pi r^2$ 计算面积。' } };
    const difference = compareBodies(rows(one, two, three), rows(three, { id: 'd', cells: {} }, changed));
    assert.ok(difference.form === 'rows');
    assert.deepEqual(
      difference.rows.map(({ id, change, moved }) => [id, change, moved]),
      [
        ['a', 'removed', false],
        ['c', 'same', true],
        ['d', 'added', false],
        ['b', 'changed', false],
      ],
    );
    assert.deepEqual(difference.rows[3]?.cells, [
      {
        column: 'goal',
        change: 'changed',
        pieces: [
          { change: 'same', text: '会用公式 $S=\\pi r^2$ 计算' },
          { change: 'added', text: '面积' },
          { change: 'same', text: '。' },
        ],
      },
      { column: 'level', change: 'removed', pieces: [{ change: 'removed', text: 'know' }] },
    ]);
  });
});
