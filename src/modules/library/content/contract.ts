import { z } from 'zod';
import { limits } from './limits/contract.ts';

/** Marks of a run of text; names are those of ProseMirror documents. */
export const markTypes = ['bold', 'italic', 'underline', 'strike', 'subscript', 'superscript'] as const;
export type MarkType = (typeof markTypes)[number];

/** SHA-256 of a stored file, lower-case hexadecimal. */
const fileHash = z.string().regex(/^[0-9a-f]{64}$/);
const runText = z.string().min(1).max(limits.run);
const latex = z.string().min(1).max(limits.formula);

const mark = z.strictObject({ type: z.enum(markTypes) });
const inline = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: runText, marks: z.array(mark).max(6).optional() }),
  z.strictObject({ type: z.literal('hardBreak') }),
  /** Typed as LaTeX (without dollars), drawn by KaTeX, an OMML formula in Word. */
  z.strictObject({ type: z.literal('inlineMath'), attrs: z.strictObject({ latex }) }),
  z.strictObject({
    type: z.literal('picture'),
    /** `width` in CSS pixels, null as wide as it is. */
    attrs: z.strictObject({
      file: fileHash,
      alt: z.string().max(limits.alternative),
      width: z.int().min(8).max(4000).nullable(),
    }),
  }),
]);
export type Inline = z.infer<typeof inline>;

const paragraph = z.strictObject({
  type: z.literal('paragraph'),
  content: z.array(inline).max(limits.inlines).optional(),
});
const heading = z.strictObject({
  type: z.literal('heading'),
  attrs: z.strictObject({ level: z.int().min(1).max(3) }),
  content: z.array(inline).max(limits.inlines).optional(),
});
const blockMath = z.strictObject({ type: z.literal('blockMath'), attrs: z.strictObject({ latex }) });

/** Lists hold paragraphs and lists, tables hold paragraphs, formulas and lists: no table inside a table. */
export type Paragraph = z.infer<typeof paragraph>;
export type Heading = z.infer<typeof heading>;
export type BlockMath = z.infer<typeof blockMath>;
export interface List {
  type: 'bulletList' | 'orderedList';
  content: ListItem[];
}
export interface ListItem {
  type: 'listItem';
  content: (Paragraph | List)[];
}
export type CellBlock = Paragraph | BlockMath | List;
export interface TableCell {
  type: 'tableCell' | 'tableHeader';
  attrs: { colspan: number; rowspan: number };
  content: CellBlock[];
}
export interface TableRow {
  type: 'tableRow';
  content: TableCell[];
}
export interface Table {
  type: 'table';
  content: TableRow[];
}
/** A top-level piece of a text section; a text section is the content of a ProseMirror document. */
export type Block = Paragraph | Heading | BlockMath | List | Table;

const list: z.ZodType<List, List> = z.strictObject({
  type: z.enum(['bulletList', 'orderedList']),
  get content() {
    return z.array(listItem).min(1).max(limits.listItems);
  },
});
const listItem: z.ZodType<ListItem, ListItem> = z.strictObject({
  type: z.literal('listItem'),
  get content() {
    return z
      .array(z.union([paragraph, list]))
      .min(1)
      .max(limits.itemBlocks);
  },
});
const tableCell = z.strictObject({
  type: z.enum(['tableCell', 'tableHeader']),
  attrs: z.strictObject({
    colspan: z.int().min(1).max(limits.tableCells),
    rowspan: z.int().min(1).max(limits.tableRows),
  }),
  content: z
    .array(z.union([paragraph, blockMath, list]))
    .min(1)
    .max(limits.cellBlocks),
});
const table = z.strictObject({
  type: z.literal('table'),
  content: z
    .array(
      z.strictObject({
        type: z.literal('tableRow'),
        content: z.array(tableCell).min(1).max(limits.tableCells),
      }),
    )
    .min(1)
    .max(limits.tableRows),
});
export const block: z.ZodType<Block, Block> = z.union([paragraph, heading, blockMath, list, table]);

export const columnKey = z.string().regex(/^[a-z][a-zA-Z]{0,30}$/);

/**
 * One row of a table with fixed columns. A cell is text: of a number its digits, of a choice its key, of references the
 * ids of rows parted by one space. A text cell may hold `$LaTeX$` and `![alt](sha256)`; an empty cell is left out.
 */
export const row = z.strictObject({
  id: z.string().regex(/^[0-9a-z-]{1,36}$/),
  cells: z.record(columnKey, z.string().min(1).max(limits.cell)),
});
export type Row = z.infer<typeof row>;

/** How many lists stand in one another at most. */
const depthOf = (blocks: readonly (Block | CellBlock)[]): number =>
  blocks.reduce((deepest, one) => {
    if (one.type === 'bulletList' || one.type === 'orderedList')
      return Math.max(deepest, 1 + depthOf(one.content.flatMap((item) => item.content)));
    return one.type === 'table'
      ? Math.max(
          deepest,
          depthOf(one.content.flatMap((line) => line.content.flatMap((cell) => cell.content))),
        )
      : deepest;
  }, 0);

const textBody = z
  .strictObject({ form: z.literal('text'), blocks: z.array(block).max(limits.blocks) })
  .refine(({ blocks }) => depthOf(blocks) <= limits.listDepth);
/** Each row's id once: what refers to a row, and every merge, goes by it. */
const rowsBody = z
  .strictObject({ form: z.literal('rows'), rows: z.array(row).max(limits.rows) })
  .refine(({ rows }) => new Set(rows.map(({ id }) => id)).size === rows.length);
export type TextBody = z.infer<typeof textBody>;
export type RowsBody = z.infer<typeof rowsBody>;
export const body = z.discriminatedUnion('form', [textBody, rowsBody]);
export type Body = z.infer<typeof body>;

/** The key of a section of the kind's template (`goals`), or `own-…` of one that the authors added. */
export const sectionKey = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);
export const section = z.strictObject({ key: sectionKey, title: z.string().min(1).max(limits.title), body });
export type Section = z.infer<typeof section>;

/** A design: named sections in order, each key once. */
export const content = z
  .strictObject({ sections: z.array(section).max(limits.sections) })
  .refine(({ sections }) => new Set(sections.map(({ key }) => key)).size === sections.length);
export type Content = z.infer<typeof content>;
