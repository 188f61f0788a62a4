import type { Archive } from './archive.ts';
import type { TableLimits, TableRow } from './table-row.ts';
import { damaged } from './unreadable-file.ts';
import type { XmlListener } from './xml.ts';
import { readXml } from './xml.ts';

/** Text boxes, drawings, the old-Word copy of a shape, and text moved away or deleted under tracking. */
const ignoredElements = new Set(['txbxContent', 'drawing', 'pict', 'Fallback', 'moveFrom', 'del']);

interface Filled {
  value: string;
  row: number;
}

/** Tables in the order of the document; the paragraphs between them come as rows of the table 正文. */
export async function* readDocx(
  archive: Archive,
  part: string,
  limits: TableLimits,
): AsyncGenerator<TableRow> {
  const bytes = await archive.open(part, limits.heldBytes);
  if (bytes === null) throw damaged();
  yield* readXml(bytes, new DocxListener(limits));
}

class DocxListener implements XmlListener<TableRow> {
  readonly #limits: TableLimits;
  #done: TableRow[] = [];
  #ignoring = 0;
  #inText = false;
  #tableDepth = 0;
  #tables = 0;
  #rowNumber = 0;
  #paragraphs = 0;
  #text = '';
  #cells: string[] = [];
  #origins: (number | undefined)[] = [];
  #column = 0;
  #span = 1;
  #merge: 'none' | 'start' | 'on' = 'none';
  #above = new Map<number, Filled>();

  constructor(limits: TableLimits) {
    this.#limits = limits;
  }

  open(name: string, attribute: (local: string) => string | undefined): void {
    if (this.#ignoring > 0 || ignoredElements.has(name)) {
      this.#ignoring += 1;
      return;
    }
    if (name === 't') this.#inText = true;
    else if (name === 'tab' && attribute('val') === undefined) this.#text += '\t';
    else if (name === 'br' || name === 'cr') this.#text += '\n';
    else if (name === 'noBreakHyphen') this.#text += '-';
    else if (name === 'p' && this.#tableDepth > 0 && this.#text !== '') this.#text += '\n';
    else if (name === 'tbl') this.#openTable();
    else if (this.#tableDepth === 1) this.#openInTable(name, attribute);
  }

  #openTable(): void {
    this.#tableDepth += 1;
    if (this.#tableDepth > 1) return;
    this.#tables += 1;
    this.#rowNumber = 0;
    this.#above = new Map();
  }

  #openInTable(name: string, attribute: (local: string) => string | undefined): void {
    if (name === 'tr') {
      this.#rowNumber += 1;
      this.#cells = [];
      this.#origins = [];
      this.#column = 0;
    } else if (name === 'gridBefore') {
      this.#column += this.#count(attribute('val'));
    } else if (name === 'tc') {
      this.#text = '';
      this.#span = 1;
      this.#merge = 'none';
    } else if (name === 'gridSpan') {
      this.#span = Math.max(1, this.#count(attribute('val')));
    } else if (name === 'vMerge') {
      this.#merge = attribute('val') === 'restart' ? 'start' : 'on';
    }
  }

  #count(value: string | undefined): number {
    const count = Number(value ?? '0');
    return Number.isInteger(count) && count >= 0 ? Math.min(count, this.#limits.columns) : 0;
  }

  text(value: string): void {
    if (this.#inText && this.#ignoring === 0) this.#text += value;
  }

  close(name: string): void {
    if (this.#ignoring > 0) {
      this.#ignoring -= 1;
      return;
    }
    if (name === 't') this.#inText = false;
    else if (name === 'tbl') this.#tableDepth -= 1;
    else if (name === 'p' && this.#tableDepth === 0) this.#closeParagraph();
    else if (this.#tableDepth === 1 && name === 'tc') this.#closeCell();
    else if (this.#tableDepth === 1 && name === 'tr') this.#closeRow();
  }

  #closeCell(): void {
    let value = this.#text.trim();
    this.#text = '';
    const above = this.#above.get(this.#column);
    if (this.#merge === 'on' && above !== undefined) {
      value = above.value;
      this.#origins[this.#column] = above.row;
    } else if (this.#merge === 'start') {
      this.#above.set(this.#column, { value, row: this.#rowNumber });
    } else {
      this.#above.delete(this.#column);
    }
    if (this.#column < this.#limits.columns) this.#cells[this.#column] = value;
    this.#column += this.#span;
  }

  #closeRow(): void {
    const table = `表${this.#tables}`;
    const row = this.#rowNumber;
    const origins = this.#origins;
    this.#push(
      table,
      row,
      this.#cells,
      (column) => `${table} 第${origins[column] ?? row}行第${column + 1}列`,
    );
  }

  #closeParagraph(): void {
    for (const line of this.#text.split('\n')) {
      this.#paragraphs += 1;
      const row = this.#paragraphs;
      const cells = line.split('\t').slice(0, this.#limits.columns);
      this.#push('正文', row, cells, (column) => `正文 第${row}行第${column + 1}列`);
    }
    this.#text = '';
  }

  #push(table: string, row: number, sparse: string[], ref: (column: number) => string): void {
    const cells = Array.from(sparse, (cell) => cell ?? '');
    while (cells.length > 0 && cells.at(-1)?.trim() === '') cells.pop();
    if (cells.length > 0) this.#done.push({ table, row, cells, ref });
  }

  take(): TableRow[] {
    const rows = this.#done;
    this.#done = [];
    return rows;
  }
}
