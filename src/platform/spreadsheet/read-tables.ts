import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openArchive } from './archive.ts';
import { readDocx } from './docx.ts';
import { readRelationships } from './package-parts.ts';
import type { TableLimits, TableRow, TableSource } from './table-row.ts';
import { defaultLimits } from './table-row.ts';
import { readDelimitedText } from './text.ts';
import { tooLarge, UnreadableFile } from './unreadable-file.ts';
import { readXlsx } from './xlsx.ts';

/**
 * Reads the tables of an .xlsx, .docx, .csv, .tsv or plain text file row by row. What the file is, is
 * decided by its content, not by its name. Formulas give their stored values; macros, links and embedded
 * files are not looked at; hidden sheets are left out.
 * @throws UnreadableFile when the file is refused, also in the middle of reading.
 */
export async function* readTables(
  source: TableSource,
  limits: Partial<TableLimits> = {},
): AsyncGenerator<TableRow> {
  const all = { ...defaultLimits, ...limits };
  let rows = 0;
  for await (const row of readKnown(source, all)) {
    rows += 1;
    if (rows > all.rows) throw tooLarge(`表格超过 ${all.rows} 行`);
    yield row;
  }
}

const tableFile = /^[^.~].*\.(?:xlsx|xlsm|docx|csv|tsv|txt)$/iu;

/** A file of any name, or the table files of a folder in the order of their names. */
export async function* readTablesAt(
  path: string,
  limits: Partial<TableLimits> = {},
): AsyncGenerator<TableRow> {
  if (!(await stat(path)).isDirectory()) {
    yield* readTables({ name: basename(path), path }, limits);
    return;
  }
  const names = (await readdir(path)).filter((name) => tableFile.test(name)).sort();
  for (const name of names) yield* readTables({ name, path: join(path, name) }, limits);
}

/** Text pasted into a page or a terminal. */
export function readPastedTables(text: string, limits: Partial<TableLimits> = {}): AsyncGenerator<TableRow> {
  return readTables({ name: '粘贴的文本', bytes: Buffer.from(text, 'utf8') }, limits);
}

async function* readKnown(source: TableSource, limits: TableLimits): AsyncGenerator<TableRow> {
  const start = await firstBytes(source, 8);
  const starts = (...bytes: number[]) => bytes.every((byte, index) => start[index] === byte);
  if (starts(0x50, 0x4b)) yield* readPackage(source, limits);
  else if (starts(0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableFile(
      'old-format',
      '这是旧版 .xls/.doc 文件，或者加了密码。请取消密码，另存为 .xlsx 或 .docx 后再上传。',
    );
  else if (starts(0x25, 0x50, 0x44, 0x46))
    throw new UnreadableFile(
      'unknown-format',
      '这是 PDF 文件，里面的表格无法可靠读取。请上传原来的 .xlsx 或 .docx 文件，或把表格文字粘贴进来。',
    );
  else yield* readDelimitedText(source, limits);
}

async function* readPackage(source: TableSource, limits: TableLimits): AsyncGenerator<TableRow> {
  const archive = await openArchive(source, limits);
  try {
    const main = (await readRelationships(archive, '', limits)).find(({ type }) => type === 'officeDocument');
    if (main?.target.startsWith('xl/') && main.target.endsWith('.xml'))
      yield* readXlsx(archive, main.target, limits);
    else if (main?.target.startsWith('word/')) yield* readDocx(archive, main.target, limits);
    else if (main?.target.startsWith('xl/'))
      throw new UnreadableFile('old-format', '这是 .xlsb 文件。请另存为 .xlsx 后再上传。');
    else if (main === undefined)
      throw new UnreadableFile(
        'plain-archive',
        '这是压缩包，不是表格。请先解压，再上传里面的 .xlsx、.docx、.csv 或文本文件。',
      );
    else
      throw new UnreadableFile(
        'unknown-format',
        '这不是表格文件。请上传 .xlsx、.docx、.csv、.tsv 或文本文件。',
      );
  } finally {
    archive.close();
  }
}

async function firstBytes(source: TableSource, count: number): Promise<Buffer> {
  if ('bytes' in source) return source.bytes.subarray(0, count);
  const file = await open(source.path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
