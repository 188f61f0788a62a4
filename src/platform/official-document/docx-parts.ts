import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  type IParagraphOptions,
  type ISectionOptions,
  LineRuleType,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  VerticalMergeType,
} from 'docx';
import type { LaidTable } from './layout.ts';

/** Twips of GB/T 9704-2012 on A4: 37 mm above, 28 mm at the binding, 156 × 225 mm of text, 22 lines. */
export const LINE = 579;
export const TEXT_WIDTH = 8845;
const LONG_SIDE = 12756;

/** One character of 3号 as set: 16 pt less a quarter point, so that 28 stand in a line. */
const CHARACTER = 315;
export const characters = (count: number): number => Math.round(count * CHARACTER);

/** Half points. */
export const size = { title: 44, text: 32, small: 28, tight: 24 } as const;

export const fonts = {
  mark: '方正小标宋简体',
  fang: '仿宋',
  kai: '楷体',
  hei: '黑体',
  song: '宋体',
} as const;

const fontOf = (name: string, latin = 'Times New Roman') => ({
  ascii: latin,
  hAnsi: latin,
  eastAsia: name,
  cs: latin,
  // Without it Word sets “ ” — … in the Latin font, half as wide.
  hint: 'eastAsia',
});

type RunStyle = { font?: string; latin?: string; size?: number; color?: string };

/** Line feeds become line breaks, tabs go to the tab stops. */
export const run = (text: string, style: RunStyle = {}): TextRun[] =>
  text.split('\n').map(
    (line, index) =>
      new TextRun({
        children: line.split('\t').flatMap((part, at) => (at === 0 ? [part] : [new Tab(), part])),
        font: fontOf(style.font ?? fonts.fang, style.latin),
        size: style.size ?? size.text,
        characterSpacing: (style.size ?? size.text) === size.text ? -5 : 0,
        ...(style.color === undefined ? {} : { color: style.color }),
        ...(index === 0 ? {} : { break: 1 }),
      }),
  );

const exactly = (line: number) => ({ line, lineRule: LineRuleType.EXACT });

/** A paragraph on the line grid. `before` in lines. */
export const paragraph = (
  children: readonly TextRun[],
  { before = 0, ...options }: Omit<IParagraphOptions, 'children' | 'spacing'> & { before?: number } = {},
): Paragraph =>
  new Paragraph({
    widowControl: false,
    ...options,
    children,
    spacing: { ...exactly(LINE), before: Math.round(before * LINE), after: 0 },
  });

/**
 * A black line as wide as the text: an empty, shaded paragraph of that height (twips). A border would not do:
 * it follows the indent, and LibreOffice drops a frame whose paragraphs have different borders.
 */
export const rule = (height: number, options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    ...options,
    children: [],
    spacing: { ...exactly(height), before: 0, after: 0 },
    shading: { type: ShadingType.CLEAR, color: 'auto', fill: '000000' },
  });

const pageNumber = (odd: boolean): Paragraph =>
  new Paragraph({
    alignment: odd ? AlignmentType.RIGHT : AlignmentType.LEFT,
    indent: odd ? { right: 280 } : { left: 280 },
    spacing: { ...exactly(320), before: 0, after: 0 },
    children: [
      new TextRun({
        children: ['— ', PageNumber.CURRENT, ' —'],
        font: fontOf(fonts.song, fonts.song),
        size: size.small,
      }),
    ],
  });

/** A run of pages of one orientation. Odd pages carry their number on the right, even ones on the left. */
export const pages = (children: ISectionOptions['children'], landscape: boolean): ISectionOptions => ({
  children,
  properties: {
    page: landscape
      ? {
          size: { width: 11906, height: 16838, orientation: PageOrientation.LANDSCAPE },
          margin: { top: 1587, right: 2098, bottom: 1474, left: 1984, header: 851, footer: 850, gutter: 0 },
        }
      : {
          size: { width: 11906, height: 16838 },
          margin: { top: 2098, right: 1474, bottom: 1984, left: 1587, header: 851, footer: 1420, gutter: 0 },
        },
  },
  footers: {
    default: new Footer({ children: [pageNumber(true)] }),
    even: new Footer({ children: [pageNumber(false)] }),
  },
});

export const wordFile = (title: string, creator: string, sections: ISectionOptions[]): Document =>
  new Document({
    title,
    creator,
    lastModifiedBy: creator,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: {
            font: fontOf(fonts.fang),
            size: size.text,
            language: { value: 'en-US', eastAsia: 'zh-CN' },
          },
          paragraph: { spacing: { ...exactly(LINE), before: 0, after: 0 } },
        },
      },
    },
    sections,
  });

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const;

/** Full width, thin black lines, the head repeated on every page. */
export const table = (laid: LaidTable, landscape: boolean): Table => {
  const width = landscape ? LONG_SIDE : TEXT_WIDTH;
  const columnWidths = laid.columns.map(({ share }) => Math.floor(width * share));
  const textSize = laid.columns.length > (landscape ? 8 : 5) ? size.tight : size.small;
  const cell = (text: string, font: string, alignment: 'left' | 'center' | 'right'): Paragraph =>
    new Paragraph({
      alignment: alignments[alignment],
      spacing: { ...exactly(textSize === size.small ? 440 : 380), before: 0, after: 0 },
      children: run(text, { font, size: textSize }),
    });
  const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  return new Table({
    width: { size: width, type: 'dxa' },
    columnWidths,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { top: 40, bottom: 40, left: 85, right: 85, marginUnitType: 'dxa' },
    borders: {
      top: line,
      bottom: line,
      left: line,
      right: line,
      insideHorizontal: line,
      insideVertical: line,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: laid.columns.map(
          ({ title }, index) =>
            new TableCell({
              width: { size: columnWidths[index] ?? 0, type: 'dxa' },
              verticalAlign: VerticalAlignTable.CENTER,
              children: [cell(title, fonts.hei, 'center')],
            }),
        ),
      }),
      ...laid.rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map(
              ({ text, span }, index) =>
                new TableCell({
                  width: { size: columnWidths[index] ?? 0, type: 'dxa' },
                  verticalAlign: VerticalAlignTable.CENTER,
                  ...(span === 1
                    ? {}
                    : { verticalMerge: span === 0 ? VerticalMergeType.CONTINUE : VerticalMergeType.RESTART }),
                  children: [
                    cell(span === 0 ? '' : text, fonts.fang, laid.columns[index]?.align ?? 'center'),
                  ],
                }),
            ),
          }),
      ),
    ],
  });
};
