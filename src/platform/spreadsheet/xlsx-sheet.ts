import type { TableLimits, TableRow } from './table-row.ts';
import { damaged, tooLarge } from './unreadable-file.ts';
import type { NumberForm } from './xlsx-parts.ts';
import { showNumber, unescapeText } from './xlsx-parts.ts';
import type { XmlListener } from './xml.ts';

const lastRow = 1_048_576;
const mostMerges = 100_000;

/** A range of more than one row; rows from 1, the column from 0. */
interface Merge {
  top: number;
  bottom: number;
  column: number;
}

interface Reading {
  name: string;
  strings: string[];
  styles: NumberForm[];
  from1904: boolean;
  merges: Merge[];
  limits: TableLimits;
}

/** Merged ranges stand behind the cells in the file, so they are looked for in a pass of their own. */
export async function readMerges(bytes: AsyncIterable<Buffer>): Promise<Merge[]> {
  const merges: Merge[] = [];
  let rest = '';
  for await (const chunk of bytes) {
    const text = rest + chunk.toString('latin1');
    let end = 0;
    for (const found of text.matchAll(/mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/gu)) {
      end = found.index + found[0].length;
      const [, letters = '', top, bottom] = found;
      if (top !== bottom)
        merges.push({ top: Number(top), bottom: Number(bottom), column: columnIndex(letters) });
      if (merges.length > mostMerges) throw tooLarge('合并单元格过多');
    }
    rest = text.slice(Math.max(end, text.length - 64));
  }
  return merges.toSorted((one, other) => one.top - other.top);
}

function columnIndex(letters: string): number {
  let index = 0;
  for (let at = 0; at < letters.length; at += 1) index = index * 26 + letters.charCodeAt(at) - 64;
  return index - 1;
}

function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** Turns the elements of one sheet into rows; only what is written in the file takes memory. */
export class SheetListener implements XmlListener<TableRow> {
  readonly #reading: Reading;
  #done: TableRow[] = [];
  #row = 0;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #collecting = false;
  #phonetic = 0;
  #nextMerge = 0;
  #active: (Merge & { value: string })[] = [];

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  open(name: string, attribute: (local: string) => string | undefined): void {
    if (name === 'c') {
      this.#openCell(attribute);
    } else if (name === 'v' || name === 't') {
      this.#collecting = true;
    } else if (name === 'row') {
      const row = attribute('r');
      this.#row = row === undefined ? this.#row + 1 : Number(row);
      if (!Number.isInteger(this.#row) || this.#row < 1) throw damaged();
      if (this.#row > lastRow) throw tooLarge(`工作表“${this.#reading.name}”的行号超出表格的范围`);
      this.#cells = [];
      this.#column = -1;
    } else if (name === 'rPh') {
      this.#phonetic += 1;
    }
  }

  #openCell(attribute: (local: string) => string | undefined): void {
    const ref = attribute('r');
    const letters = ref === undefined ? null : /^([A-Z]{1,3})\d/u.exec(ref);
    this.#column = letters?.[1] === undefined ? this.#column + 1 : columnIndex(letters[1]);
    this.#type = attribute('t') ?? 'n';
    this.#style = Number(attribute('s') ?? '0');
    this.#value = '';
  }

  text(piece: string): void {
    if (this.#collecting && this.#phonetic === 0) this.#value += piece;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#collecting = false;
    else if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
  }

  #closeCell(): void {
    if (this.#value === '') return;
    if (this.#column >= this.#reading.limits.columns)
      throw tooLarge(`工作表“${this.#reading.name}”超过 ${this.#reading.limits.columns} 列`);
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = this.#show();
  }

  #show(): string {
    if (this.#type === 's') return this.#reading.strings[Number(this.#value)] ?? '';
    if (this.#type === 'b') return this.#value === '1' ? 'TRUE' : 'FALSE';
    if (this.#type === 'n')
      return showNumber(
        this.#value,
        this.#reading.styles[this.#style] ?? { as: 'number' },
        this.#reading.from1904,
      );
    return unescapeText(this.#value);
  }

  #closeRow(): void {
    const row = this.#row;
    const cells = this.#cells;
    const origins = this.#fillMerged(row, cells);
    while (cells.length > 0 && cells.at(-1)?.trim() === '') cells.pop();
    if (cells.length === 0) return;
    const table = this.#reading.name;
    this.#done.push({
      table,
      row,
      cells,
      ref: (column) => `${table}!${columnLetters(column)}${origins?.get(column) ?? row}`,
    });
  }

  #fillMerged(row: number, cells: string[]): Map<number, number> | null {
    const { merges } = this.#reading;
    if (this.#active.length > 0) this.#active = this.#active.filter(({ bottom }) => bottom >= row);
    let origins: Map<number, number> | null = null;
    for (const { column, top, value } of this.#active) {
      if (value === '') continue;
      while (cells.length <= column) cells.push('');
      cells[column] = value;
      origins ??= new Map();
      origins.set(column, top);
    }
    for (
      let merge = merges[this.#nextMerge];
      merge !== undefined && merge.top <= row;
      merge = merges[this.#nextMerge]
    ) {
      this.#nextMerge += 1;
      if (merge.top === row) this.#active.push({ ...merge, value: cells[merge.column] ?? '' });
    }
    return origins;
  }

  take(): TableRow[] {
    const rows = this.#done;
    this.#done = [];
    return rows;
  }
}
