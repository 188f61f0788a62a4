import type {
  WordBlock,
  WordCell,
  WordCellBlock,
  WordInline,
  WordOutput,
  WordParagraph,
  WordRow,
  WordTable,
} from '#platform/word/document.ts';
import { wordParagraph } from '#platform/word/document.ts';
import type { Block, CellBlock, Content, Inline, List, Row, Section, Table } from '../content/contract.ts';
import type { Column, SectionTemplate } from '../template/contract.ts';
import { templates } from '../template/contract.ts';
import { itemKindLabels } from '../vocabulary/contract.ts';
import { fromCell } from '../word-cell/rules.ts';
import type { DesignHead, PrintedDesign } from './contract.ts';
import { paperBlocks } from './paper/rules.ts';

/** A design as the blocks of a document, in the order of its sections; empty sections are not printed. */
export const printed = (design: PrintedDesign): WordOutput => {
  const { head, content, answers } = design;
  const paper = head.kind === 'test-paper' || head.kind === 'test-item';
  const filled = content.sections.filter(isFilled);
  return {
    title: head.title,
    subtitle: paper && answers ? '参考答案与命题说明' : paper ? '' : itemKindLabels[head.kind],
    facts: factsOf(head),
    blocks: [
      ...(paper && !answers ? [blanks] : []),
      ...numbered(filled, paper).flatMap(({ section, label }) => sectionBlocks(section, label, design)),
    ],
    footer: [itemKindLabels[head.kind], head.version, head.date].filter((text) => text !== null).join(' · '),
    author: head.author ?? '',
  };
};

const factsOf = (head: DesignHead): WordOutput['facts'] => {
  const facts: readonly (readonly [string, string | null])[] = [
    ['学科', head.subject],
    ['年级', head.grade],
    ['教材版本', head.edition],
    ['单元', head.unit],
    ['课时', head.lessonHour],
    ['学校', head.school],
    ['作者', head.author],
    ['日期', head.date],
  ];
  return facts.flatMap(([label, value]) => (value === null || value === '' ? [] : [[label, value] as const]));
};

/** For the pupil's name, on a paper that is handed out. */
const blanks: WordParagraph = wordParagraph(
  [{ kind: 'text', text: '学校：____________ 班级：________ 姓名：____________', marks: [] }],
  { centred: true },
);

const isFilled = ({ body }: Section): boolean =>
  body.form === 'rows'
    ? body.rows.length > 0
    : body.blocks.some((block) => block.type !== 'paragraph' || (block.content ?? []).length > 0);

const digits = '一二三四五六七八九十';
const chinese = (count: number): string => {
  if (count <= 10) return digits[count - 1] ?? '';
  const tens = Math.floor(count / 10);
  return `${tens > 1 ? (digits[tens - 1] ?? '') : ''}十${count % 10 === 0 ? '' : (digits[(count % 10) - 1] ?? '')}`;
};

/** A paper's groups of questions are numbered, so its other sections are not. */
const numbered = (sections: readonly Section[], paper: boolean): { section: Section; label: string }[] =>
  sections.map((section, at) => ({ section, label: paper ? '' : `${chinese(at + 1)}、` }));

const sectionBlocks = (section: Section, label: string, design: PrintedDesign): WordBlock[] => {
  const { kind } = design.head;
  const { body } = section;
  const template = templates[kind].find(({ key }) => key === section.key);
  const heading = wordParagraph([{ kind: 'text', text: section.title, marks: [] }], { outline: 1, label });
  if (body.form === 'text') return [heading, ...body.blocks.flatMap(textBlock)];
  const columns = template?.columns ?? [];
  if (columns.some(({ key }) => key === 'stem')) return paperBlocks(columns, body.rows, design);
  return [heading, rowsTable(body.rows, columns, template, design)];
};

const inlineOf = (inline: Inline): WordInline => {
  if (inline.type === 'hardBreak') return { kind: 'break' };
  if (inline.type === 'inlineMath') return { kind: 'formula', latex: inline.attrs.latex };
  if (inline.type === 'picture') return { kind: 'picture', ...inline.attrs };
  return { kind: 'text', text: inline.text, marks: (inline.marks ?? []).map(({ type }) => type) };
};

const inlinesOf = (content: readonly Inline[] | undefined): WordInline[] => (content ?? []).map(inlineOf);

const textBlock = (block: Block): WordBlock[] => {
  if (block.type === 'heading')
    return [wordParagraph(inlinesOf(block.content), { outline: block.attrs.level + 1 })];
  if (block.type === 'table') return [tableOf(block)];
  return cellBlock(block);
};

const cellBlock = (block: CellBlock): WordCellBlock[] => {
  if (block.type === 'paragraph') return [wordParagraph(inlinesOf(block.content))];
  if (block.type === 'blockMath') return [{ kind: 'formula', latex: block.attrs.latex }];
  return listItems(block, 0);
};

/** Items one after another with their levels; further paragraphs of an item go behind a break. */
const listItems = (list: List, level: number): WordParagraph[] =>
  list.content.flatMap(({ content }) => {
    const own = content.flatMap((part, at): WordInline[] => {
      if (part.type !== 'paragraph') return [];
      return [...(at === 0 ? [] : [{ kind: 'break' } as const]), ...inlinesOf(part.content)];
    });
    const inner = content.flatMap((part) => (part.type === 'paragraph' ? [] : listItems(part, level + 1)));
    return [
      wordParagraph(own, { list: { ordered: list.type === 'orderedList', level: Math.min(8, level) } }),
      ...inner,
    ];
  });

/** Cells at their columns of the grid, whatever spans come from above. */
const tableOf = (table: Table): WordTable => {
  const taken: number[] = [];
  const rows = table.content.map((row, at): WordRow => {
    let column = 0;
    const cells = row.content.map((cell): WordCell => {
      while ((taken[column] ?? 0) > 0) column += 1;
      const rowspan = Math.min(cell.attrs.rowspan, table.content.length - at);
      let colspan = 1;
      while (colspan < cell.attrs.colspan && (taken[column + colspan] ?? 0) === 0) colspan += 1;
      const made: WordCell = { column, colspan, rowspan, blocks: cell.content.flatMap(cellBlock) };
      for (let place = column; place < column + colspan; place += 1) taken[place] = rowspan;
      column += colspan;
      return made;
    });
    for (let place = 0; place < taken.length; place += 1) taken[place] = Math.max(0, (taken[place] ?? 0) - 1);
    return { header: row.content.every(({ type }) => type === 'tableHeader'), cells };
  });
  return { kind: 'table', rows };
};

/** What a cell says to a reader: a choice by its label, a goal by its number. */
export const shownCell = (column: Column, value: string, design: PrintedDesign): string => {
  if (column.type === 'choice') return column.options[value] ?? value;
  if (column.type === 'textbook') return design.textbookNames.get(value) ?? '';
  if (column.type === 'origin') return '';
  if (column.type !== 'references') return value;
  const ids = idsOf(design.content, column.section);
  return value
    .split(' ')
    .map((id) => ids.indexOf(id) + 1)
    .filter((number) => number > 0)
    .map((number) => `${column.section === 'goals' ? '目标' : ''}${number}`)
    .join('、');
};

const idsOf = (content: Content, key: string): string[] => {
  const body = content.sections.find((section) => section.key === key)?.body;
  return body?.form === 'rows' ? body.rows.map(({ id }) => id) : [];
};

const shareOf = (column: Column): number =>
  column.type === 'text' ? (column.wide === true ? 3.4 : 1.8) : column.type === 'number' ? 1.3 : 1.5;

/** Rows as a table with a head; columns that no row fills are left out. */
const rowsTable = (
  rows: readonly Row[],
  columns: readonly Column[],
  template: SectionTemplate | undefined,
  design: PrintedDesign,
): WordTable => {
  const used = columns.filter((column) =>
    rows.some(({ cells }) => shownCell(column, cells[column.key] ?? '', design) !== ''),
  );
  const counted = template?.key === 'goals';
  const cell = (column: number, blocks: WordCellBlock[]): WordCell => ({
    column,
    colspan: 1,
    rowspan: 1,
    blocks,
  });
  const text = (said: string): WordParagraph => wordParagraph([{ kind: 'text', text: said, marks: [] }]);
  const head = (column: Column): WordParagraph => {
    const label: WordInline = { kind: 'text', text: column.label, marks: [] };
    if (column.type !== 'number') return wordParagraph([label]);
    return wordParagraph([label, { kind: 'break' }, { kind: 'text', text: `（${column.unit}）`, marks: [] }]);
  };
  const first = counted ? 1 : 0;
  return {
    kind: 'table',
    shares: [...(counted ? [0.7] : []), ...used.map(shareOf)],
    rows: [
      {
        header: true,
        cells: [
          ...(counted ? [cell(0, [text('序号')])] : []),
          ...used.map((column, at) => cell(at + first, [head(column)])),
        ],
      },
      ...rows.map((row, number) => ({
        header: false,
        cells: [
          ...(counted ? [cell(0, [text(String(number + 1))])] : []),
          ...used.map((column, at) =>
            cell(at + first, fromCell(shownCell(column, row.cells[column.key] ?? '', design))),
          ),
        ],
      })),
    ],
  };
};
