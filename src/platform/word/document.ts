/** A Word document without its looks: what is read from one, and what one is written from. */
export const wordMarks = ['bold', 'italic', 'underline', 'strike', 'subscript', 'superscript'] as const;
export type WordMark = (typeof wordMarks)[number];

export type WordInline =
  | { kind: 'text'; text: string; marks: readonly WordMark[] }
  | { kind: 'break' }
  /** LaTeX without dollars. */
  | { kind: 'formula'; latex: string }
  /** `file`: SHA-256 of the picture; `width` in CSS pixels, null as wide as it is. */
  | { kind: 'picture'; file: string; alt: string; width: number | null };

export interface WordParagraph {
  kind: 'paragraph';
  /** 0 the title of the document, 1–9 a heading of that level, null neither. */
  outline: number | null;
  /** An item of a list; `level` from 0. */
  list: { ordered: boolean; level: number } | null;
  /** The number Word writes before it (一、 or A.), where it is not an item of a plain list. */
  label: string;
  centred: boolean;
  content: WordInline[];
}

/** A formula in a line of its own. */
export interface WordFormula {
  kind: 'formula';
  latex: string;
}

export type WordCellBlock = WordParagraph | WordFormula;

export interface WordCell {
  /** From 0, counted in the columns of the table's grid. */
  column: number;
  colspan: number;
  /** Rows of the cell; the rows below leave its place out. */
  rowspan: number;
  blocks: WordCellBlock[];
}
export interface WordRow {
  /** Repeated on every page. */
  header: boolean;
  cells: WordCell[];
}
export interface WordTable {
  kind: 'table';
  rows: WordRow[];
  /** Shares of the width, for writing; equal where left out. */
  shares?: readonly number[];
}

export type WordBlock = WordParagraph | WordFormula | WordTable;

/** What is written: a title, what the document is about, and its blocks. */
export interface WordOutput {
  title: string;
  /** A smaller line under the title; may be empty. */
  subtitle: string;
  /** Printed as a small table under the title. */
  facts: readonly (readonly [label: string, value: string])[];
  blocks: readonly WordBlock[];
  /** Printed at the foot of every page beside the page number; may be empty. */
  footer: string;
  author: string;
}

export const wordText = (content: readonly WordInline[]): string =>
  content
    .map((inline) => (inline.kind === 'text' ? inline.text : inline.kind === 'break' ? '\n' : ''))
    .join('');

export const wordParagraph = (
  content: WordInline[],
  changes: Partial<Omit<WordParagraph, 'kind' | 'content'>> = {},
): WordParagraph => ({
  kind: 'paragraph',
  outline: null,
  list: null,
  label: '',
  centred: false,
  ...changes,
  content,
});
