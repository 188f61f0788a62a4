import { readFile, stat } from 'node:fs/promises';
import type { TableLimits, TableRow, TableSource } from './table-row.ts';
import { tooLarge, UnreadableFile } from './unreadable-file.ts';

const longestQuotedCell = 32_768;

/** Separated text: tabs where there are any, else commas or semicolons, else runs of spaces. */
export async function* readDelimitedText(source: TableSource, limits: TableLimits): AsyncGenerator<TableRow> {
  const size = 'bytes' in source ? source.bytes.length : (await stat(source.path)).size;
  if (size > limits.heldBytes) throw tooLarge('文本文件过大');
  const text = decodeText('bytes' in source ? source.bytes : await readFile(source.path));
  const table = source.name;
  const separator = findSeparator(text);
  const records = separator === 'space' ? spacedRecords(text) : separatedRecords(text, separator);
  for (const { row, cells } of records) {
    if (cells.length > limits.columns) throw tooLarge(`第 ${row} 行超过 ${limits.columns} 列`);
    while (cells.length > 0 && cells.at(-1)?.trim() === '') cells.pop();
    if (cells.length > 0)
      yield { table, row, cells, ref: (column) => `${table} 第${row}行第${column + 1}列` };
  }
}

/** UTF-8 where the bytes are valid UTF-8, UTF-16 by its mark, else GB18030 (which contains GBK and GB 2312). */
function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0))
    throw new UnreadableFile(
      'unknown-format',
      '这不是表格或文本文件。请上传 .xlsx、.docx、.csv、.tsv 或文本文件，或把表格文字粘贴进来。',
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

type Separator = '\t' | ',' | ';' | 'space';

function findSeparator(text: string): Separator {
  if (text.includes('\t')) return '\t';
  const lines = text
    .slice(0, 100_000)
    .replace(/"(?:[^"]|"")*"/gu, '""')
    .split('\n')
    .filter((line) => line.trim() !== '');
  for (const candidate of [',', ';'] as const)
    if (lines.filter((line) => line.includes(candidate)).length * 2 > lines.length) return candidate;
  return 'space';
}

interface TextRecord {
  row: number;
  cells: string[];
}

function* separatedRecords(text: string, separator: string): Generator<TextRecord> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row = line;
    const cells: string[] = [];
    for (;;) {
      const cell = takeCell(text, at, separator);
      cells.push(cell.value);
      line += cell.lines;
      at = cell.end;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    yield { row, cells };
  }
}

/** A quote that never closes, or closes in the middle of a cell, is an ordinary character. */
function takeCell(
  text: string,
  start: number,
  separator: string,
): { value: string; end: number; lines: number } {
  if (text[start] === '"') {
    let value = '';
    let lines = 0;
    const last = Math.min(text.length, start + longestQuotedCell);
    for (let at = start + 1; at < last; at += 1) {
      const character = text[at];
      if (character === '\n') lines += 1;
      if (character !== '"') value += character;
      else if (text[at + 1] === '"') {
        value += '"';
        at += 1;
      } else {
        const next = text[at + 1];
        if (next === undefined || next === separator || next === '\r' || next === '\n')
          return { value, end: at + 1, lines };
        break;
      }
    }
  }
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end), end, lines: 0 };
}

/** Two or more spaces (or one ideographic space) part two cells; an indented shorter line is aligned to the right. */
function* spacedRecords(text: string): Generator<TextRecord> {
  let width = 0;
  let row = 0;
  for (const raw of text.split('\n')) {
    row += 1;
    const line = raw.trimEnd();
    if (line === '') {
      width = 0;
      continue;
    }
    const cells = line.trimStart().split(/ {2,}|\u3000+/u);
    if (width === 0 || cells.length > width) width = cells.length;
    else if (/^\s/u.test(line)) while (cells.length < width) cells.unshift('');
    yield { row, cells };
  }
}
