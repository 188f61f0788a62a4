import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Block,
  type Content,
  content as contentSchema,
  type List,
  type ListItem,
  type Paragraph,
  type Section,
} from '../../content/contract.ts';
import { limits } from '../../content/limits/contract.ts';
import { contentTriple } from '../../merge/design/testing.ts';
import { docOf } from '../rules.ts';
import { readingOf } from './rules.ts';

const aParagraph = (words: string): Paragraph => ({
  type: 'paragraph',
  content: [{ type: 'text', text: words }],
});
const times = <One>(many: number, one: (index: number) => One): One[] =>
  Array.from({ length: many }, (_, index) => one(index));
const textOf = (...given: Block[]): Section['body'] => ({ form: 'text', blocks: given });
const listOf = (content: ListItem['content'][]): List => ({
  type: 'bulletList',
  content: content.map((inside) => ({ type: 'listItem', content: inside })),
});
const tableOf = (lines: number, cells: number, inside: Paragraph[] = [aParagraph('格')]): Block => ({
  type: 'table',
  content: times(lines, () => ({
    type: 'tableRow',
    content: times(cells, () => ({
      type: 'tableCell',
      attrs: { colspan: 1, rowspan: 1 },
      content: inside,
    })),
  })),
});
const deepList = (depth: number): List =>
  listOf([depth <= 1 ? [aParagraph('层')] : [aParagraph('层'), deepList(depth - 1)]]);

/** For each limit a body that holds as much as is asked, and what is said where that is too much. */
const atLimit: Readonly<
  Record<string, { most: number; made: (many: number) => Section['body']; sentence: string }>
> = {
  rows: {
    most: limits.rows,
    made: (many) => ({
      form: 'rows',
      rows: times(many, (index) => ({ id: `r${index}`, cells: { goal: `${index}` } })),
    }),
    sentence: '的表格超过500行',
  },
  cell: {
    most: limits.cell,
    made: (many) => ({ form: 'rows', rows: [{ id: 'r', cells: { goal: '长'.repeat(many) } }] }),
    sentence: '的表格有一格超过20000字',
  },
  blocks: {
    most: limits.blocks,
    made: (many) => textOf(...times(many, (index) => aParagraph(`${index}`))),
    sentence: '超过5000段',
  },
  formula: {
    most: limits.formula,
    made: (many) => textOf({ type: 'blockMath', attrs: { latex: 'x'.repeat(many) } }),
    sentence: '有公式超过4000字',
  },
  alternative: {
    most: limits.alternative,
    made: (many) =>
      textOf({
        type: 'paragraph',
        content: [{ type: 'picture', attrs: { file: 'ab'.repeat(32), alt: '图'.repeat(many), width: null } }],
      }),
    sentence: '有图片的说明超过500字',
  },
  listDepth: { most: limits.listDepth, made: (many) => textOf(deepList(many)), sentence: '的列表超过20层' },
  listItems: {
    most: limits.listItems,
    made: (many) => textOf(listOf(times(many, (index) => [aParagraph(`${index}`)]))),
    sentence: '的列表超过1000项',
  },
  itemBlocks: {
    most: limits.itemBlocks,
    made: (many) => textOf(listOf([times(many, (index) => aParagraph(`${index}`))])),
    sentence: '的列表有一项超过200段',
  },
  tableRows: {
    most: limits.tableRows,
    made: (many) => textOf(tableOf(many, 1)),
    sentence: '的表格超过1000行',
  },
  tableCells: {
    most: limits.tableCells,
    made: (many) => textOf(tableOf(1, many)),
    sentence: '的表格超过60列',
  },
  cellBlocks: {
    most: limits.cellBlocks,
    made: (many) =>
      textOf(
        tableOf(
          1,
          1,
          times(many, (index) => aParagraph(`${index}`)),
        ),
      ),
    sentence: '的表格有一格超过500段',
  },
};

describe('a design that is read', () => {
  it('at a limit is whole, and one beyond it is named with its section; nothing else of it is lost', () => {
    const limit = fc.constantFrom(...Object.entries(atLimit));
    fc.assert(
      fc.property(limit, contentTriple, ([what, { most, made, sentence }], { base, ours }) => {
        const others = [...base.sections, ...ours.sections.map((one) => ({ ...one, key: `own-${one.key}` }))];
        const holding = (body: Section['body']): Content => ({
          sections: [...others, { key: 'learners', title: '学情分析', body }],
        });
        const whole = readingOf(docOf(contentSchema.parse(holding(made(most)))));
        assert.deepEqual(whole.cuts, [], what);
        assert.deepEqual(whole.content.sections.at(-1)?.body, made(most), what);
        assert.equal(contentSchema.safeParse(holding(made(most + 1))).success, false, what);
        const beyond = readingOf(docOf(holding(made(most + 1))));
        assert.deepEqual(beyond.cuts, [`“学情分析”${sentence}，请删减，或移到别的部分。`], what);
        contentSchema.parse(beyond.content);
        assert.deepEqual(beyond.content.sections.slice(0, -1), whole.content.sections.slice(0, -1));
      }),
      { numRuns: 60 },
    );
  });

  it('of more sections than may be names the first that does not fit', () => {
    const made = (most: number): Content => ({
      sections: Array.from({ length: most }, (_, index) => ({
        key: `own-${index}`,
        title: `补充${index}`,
        body: { form: 'text', blocks: [] },
      })),
    });
    assert.deepEqual(readingOf(docOf(made(limits.sections))).cuts, []);
    const { content, cuts } = readingOf(docOf(made(limits.sections + 2)));
    assert.equal(content.sections.length, limits.sections);
    assert.deepEqual(cuts, ['一份设计最多60个部分，从“补充60”起放不下，请合并或删去一些部分。']);
    const long = readingOf(
      docOf({ sections: [{ key: 'a', title: '长'.repeat(61), body: { form: 'text', blocks: [] } }] }),
    );
    assert.match(long.cuts.join(), /的名称超过60字/);
  });

  it('with two rows of one id in a section is refused', () => {
    const sections = (...ids: string[]): unknown => ({
      sections: [
        { key: 'goals', title: '目标', body: { form: 'rows', rows: ids.map((id) => ({ id, cells: {} })) } },
      ],
    });
    assert.equal(contentSchema.safeParse(sections('a', 'b')).success, true);
    assert.equal(contentSchema.safeParse(sections('a', 'b', 'a')).success, false);
  });
});
