import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readLatex } from '#platform/formula/read-latex.ts';
import { toLatex } from '#platform/formula/to-latex.ts';
import { Refusal } from '#platform/refusal.ts';
import { readWord } from '#platform/word/read-word.ts';
import { makePng } from '#platform/word/testing.ts';
import type { Block, CellBlock, Content, Inline, Row, Section } from '../content/contract.ts';
import { content as contentSchema } from '../content/contract.ts';
import { readDesign } from '../word-in/actions.ts';
import { designToPdf, designToWord } from './actions.ts';
import type { DesignHead, PrintedDesign } from './contract.ts';

const png = makePng(40, 20);
const file = createHash('sha256').update(png).digest('hex');
const pictures = (hash: string): Promise<Buffer | null> => Promise.resolve(hash === file ? png : null);

const head = (kind: DesignHead['kind']): DesignHead => ({
  title: '几分之一',
  kind,
  subject: '数学',
  grade: '三年级',
  edition: null,
  unit: '分数',
  lessonHour: null,
  school: null,
  author: '中心组',
  version: '第2版',
  date: '2024年3月5日',
});
const design = (kind: DesignHead['kind'], sections: Section[], answers = false): PrintedDesign => ({
  head: head(kind),
  content: { sections },
  textbookNames: new Map(),
  answers,
});

const latex = fc.constantFrom(
  '\\frac{1}{2}',
  'x^{2}+y_{1}',
  '\\sqrt{3}',
  '\\begin{cases}x=1 \\\\ y=2\\end{cases}',
  '\\sum_{i=1}^{n}i',
  '90^{\\circ }',
  '\\sin x',
  '\\triangle ABC',
);
const word = fc
  .array(fc.constantFrom(...'春夏秋冬山水云雨读写思议&<"$#*_\\'.split('')), { minLength: 1, maxLength: 8 })
  .map((all) => all.join(''));
const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 4, arbitrary: word.map((text): Inline => ({ type: 'text', text })) },
  fc
    .tuple(
      word,
      fc.constantFrom('italic' as const, 'underline' as const, 'strike' as const, 'subscript' as const),
    )
    .map(([text, type]): Inline => ({ type: 'text', text, marks: [{ type }] })),
  latex.map((tex): Inline => ({ type: 'inlineMath', attrs: { latex: tex } })),
  fc.constant<Inline>({ type: 'picture', attrs: { file, alt: '图', width: 40 } }),
);
const inlines = fc
  .tuple(word, fc.array(inline, { maxLength: 4 }))
  .map(([first, others]): Inline[] => [{ type: 'text', text: first }, ...others]);
const paragraph = inlines.map((content): CellBlock => ({ type: 'paragraph', content }));
const table = fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 3 }).map(
  (rows): Block => ({
    type: 'table',
    content: rows.map((cells) => ({
      type: 'tableRow',
      content: cells.map((text) => ({
        type: 'tableCell',
        attrs: { colspan: 1, rowspan: 1 },
        content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
      })),
    })),
  }),
);
const list = fc
  .tuple(
    fc.constantFrom('bulletList' as const, 'orderedList' as const),
    fc.array(paragraph, { minLength: 1, maxLength: 3 }),
  )
  .map(
    ([type, items]): CellBlock => ({
      type,
      content: items.map((item) => ({ type: 'listItem', content: item.type === 'paragraph' ? [item] : [] })),
    }),
  );
const block: fc.Arbitrary<Block> = fc.oneof(
  { weight: 3, arbitrary: paragraph },
  fc
    .tuple(fc.constantFrom(1, 2, 3), word)
    .map(
      ([level, text]): Block => ({ type: 'heading', attrs: { level }, content: [{ type: 'text', text }] }),
    ),
  latex.map((tex): Block => ({ type: 'blockMath', attrs: { latex: tex } })),
  list,
  table,
);
const cell = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: word.map((text) => text.replaceAll('$', '')).filter((text) => text !== '') },
      latex.map((tex) => `$${tex}$`),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join('\n'));
const goals = fc.array(cell, { minLength: 2, maxLength: 3 });
const process = fc.array(
  fc.record({ phase: word.map((text) => `环${text.replaceAll('$', '')}`), teacher: cell, pupils: cell }),
  { minLength: 1, maxLength: 3 },
);

const sections = fc
  .tuple(
    fc.array(block, { minLength: 1, maxLength: 6 }),
    goals,
    process,
    fc.array(block, { minLength: 1, maxLength: 4 }),
  )
  .map(([learners, aims, phases, own]): Section[] => [
    { key: 'learners', title: '学情分析', body: { form: 'text', blocks: learners } },
    {
      key: 'goals',
      title: '教学目标',
      body: {
        form: 'rows',
        rows: aims.map((goal, at): Row => ({ id: `g${at}`, cells: { goal, level: 'apply' } })),
      },
    },
    {
      key: 'process',
      title: '教学过程',
      body: {
        form: 'rows',
        rows: phases.map(
          (cells, at): Row => ({
            id: `p${at}`,
            cells: { ...cells, minutes: String(at + 1), goals: at === 0 ? 'g0' : 'g0 g1' },
          }),
        ),
      },
    },
    { key: 'own-1', title: '特色栏目', body: { form: 'text', blocks: own } },
  ]);

/** Adjacent lists of one kind become one, adjacent text of one look one run, LaTeX as this project writes it. */
const normal = (content: Content): unknown => {
  const ids = new Map<string, string>();
  for (const { key, body } of content.sections)
    if (body.form === 'rows') body.rows.forEach(({ id }, at) => ids.set(id, `${key}${at}`));
  return content.sections
    .filter(({ body }) => (body.form === 'rows' ? body.rows.length : body.blocks.length) > 0)
    .map(({ key, title, body }) => ({
      key: key.startsWith('own-') ? 'own' : key,
      title,
      body:
        body.form === 'rows'
          ? body.rows.map(({ cells }) =>
              Object.fromEntries(
                Object.entries(cells)
                  .map(([name, text]) => [
                    name,
                    name === 'goals'
                      ? text.split(' ').map((id) => ids.get(id))
                      : text.replaceAll(/\$([^$]+)\$/gu, (_, tex: string) => `$${same(tex)}$`),
                  ])
                  .sort(([one = ''], [other = '']) => String(one).localeCompare(String(other))),
              ),
            )
          : lines(body.blocks),
    }));
};
const same = (tex: string): string => {
  const formula = readLatex(tex);
  return formula === null ? tex : toLatex(formula);
};
/** Text sections as lines with their kind, so that lists that touch do not matter. */
const lines = (blocks: readonly Block[], indent = ''): string[] =>
  blocks.flatMap((one): string[] => {
    if (one.type === 'paragraph') return [`${indent}p ${shown(one.content)}`];
    if (one.type === 'heading') return [`h${one.attrs.level} ${shown(one.content)}`];
    if (one.type === 'blockMath') return [`${indent}m ${same(one.attrs.latex)}`];
    if (one.type === 'table')
      return one.content.map(
        (row) => `t ${row.content.map((inner) => lines(inner.content).join('/')).join('|')}`,
      );
    return one.content.flatMap(({ content }) => lines(content, `${indent}${one.type} `));
  });
const shown = (content: readonly Inline[] | undefined): string => {
  let look: string | null = '';
  let words = '';
  for (const one of content ?? [])
    if (one.type === 'text') {
      const marks = (one.marks ?? []).map(({ type }) => type).join(' ');
      words += marks === look ? one.text : `<${marks}>${one.text}`;
      look = marks;
    } else {
      words +=
        one.type === 'inlineMath'
          ? `$${same(one.attrs.latex)}$`
          : one.type === 'picture'
            ? `[${one.attrs.file}]`
            : '\n';
      look = null;
    }
  return words;
};

test('a design keeps its text, formulas, pictures, rows, references and sections through Word', async () => {
  await fc.assert(
    fc.asyncProperty(sections, async (made) => {
      const printedDesign = design('lesson-design', made);
      assert.ok(contentSchema.safeParse(printedDesign.content).success);
      const { bytes, notices } = await designToWord(printedDesign, pictures);
      assert.deepEqual(notices, []);
      const back = await readDesign({ name: 'x.docx', bytes }, 'lesson-design');
      assert.ok(contentSchema.safeParse(back.content).success);
      assert.deepEqual(normal(back.content), normal(printedDesign.content));
      assert.deepEqual([back.hints.title, back.hints.subject, back.hints.unit], ['几分之一', '数学', '分数']);
    }),
    { numRuns: 40 },
  );
});

const items: Section = {
  key: 'items',
  title: '试题',
  body: {
    form: 'rows',
    rows: [
      {
        id: 'a',
        cells: {
          number: '1',
          type: 'choice',
          points: '3',
          stem: '选一选（ ）\nA. $\\frac{1}{2}$',
          answer: 'A',
          source: 'original',
          author: '甲老师',
        },
      },
      {
        id: 'b',
        cells: {
          number: '2',
          type: 'choice',
          points: '3',
          stem: `看图\n![图](${file})`,
          answer: 'B',
          source: 'adapted',
          sourceNote: '练习册',
        },
      },
      {
        id: 'c',
        cells: {
          number: '3',
          type: 'compute',
          points: '10',
          stem: '算一算',
          answer: '第一步\n第二步',
          level: 'apply',
        },
      },
    ],
  },
};

test('a paper for teachers comes back whole; for pupils it shows no answer and nothing noted of the items', async () => {
  const full = await designToWord(design('test-paper', [items], true), pictures);
  const back = await readDesign({ name: 'x.docx', bytes: full.bytes }, 'test-paper');
  assert.deepEqual(normal(back.content), normal({ sections: [items] }));
  const handed = await designToWord(design('test-paper', [items]), pictures);
  const text = JSON.stringify((await readWord({ name: 'x.docx', bytes: handed.bytes })).blocks);
  assert.match(text, /选择题（共2题，6分）.*计算题/u);
  assert.doesNotMatch(text, /答案|甲老师|练习册|第一步|原创/u);
});

test('as PDF: typed text is never run, what cannot be drawn is said so', async (t) => {
  const hostile: Section = {
    key: 'learners',
    title: '学情分析',
    body: {
      form: 'text',
      blocks: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: '#panic("x") $x ] #import "a" \\' },
            { type: 'inlineMath', attrs: { latex: '\\text{\\#panic("y")}' } },
          ],
        },
        {
          type: 'paragraph',
          content: [
            { type: 'inlineMath', attrs: { latex: '\\frac{1' } },
            { type: 'picture', attrs: { file: '0'.repeat(64), alt: '', width: null } },
          ],
        },
        { type: 'blockMath', attrs: { latex: '\\sum_{i=1}^n \\frac{1}{i}' } },
        { type: 'blockMath', attrs: { latex: `${'{x^'.repeat(60)}x${'}'.repeat(60)}` } },
        { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: '字 '.repeat(20_000) }] },
        { type: 'paragraph', content: [{ type: 'text', text: 'a'.repeat(40_000) }] },
        { type: 'paragraph', content: [{ type: 'picture', attrs: { file, alt: '图', width: 40 } }] },
      ],
    },
  };
  try {
    const { bytes, notices } = await designToPdf(design('lesson-design', [hostile]), pictures);
    assert.equal(bytes.toString('latin1', 0, 5), '%PDF-');
    assert.match(notices.join(), /2 个公式写法有误.*1 张图片找不到/su);
    const broken = Buffer.from(png);
    broken.fill(0xff, 43, broken.length - 16);
    const hash = createHash('sha256').update(broken).digest('hex');
    const cut: Section = {
      key: 'board',
      title: '板书设计',
      body: {
        form: 'text',
        blocks: [
          { type: 'paragraph', content: [{ type: 'picture', attrs: { file: hash, alt: '', width: null } }] },
        ],
      },
    };
    const second = await designToPdf(design('lesson-design', [cut]), () => Promise.resolve(broken));
    assert.match(second.notices.join(), /图片已损坏/u);
  } catch (error) {
    if (error instanceof Refusal && error.message.includes('没有中文字体'))
      t.skip('no Chinese font on this machine');
    else throw error;
  }
});
