import type { WordCellBlock, WordParagraph } from '#platform/word/document.ts';
import { wordParagraph } from '#platform/word/document.ts';
import type { Row } from '../../content/contract.ts';
import type { Column, SectionTemplate } from '../../template/contract.ts';
import { inlinesToCell, toCell } from '../../word-cell/rules.ts';
import type { SubHeading, TextPiece } from '../body/rules.ts';
import { afterCharacters, bareLabel, headingOf, markedText, matchColumn, numberAt } from '../label/rules.ts';

/** A table whose head names columns: the column of each place, null where none is known. */
export interface Grid {
  kind: 'grid';
  columns: readonly (Column | null)[];
  labels: readonly string[];
  /** By place; a cell over the whole width stands alone. */
  rows: readonly { whole: boolean; cells: readonly (readonly WordCellBlock[])[] }[];
}
export type RowPiece = TextPiece | Grid;

export interface RowContext {
  newId: () => string;
  /** Ids of the goals in order, for references like 目标2. */
  goalIds: readonly string[];
}

const longestCell = 20_000;

/** The column that takes what has no column of its own. */
export const mainColumn = (columns: readonly Column[]): Column | undefined =>
  columns.find((column) => column.type === 'text' && column.wide === true) ??
  columns.find(({ type }) => type === 'text');

/** The value of a cell in the form its column keeps; null where the words do not fit it. */
export const cellValue = (column: Column, text: string, goalIds: readonly string[]): string | null => {
  if (column.type === 'text') return text;
  if (column.type === 'competency') return text.length <= 200 ? text.replaceAll('\n', '；') : null;
  if (column.type === 'number') {
    const match = /^\D{0,4}(\d+(?:\.\d+)?)\D{0,4}$/u.exec(text.trim());
    const number = Number(match?.[1] ?? 'none');
    return Number.isInteger(number) && number >= 0 && number <= column.max ? String(number) : null;
  }
  if (column.type === 'choice') {
    const bare = bareLabel(text);
    const options = Object.entries(column.options);
    return (
      options.find(([, label]) => label === bare)?.[0] ??
      options.find(([, label]) => bare.length <= label.length + 2 && bare.includes(label))?.[0] ??
      null
    );
  }
  if (column.type === 'references' && column.section === 'goals') return references(text, goalIds);
  return null;
};

/** 目标1、3 as the ids of those goals; null where it says anything else. */
const references = (text: string, goalIds: readonly string[]): string | null => {
  if (!/^(?:(?:教学|学习|素养|单元|课时|作业)?目标)?[\s\d、,，.;；和与及目标()（）①-⑳]+$/u.test(text))
    return null;
  const numbers = [...text.matchAll(/\d+|[①-⑳]/gu)].map(([sign]) =>
    /\d/u.test(sign) ? Number(sign) : sign.charCodeAt(0) - 0x245f,
  );
  const ids = numbers.map((number) => goalIds[number - 1]);
  const known = ids.filter((id) => id !== undefined);
  return known.length === 0 || known.length < ids.length ? null : [...new Set(known)].join(' ');
};

/** A row being filled; what fits no column goes behind the main text with its label. */
class Filling {
  readonly #columns: readonly Column[];
  readonly #context: RowContext;
  readonly #texts = new Map<string, string[]>();
  readonly #fixed = new Map<string, string>();

  constructor(columns: readonly Column[], context: RowContext) {
    this.#columns = columns;
    this.#context = context;
  }

  get isEmpty(): boolean {
    return this.#texts.size === 0 && this.#fixed.size === 0;
  }

  has(key: string): boolean {
    return this.#texts.has(key) || this.#fixed.has(key);
  }

  add(column: Column | null, label: string, text: string): void {
    if (text.trim() === '') return;
    const main = mainColumn(this.#columns);
    const value = column === null ? null : cellValue(column, text, this.#context.goalIds);
    if (column !== null && value !== null && column.type !== 'text' && !this.#fixed.has(column.key))
      this.#fixed.set(column.key, value);
    else if (column?.type === 'text') this.#say(column.key, text);
    else if (main !== undefined) this.#say(main.key, label === '' ? text : `【${label}】${text}`);
  }

  #say(key: string, text: string): void {
    this.#texts.set(key, [...(this.#texts.get(key) ?? []), text]);
  }

  /** The row, and more where a cell would be too long. */
  rows(): Row[] {
    const whole = new Map([...this.#texts].map(([key, lines]) => [key, lines.join('\n')] as const));
    const count = Math.max(1, ...[...whole.values()].map((text) => Math.ceil(text.length / longestCell)));
    return Array.from({ length: count }, (_, at) => {
      const cells: Record<string, string> = {};
      for (const { key } of this.#columns) {
        const text = (whole.get(key) ?? '').slice(at * longestCell, (at + 1) * longestCell);
        const value = text === '' && at === 0 ? (this.#fixed.get(key) ?? '') : text;
        if (value !== '') cells[key] = value;
      }
      return { id: this.#context.newId(), cells };
    }).filter(({ cells }) => Object.keys(cells).length > 0);
  }
}

/** The pieces of a section as rows with the template's columns. */
export const toRows = (section: SectionTemplate, pieces: readonly RowPiece[], context: RowContext): Row[] => {
  const columns = section.columns ?? [];
  const reader = new RowReader(columns, context);
  for (const piece of pieces) {
    if (piece.kind === 'grid') reader.grid(piece);
    else if (piece.kind === 'heading') reader.heading(piece);
    else if (piece.kind === 'table')
      for (const row of piece.rows) reader.text(row.cells.map(({ blocks }) => toCell(blocks)).join(' | '));
    else if (piece.kind === 'formula') reader.text(toCell([piece]));
    else reader.paragraph(piece);
  }
  return reader.end();
};

/** Lines within a phase that belong to one column: 设计意图：…, 【学生活动】. */
const inPhase = new Set([
  'teacher',
  'pupils',
  'intention',
  'evaluation',
  'goals',
  'minutes',
  'criteria',
  'evidence',
  'answer',
  'sourceNote',
]);

/** The number of a row, which the form gives of itself. */
const isCounted = (label: string, text: string): boolean =>
  /^(?:序号|编号)$/u.test(label) && /^\d{0,3}$/u.test(text);

class RowReader {
  readonly #columns: readonly Column[];
  readonly #context: RowContext;
  readonly #phase: Column | undefined;
  readonly #rows: Row[] = [];
  #open: Filling;
  /** Where unlabelled lines of the open phase go. */
  #into: Column | null = null;
  #numbered = false;
  #layer: string | null = null;

  constructor(columns: readonly Column[], context: RowContext) {
    this.#columns = columns;
    this.#context = context;
    this.#phase = columns.find(({ key }) => key === 'phase');
    this.#open = new Filling(columns, context);
  }

  #close(): void {
    if (!this.#open.isEmpty) this.#rows.push(...this.#open.rows());
    this.#open = new Filling(this.#columns, this.#context);
    this.#into = null;
  }

  /** A new row, in the layer that the last heading named. */
  #begin(): void {
    this.#close();
    const layer = this.#columns.find(({ key }) => key === 'layer');
    if (layer !== undefined && this.#layer !== null) this.#open.add(layer, '', this.#layer);
  }

  end(): Row[] {
    this.#close();
    return this.#rows;
  }

  grid({ columns, labels, rows }: Grid): void {
    this.#layer = null;
    this.#close();
    for (const { whole, cells } of rows) {
      if (whole) {
        const text = toCell(cells.flat());
        if (text === '') continue;
        if (!this.#open.isEmpty) this.#close();
        const from = this.#phase === undefined ? 0 : (numberAt(text)?.length ?? 0);
        this.#open.add(this.#phase ?? mainColumn(this.#columns) ?? null, '', text.slice(from));
        continue;
      }
      if (this.#open.has('phase') && columns.some((column) => column?.key === 'phase')) this.#close();
      cells.forEach((blocks, at) => {
        if (isCounted(labels[at] ?? '', toCell(blocks))) return;
        this.#open.add(columns[at] ?? null, labels[at] ?? '', toCell(blocks));
      });
      this.#close();
    }
  }

  heading({ paragraph }: SubHeading): void {
    const text = toCell([{ ...paragraph, list: null, label: '' }]);
    this.#layer = null;
    this.#numbered = false;
    this.#close();
    if (this.#phase !== undefined) {
      const minutes = /[（(]\s*(?:约|用时|时间[:：]?)?\s*(\d{1,2})\s*(?:分钟?|min|['′])\s*[)）]/u.exec(
        text,
      )?.[1];
      this.#open.add(this.#phase, '', text.slice(numberAt(text)?.length ?? 0));
      const column = this.#columns.find(({ key }) => key === 'minutes');
      if (minutes !== undefined && column !== undefined) this.#open.add(column, '', minutes);
      return;
    }
    const layer = this.#columns.find(({ key }) => key === 'layer');
    const found =
      layer === undefined ? null : cellValue(layer, text.replaceAll(/[性题作业类练习必做选]/gu, ''), []);
    if (layer?.type === 'choice' && found !== null) {
      this.#layer = layer.options[found] ?? null;
      if (this.#layer !== null) this.#open.add(layer, '', this.#layer);
    }
    this.#open.add(mainColumn(this.#columns) ?? null, '', text);
    this.#into = mainColumn(this.#columns) ?? null;
  }

  text(line: string): void {
    this.#open.add(this.#into ?? mainColumn(this.#columns) ?? null, '', line);
  }

  paragraph(paragraph: WordParagraph): void {
    const labelled = this.#labelled(paragraph);
    if (labelled) return;
    const plain = markedText(paragraph.content);
    const number =
      paragraph.list?.level === 0
        ? { length: 0 }
        : (numberAt(plain) ?? (numberAt(paragraph.label) === null ? null : { length: 0 }));
    const content = toCell([wordParagraph(afterCharacters(paragraph.content, number?.length ?? 0))]);
    if (this.#phase !== undefined) {
      this.text(toCell([paragraph]));
      return;
    }
    if (number !== null) {
      const first = !this.#numbered;
      this.#numbered = true;
      // The first number after a heading of its own (知识与技能：) stays with it.
      if (!(first && this.#into !== null)) this.#begin();
      this.text(content);
    } else if (this.#numbered || this.#into !== null) this.text(toCell([paragraph]));
    else {
      this.#close();
      this.text(toCell([paragraph]));
      if (/[:：]$/u.test(plain.trim())) this.#into = mainColumn(this.#columns) ?? null;
    }
  }

  /** A line that names a column of the row it stands in. */
  #labelled(paragraph: WordParagraph): boolean {
    if (this.#open.isEmpty) return false;
    const heading = headingOf({ ...paragraph, outline: null });
    if (heading === null || heading.ordinal !== null) return false;
    const column = matchColumn(heading.title, this.#columns);
    if (column === null || !inPhase.has(column.key)) return false;
    const value = inlinesToCell(heading.rest);
    if (column.type === 'text') this.#into = column;
    if (value !== '') this.#open.add(column, heading.title, value);
    else if (bareLabel(heading.title) !== bareLabel(column.label)) this.text(`${heading.title}：`);
    return true;
  }
}
