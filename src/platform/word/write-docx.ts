import {
  AlignmentType,
  Footer,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  type IXmlableObject,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  Math as WordMath,
} from 'docx';
import type { OmmlElement } from '../formula/to-omml.ts';
import { toOmml } from '../formula/to-omml.ts';
import type { Formula } from '../formula/tree.ts';
import type {
  WordBlock,
  WordCellBlock,
  WordInline,
  WordOutput,
  WordParagraph,
  WordTable,
} from './document.ts';
import { fontOf, fonts, lines, SIZE, TEXT_WIDTH, wordDocument } from './docx-looks.ts';
import type { PictureSource, Resources } from './resources.ts';
import { fitted, labelText, loadResources, printable } from './resources.ts';
import { webpToPng } from './webp-to-png.ts';

export interface WrittenFile {
  bytes: Buffer;
  /** Chinese sentences on what is printed otherwise. */
  notices: readonly string[];
}

/** In bytes, the file is made in memory. */
const budget = { bytes: 80 * 2 ** 20, pixels: null };
/** Pixels above which a WebP picture is not unpacked here; that of a phone has 12 million. */
const largestWebp = 25_000_000;

/** Word shows no WebP: such pictures become PNG. */
const withoutWebp = async (resources: Resources): Promise<Resources> => {
  const pictures = new Map(resources.pictures);
  let lost = 0;
  for (const [file, picture] of resources.pictures) {
    if (picture === null || picture.type !== 'image/webp') continue;
    const bytes =
      picture.width * picture.height > largestWebp ? null : await webpToPng(picture.bytes, picture);
    if (bytes === null) lost += 1;
    pictures.set(file, bytes === null ? null : { ...picture, type: 'image/png', bytes });
  }
  const notice = `有 ${lost} 张 WebP 图片不能放进 Word，已在原处标出。请另存为 PNG 或 JPEG、换上后重新导出，或下载 PDF。`;
  return { ...resources, pictures, notices: [...resources.notices, ...(lost === 0 ? [] : [notice])] };
};

/** A well-set Word file: headings are headings, formulas are Word's own, head rows are repeated. */
export const toWordFile = async (output: WordOutput, source: PictureSource): Promise<WrittenFile> => {
  const resources = await withoutWebp(await loadResources(output, source, budget));
  const writer = new Writer(resources);
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: writer.text(output.title, { font: fonts.hei }) }),
    ...(output.subtitle === ''
      ? []
      : [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 120 },
            children: writer.text(output.subtitle, { font: fonts.kai }),
          }),
        ]),
    ...writer.facts(output.facts),
    ...writer.blocks(output.blocks),
  ];
  const document = wordDocument(output.title, output.author, {
    children,
    footers: { default: footer(writer, output.footer) },
  });
  return { bytes: await Packer.toBuffer(document), notices: resources.notices };
};

const footer = (writer: Writer, text: string): Footer =>
  new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
        children: [
          ...writer.text(text, { size: SIZE.small, font: fonts.song }),
          new TextRun({
            children: [new Tab(), PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
            size: SIZE.small,
            font: fontOf(fonts.song),
          }),
        ],
      }),
    ],
  });

/** `docx` has no raw XML: a formula is its element with the ready tree in place of its own. */
class Formulas extends WordMath {
  readonly #tree: IXmlableObject;

  constructor(tree: OmmlElement) {
    super({ children: [] });
    this.#tree = xmlable(tree);
  }

  override prepForXml(): IXmlableObject {
    return this.#tree;
  }
}

const xmlable = ({ name, attributes, children }: OmmlElement): IXmlableObject => {
  const inner = children.map((child) => (typeof child === 'string' ? child : xmlable(child)));
  return { [name]: Object.keys(attributes).length === 0 ? inner : [{ _attr: { ...attributes } }, ...inner] };
};

interface Looks {
  font?: string;
  size?: number;
}

/** Pixels of a twip, at 96 to the inch. */
const pixels = (twips: number): number => twips / 15;
const TALLEST_PICTURE = 860;

class Writer {
  readonly #resources: Resources;
  #lists = 0;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  text(text: string, { font = fonts.fang, size }: Looks = {}): TextRun[] {
    return [
      new TextRun({ text: printable(text), font: fontOf(font), ...(size === undefined ? {} : { size }) }),
    ];
  }

  /** Label and value beside each other, two pairs in a row. */
  facts(facts: WordOutput['facts']): (Paragraph | Table)[] {
    if (facts.length === 0) return [];
    const pairs = facts.flatMap((pair, at) =>
      at % 2 === 0 ? [[pair, facts[at + 1] ?? (['', ''] as const)]] : [],
    );
    const cell = (text: string, column: number, head: boolean) => ({
      column,
      colspan: 1,
      rowspan: 1,
      head,
      blocks: [paragraphOf(text)],
    });
    return [
      this.#grid(
        pairs.map((row) => ({
          header: false,
          cells: row.flatMap(([label, value], at) => [
            cell(label, at * 2, true),
            cell(value, at * 2 + 1, false),
          ]),
        })),
        [1, 2, 1, 2],
      ),
      new Paragraph({ children: [], spacing: lines(0.5) }),
    ];
  }

  blocks(blocks: readonly WordBlock[]): (Paragraph | Table)[] {
    let inList = false;
    return blocks.flatMap((block, at) => {
      const item = block.kind === 'paragraph' && block.list !== null;
      if (item && (!inList || (block.list?.level === 0 && !block.list.ordered))) this.#lists += 1;
      inList = item;
      if (block.kind !== 'table') return [this.#line(block, TEXT_WIDTH, SIZE.text)];
      const next = blocks[at + 1];
      // Two tables that touch would become one.
      const gap =
        next === undefined || next.kind === 'table'
          ? [new Paragraph({ children: [], spacing: lines(0.4) })]
          : [];
      return [this.#table(block), ...gap];
    });
  }

  #line(block: WordCellBlock, width: number, size: number): Paragraph {
    if (block.kind === 'formula')
      return new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { before: 60, after: 60 },
        children: this.#formula(block.latex, size, true),
      });
    const own = block.outline === null ? size : undefined;
    const children = block.content.flatMap((inline) => this.#inline(inline, width, own, fontFor(block)));
    if (block.label !== '')
      children.unshift(
        ...this.text(labelText(block.label), {
          font: fontFor(block),
          ...(own === undefined ? {} : { size: own }),
        }),
      );
    return new Paragraph({ ...this.#looks(block, width === TEXT_WIDTH), children });
  }

  #looks({ outline, list, centred, content }: WordParagraph, wide: boolean): IParagraphOptions {
    if (outline !== null)
      return { heading: headings[Math.min(outline, 6)] ?? HeadingLevel.HEADING_6, keepNext: true };
    if (list !== null)
      return {
        numbering: {
          reference: list.ordered ? 'numbers' : 'bullets',
          level: Math.min(list.level, 8),
          instance: this.#lists,
        },
        spacing: wide ? lines(1.5) : lines(1.2),
      };
    if (centred) return { alignment: AlignmentType.CENTER, spacing: wide ? lines(1.5) : lines(1.2) };
    const picture = content.some(({ kind }) => kind === 'picture');
    return {
      spacing: wide ? lines(1.5) : lines(1.2),
      ...(wide && !picture ? { indent: { firstLine: SIZE.text * 20 } } : {}),
    };
  }

  #inline(inline: WordInline, width: number, size: number | undefined, font: string): ParagraphChild[] {
    if (inline.kind === 'break') return [new TextRun({ break: 1 })];
    if (inline.kind === 'formula') return this.#formula(inline.latex, size ?? SIZE.text, false);
    if (inline.kind === 'picture') return this.#picture(inline, width);
    const marks = new Set(inline.marks);
    return [
      new TextRun({
        children: printable(inline.text)
          .split('\t')
          .flatMap((part, at) => (at === 0 ? [part] : [new Tab(), part])),
        font: fontOf(font),
        ...(size === undefined ? {} : { size }),
        ...(marks.has('bold') ? { bold: true } : {}),
        ...(marks.has('italic') ? { italics: true } : {}),
        ...(marks.has('underline') ? { underline: {} } : {}),
        ...(marks.has('strike') ? { strike: true } : {}),
        ...(marks.has('subscript') ? { subScript: true } : {}),
        ...(marks.has('superscript') ? { superScript: true } : {}),
      }),
    ];
  }

  #formula(latex: string, size: number, displayed: boolean): ParagraphChild[] {
    const formula: Formula | null = this.#resources.formulas.get(latex) ?? null;
    if (formula === null)
      return [new TextRun({ text: `$${printable(latex)}$`, font: 'Courier New', size, color: '9C0006' })];
    const omml = toOmml(formula);
    return [new Formulas(displayed ? { name: 'm:oMathPara', attributes: {}, children: [omml] } : omml)];
  }

  #picture(inline: Extract<WordInline, { kind: 'picture' }>, width: number): ParagraphChild[] {
    const picture = this.#resources.pictures.get(inline.file) ?? null;
    if (picture === null) return this.text('【图片缺失】');
    const type = picture.type === 'image/png' ? 'png' : picture.type === 'image/gif' ? 'gif' : 'jpg';
    const space = { width: pixels(width), height: TALLEST_PICTURE };
    return [
      new ImageRun({
        type,
        data: picture.bytes,
        transformation: fitted(picture, inline.width, space),
        altText: { name: inline.file.slice(0, 12), description: printable(inline.alt), title: '' },
      }),
    ];
  }

  #table(table: WordTable): Table {
    const columns = Math.max(
      1,
      ...table.rows.flatMap(({ cells }) => cells.map((cell) => cell.column + cell.colspan)),
    );
    const shares = Array.from({ length: columns }, (_, at) => table.shares?.[at] ?? 1);
    return this.#grid(
      table.rows.map(({ header, cells }) => ({
        header,
        cells: cells.map((cell) => ({ ...cell, head: header })),
      })),
      shares,
    );
  }

  #grid(rows: readonly GridRow[], shares: readonly number[]): Table {
    const whole = shares.reduce((sum, share) => sum + share, 0);
    const widths = shares.map((share) => Math.floor((TEXT_WIDTH * share) / whole));
    return new Table({
      width: { size: TEXT_WIDTH, type: 'dxa' },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      margins: { top: 50, bottom: 50, left: 90, right: 90, marginUnitType: 'dxa' },
      rows: rows.map(
        ({ header, cells }) =>
          new TableRow({
            tableHeader: header,
            children: cells.map(({ column, colspan, rowspan, blocks, head }) => {
              const width = widths.slice(column, column + colspan).reduce((sum, one) => sum + one, 0);
              return new TableCell({
                columnSpan: colspan,
                rowSpan: rowspan,
                width: { size: width, type: 'dxa' },
                verticalAlign: VerticalAlignTable.CENTER,
                ...(head ? { shading: { type: 'clear', color: 'auto', fill: 'F2F2F2' } } : {}),
                children: this.#cell(blocks, width - 180, head),
              });
            }),
          }),
      ),
    });
  }

  #cell(blocks: readonly WordCellBlock[], width: number, head: boolean): Paragraph[] {
    let inList = false;
    const children = blocks.map((block) => {
      const item = block.kind === 'paragraph' && block.list !== null;
      if (item && !inList) this.#lists += 1;
      inList = item;
      if (!head || block.kind === 'formula') return this.#line(block, width, SIZE.table);
      return new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: lines(1.2),
        children: block.content.flatMap((inline) => this.#inline(inline, width, SIZE.table, fonts.hei)),
      });
    });
    return children.length === 0 ? [new Paragraph({ children: [] })] : children;
  }
}

interface GridRow {
  header: boolean;
  cells: readonly {
    column: number;
    colspan: number;
    rowspan: number;
    blocks: readonly WordCellBlock[];
    head: boolean;
  }[];
}

const paragraphOf = (text: string): WordParagraph => ({
  kind: 'paragraph',
  outline: null,
  list: null,
  label: '',
  centred: false,
  content: text === '' ? [] : [{ kind: 'text', text, marks: [] }],
});

const headings = [
  HeadingLevel.TITLE,
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
];
const fontFor = ({ outline }: WordParagraph): string =>
  outline === null ? fonts.fang : outline === 2 ? fonts.kai : fonts.hei;
