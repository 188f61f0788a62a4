/** One row of a table a person brought, with empty rows left out and trailing empty cells dropped. */
export interface TableRow {
  /** Sheet name, 表1 (the first table of a Word file), 正文 (its paragraphs), or the name of a text file. */
  table: string;
  /** As the person counts: the first row is 1. */
  row: number;
  /** A cell of a vertically merged range repeats the value of its first cell. */
  cells: string[];
  /** Where the value of a cell (first column 0) stands, e.g. 小学!C12; for a merged cell, its first cell. */
  ref: (column: number) => string;
}

export type TableSource = { name: string; bytes: Buffer } | { name: string; path: string };

export interface TableLimits {
  /** Rows of the whole file. */
  rows: number;
  columns: number;
  /** Unpacked size of one part of an archive, and size of a plain text file. */
  partBytes: number;
  /** Unpacked size of what has to stay in memory: shared strings, styles, a Word document. */
  heldBytes: number;
  /** Unpacked size divided by packed size, looked at above 16 MB. */
  ratio: number;
}

const megabyte = 1024 * 1024;

export const defaultLimits: TableLimits = {
  rows: 200_000,
  columns: 500,
  partBytes: 400 * megabyte,
  heldBytes: 64 * megabyte,
  ratio: 200,
};
