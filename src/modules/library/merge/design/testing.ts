import fc from 'fast-check';
import { seededRandom } from '#platform/random.ts';
import type {
  Block,
  Body,
  Content,
  Heading,
  Inline,
  List,
  ListItem,
  Paragraph,
  Row,
  Section,
  TableCell,
  TableRow,
} from '../../content/contract.ts';
import {
  headingOf,
  isList,
  paragraphOf,
  textInline,
  textOfToken,
  tokensOfInlines,
  withMarks,
} from '../../tokens/rules.ts';

/** Designs and edits of them for tests and the bench. Each edit leaves words that occur nowhere else: marks to follow. */
export interface Marks {
  readonly next: () => string;
}
export const marksOf = (side: 'b' | 'o' | 't'): Marks => {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return `${side}${count}k`;
    },
  };
};
/** Every mark in a value, in order. */
export const marksIn = (value: unknown): string[] => JSON.stringify(value).match(/[bot]\d+k/g) ?? [];

const phrases = [
  '学生能说出',
  '教师演示',
  '小组合作完成',
  '联系生活说明',
  '同桌互相检查',
  '用自己的话概括',
  '观察并记录',
  '比较异同：',
  '修改习作中的',
  '在数轴上表示',
  '朗读并标出',
  '说明设计意图和',
] as const;
const phrase = (number: number): string => phrases[number % phrases.length] ?? phrases[0];

/** Eight characters that hardly another mark has, so that no two texts are alike by chance. */
const topic = (mark: string): string => {
  const random = seededRandom(mark.charCodeAt(0) * 100_003 + Number.parseInt(mark.slice(1), 10));
  return Array.from({ length: 8 }, () => String.fromCodePoint(random.integer(0x4e00, 0x9fa5))).join('');
};

/** Like `phrase`, with a mark in the middle of Chinese characters. */
const marked = (number: number, marks: Marks): string => {
  const mark = marks.next();
  return `${phrase(number)}（${mark}）${topic(mark)}`;
};

const sentence = (number: number, marks: Marks): Inline[] => [
  textInline(`${marked(number, marks)}，${marked(number + 5, marks)}，`, []),
  textInline(marked(number + 7, marks), number % 3 === 0 ? ['bold'] : []),
  textInline('。', []),
];
const formula = (marks: Marks): string => `\\frac{${marks.next()}}{2}+x^2`;

const paragraph = (number: number, marks: Marks): Paragraph => {
  const inlines = sentence(number, marks);
  if (number % 4 === 1) inlines.splice(1, 0, { type: 'inlineMath', attrs: { latex: formula(marks) } });
  if (number % 5 === 2)
    inlines.push({
      type: 'picture',
      attrs: { file: 'ab'.repeat(32), alt: `示意图${marks.next()}`, width: 320 },
    });
  if (number % 7 === 3) inlines.splice(2, 0, { type: 'hardBreak' });
  return paragraphOf(inlines);
};
const item = (number: number, marks: Marks): ListItem => ({
  type: 'listItem',
  content:
    number % 3 === 0
      ? [paragraph(number, marks), { type: 'bulletList', content: [item(number + 1, marks)] }]
      : [paragraph(number, marks)],
});
const list = (number: number, marks: Marks): List => ({
  type: number % 2 === 0 ? 'bulletList' : 'orderedList',
  content: [item(number, marks), item(number + 1, marks), item(number + 2, marks)],
});
const tableRow = (number: number, width: number, marks: Marks): TableRow => ({
  type: 'tableRow',
  content: Array.from(
    { length: width },
    (_, index): TableCell => ({
      type: number === 0 ? 'tableHeader' : 'tableCell',
      attrs: { colspan: 1, rowspan: 1 },
      content: [paragraph(number + index, marks)],
    }),
  ),
});

export const blockOf = (kind: number, number: number, marks: Marks): Block => {
  switch (kind % 8) {
    case 0:
      return headingOf(1 + (number % 3), sentence(number, marks));
    case 1:
      return { type: 'blockMath', attrs: { latex: formula(marks) } };
    case 2:
      return list(number, marks);
    case 3:
      return { type: 'table', content: [0, 1, 2].map((row) => tableRow(row, 2 + (number % 2), marks)) };
    default:
      return paragraph(number, marks);
  }
};

export const rowOf = (id: string, number: number, marks: Marks): Row => ({
  id,
  cells: {
    goal: `${marked(number, marks)}，${marked(number + 3, marks)}，$x_{${marks.next()}}$。`,
    level: ['know', 'apply', 'create'][number % 3] ?? 'know',
    ...(number % 2 === 0 ? { minutes: String(5 + (number % 40)) } : {}),
  },
});

/** An edit by numbers, so that fast-check can shrink it: what, where, where inside, how much. */
export type Edit = readonly [what: number, at: number, inner: number, amount: number];
const nat = fc.nat(1_000);
export const edit: fc.Arbitrary<Edit> = fc.tuple(nat, nat, nat, nat);

const replaceAt = <Item>(items: readonly Item[], index: number, ...by: readonly Item[]): Item[] => [
  ...items.slice(0, index),
  ...by,
  ...items.slice(index + 1),
];
const insertAt = <Item>(items: readonly Item[], index: number, one: Item): Item[] => [
  ...items.slice(0, index),
  one,
  ...items.slice(index),
];

const inlinesEdited = (inlines: readonly Inline[], [what, , inner, amount]: Edit, marks: Marks): Inline[] => {
  const tokens = tokensOfInlines(inlines);
  const from = inner % (tokens.length + 1);
  const to = Math.min(tokens.length, from + 1 + (amount % 6));
  const all = tokens.map((token) => token.atom ?? textInline(textOfToken(token), token.marks));
  if (what % 3 === 0 || from === to)
    return [...all.slice(0, from), textInline(`、${marked(amount, marks)}`, []), ...all.slice(from)];
  if (what % 3 === 1) return [...all.slice(0, from), ...all.slice(to)];
  return all.map((inline, index) =>
    index >= from && index < to
      ? withMarks(inline, [...new Set([...(tokens[index]?.marks ?? []), 'underline' as const])])
      : inline,
  );
};

const paragraphEdited = (one: Paragraph, by: Edit, marks: Marks): Paragraph =>
  paragraphOf(inlinesEdited(one.content ?? [], by, marks));
const lineEdited = (one: Paragraph | Heading, by: Edit, marks: Marks): Paragraph | Heading => {
  if (by[0] % 11 === 0) {
    const level = one.type === 'heading' ? 0 : 2;
    return level === 0 ? paragraphOf(one.content ?? []) : headingOf(level, one.content ?? []);
  }
  return one.type === 'heading'
    ? headingOf(one.attrs.level, inlinesEdited(one.content ?? [], by, marks))
    : paragraphEdited(one, by, marks);
};

const listEdited = (one: List, by: Edit, marks: Marks): List => {
  const [what, at, inner, amount] = by;
  const index = at % one.content.length;
  const target = one.content[index];
  if (what % 9 === 0) return { ...one, type: one.type === 'bulletList' ? 'orderedList' : 'bulletList' };
  if (what % 4 === 0) return { ...one, content: insertAt(one.content, index, item(amount, marks)) };
  if (what % 4 === 1 && one.content.length > 1) return { ...one, content: replaceAt(one.content, index) };
  if (target === undefined) return one;
  const inside = inner % target.content.length;
  const content = target.content.map((node, place) => {
    if (place !== inside) return node;
    return node.type === 'paragraph' ? paragraphEdited(node, by, marks) : listEdited(node, by, marks);
  });
  return { ...one, content: replaceAt(one.content, index, { type: 'listItem', content }) };
};

const cellEdited = (cell: TableCell, by: Edit, marks: Marks): TableCell => ({
  ...cell,
  content: cell.content.map((node, index) =>
    index === 0 && node.type === 'paragraph' ? paragraphEdited(node, by, marks) : node,
  ),
});

const rowsEdited = (rows: readonly TableRow[], by: Edit, marks: Marks): TableRow[] => {
  const [what, at, inner, amount] = by;
  const index = at % rows.length;
  const width = rows[0]?.content.length ?? 1;
  if (what % 6 === 0) return insertAt(rows, index, tableRow(1 + (amount % 3), width, marks));
  if (what % 6 === 1 && rows.length > 1) return replaceAt(rows, index);
  if (what % 12 === 2)
    return rows.map((row) => ({
      type: 'tableRow',
      content: insertAt(row.content, inner % width, {
        type: 'tableCell',
        attrs: { colspan: 1, rowspan: 1 },
        content: [{ type: 'paragraph' }],
      }),
    }));
  return rows.map((row, place) =>
    place === index
      ? {
          type: 'tableRow',
          content: row.content.map((cell, column) =>
            column === inner % row.content.length ? cellEdited(cell, by, marks) : cell,
          ),
        }
      : row,
  );
};

/** Changes inside one block. */
export const blockEdited = (block: Block, by: Edit, marks: Marks): Block => {
  if (block.type === 'paragraph' || block.type === 'heading') return lineEdited(block, by, marks);
  if (block.type === 'blockMath') return { type: 'blockMath', attrs: { latex: formula(marks) } };
  if (isList(block)) return listEdited(block, by, marks);
  return { type: 'table', content: rowsEdited(block.content, by, marks) };
};

export const blocksEdited = (blocks: readonly Block[], by: Edit, marks: Marks): Block[] => {
  const [what, at, inner, amount] = by;
  const index = at % (blocks.length + 1);
  const target = blocks[index];
  if (what % 10 === 0 || target === undefined) return insertAt(blocks, index, blockOf(inner, amount, marks));
  if (what % 10 === 1) return replaceAt(blocks, index);
  if (what % 10 === 2) return replaceAt(blocks, index, blockOf(inner, amount, marks));
  return replaceAt(blocks, index, blockEdited(target, [amount, inner, amount + inner, what], marks));
};

/** Changes inside one row. */
export const rowEdited = (row: Row, [what, at, inner, amount]: Edit, marks: Marks): Row => {
  const text = row.cells['goal'] ?? '';
  const cells = { ...row.cells };
  if (what % 4 === 0) cells['level'] = ['know', 'understand', 'evaluate'][amount % 3] ?? 'know';
  else if (what % 4 === 1) delete cells['minutes'];
  else {
    const inlines = inlinesEdited([textInline(text, [])], [at % 2, at, inner, amount], marks);
    const now = inlines.map((one) => (one.type === 'text' ? one.text : '')).join('');
    if (now === '') delete cells['goal'];
    else cells['goal'] = now;
  }
  return { id: row.id, cells };
};

const rowListEdited = (rows: readonly Row[], by: Edit, marks: Marks): Row[] => {
  const [what, at, inner, amount] = by;
  const index = at % (rows.length + 1);
  const target = rows[index];
  if (what % 7 === 0 || target === undefined)
    return insertAt(rows, index, rowOf(`new-${marks.next()}`, amount, marks));
  if (what % 7 === 1) return replaceAt(rows, index);
  if (what % 7 === 2) return insertAt(replaceAt(rows, index), inner % rows.length, target);
  return replaceAt(rows, index, rowEdited(target, [amount, what, inner, at], marks));
};

export const bodyEdited = (body: Body, edits: readonly Edit[], marks: Marks): Body =>
  edits.reduce<Body>(
    (now, by) =>
      now.form === 'text'
        ? { form: 'text', blocks: blocksEdited(now.blocks, by, marks) }
        : { form: 'rows', rows: rowListEdited(now.rows, by, marks) },
    body,
  );

const textBody = (kinds: readonly number[], marks: Marks): Body => ({
  form: 'text',
  blocks: kinds.map((kind, index) => blockOf(kind, kind + index, marks)),
});
const rowsBody = (kinds: readonly number[], marks: Marks): Body => ({
  form: 'rows',
  rows: kinds.map((kind, index) => rowOf(`row-${index}`, kind + index, marks)),
});

const kinds = fc.array(nat, { maxLength: 5 });
const someBody = (form: 'text' | 'rows') =>
  kinds.map((numbers) => (form === 'text' ? textBody : rowsBody)(numbers, marksOf('b')));

export interface Triple<Value> {
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
}
const edits = fc.array(edit, { maxLength: 5 });

/** A body and two that were edited from it. */
export const bodyTriple: fc.Arbitrary<Triple<Body>> = fc
  .tuple(fc.constantFrom('text' as const, 'rows' as const).chain(someBody), edits, edits)
  .map(([base, here, there]) => ({
    base,
    ours: bodyEdited(base, here, marksOf('o')),
    theirs: bodyEdited(base, there, marksOf('t')),
  }));

const sectionEdited = (sections: readonly Section[], by: Edit, marks: Marks): Section[] => {
  const [what, at, inner, amount] = by;
  const index = at % (sections.length + 1);
  const target = sections[index];
  if (target === undefined || what % 12 === 0) {
    const mark = marks.next();
    const body = (inner % 2 === 0 ? textBody : rowsBody)([inner, amount], marks);
    return insertAt(sections, index, { key: `own-${mark}`, title: `补充（${mark}）`, body });
  }
  if (what % 36 === 1) return replaceAt(sections, index);
  if (what % 12 === 2) return insertAt(replaceAt(sections, index), inner % sections.length, target);
  if (what % 12 === 3)
    return replaceAt(sections, index, { ...target, title: `${phrase(amount)}（${marks.next()}）` });
  if (what % 48 === 4)
    return replaceAt(sections, index, {
      ...target,
      body: (target.body.form === 'rows' ? textBody : rowsBody)([inner], marks),
    });
  return replaceAt(sections, index, {
    ...target,
    body: bodyEdited(target.body, [[amount, inner, what + at, at]], marks),
  });
};

const contentEdited = (content: Content, all: readonly Edit[], marks: Marks): Content => ({
  sections: all.reduce<Section[]>((now, by) => sectionEdited(now, by, marks), content.sections),
});

/** A whole design and two that were edited from it. */
export const contentTriple: fc.Arbitrary<Triple<Content>> = fc
  .tuple(
    fc.array(kinds, { maxLength: 6 }),
    fc.array(edit, { maxLength: 8 }),
    fc.array(edit, { maxLength: 8 }),
  )
  .map(([sections, here, there]) => {
    const marks = marksOf('b');
    const base: Content = {
      sections: sections.map((numbers, index) => ({
        key: `part-${index}`,
        title: `第${index + 1}部分（${marks.next()}）`,
        body: (index % 2 === 0 ? textBody : rowsBody)(numbers, marks),
      })),
    };
    return {
      base,
      ours: contentEdited(base, here, marksOf('o')),
      theirs: contentEdited(base, there, marksOf('t')),
    };
  });
