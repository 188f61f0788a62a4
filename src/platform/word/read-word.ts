import { open } from 'node:fs/promises';
import type { Element } from '../formula/xml-tree.ts';
import { elements, textOf } from '../formula/xml-tree.ts';
import type { Archive } from '../spreadsheet/archive.ts';
import { openArchive } from '../spreadsheet/archive.ts';
import type { Relationship } from '../spreadsheet/package-parts.ts';
import { readRelationships } from '../spreadsheet/package-parts.ts';
import type { TableLimits, TableSource } from '../spreadsheet/table-row.ts';
import { defaultLimits } from '../spreadsheet/table-row.ts';
import { damaged, UnreadableFile } from '../spreadsheet/unreadable-file.ts';
import { drainXml } from '../spreadsheet/xml.ts';
import type { WordLimits } from './body.ts';
import { BodyReader } from './body.ts';
import type { WordBlock } from './document.ts';
import type { InlineContext } from './inlines.ts';
import type { LeftOut } from './losses.ts';
import { Losses } from './losses.ts';
import type { WordPicture } from './pictures.ts';
import { readPictures } from './pictures.ts';
import { Numbering, Styles } from './styles.ts';
import { readBelow } from './tree-reader.ts';

export interface WordFile {
  blocks: WordBlock[];
  /** The pictures that the blocks name, by their hash. */
  pictures: ReadonlyMap<string, WordPicture>;
  leftOut: readonly LeftOut[];
  /** Chinese sentences on what came over otherwise than it was. */
  notices: readonly string[];
}

/** About 300 pages of running text, which no design has. */
export const defaultWordLimits: WordLimits = { paragraphs: 20_000, characters: 1_000_000 };

/**
 * Reads a person's Word file. What it is, is decided by its content. Nothing outside the file is fetched, macros are
 * refused, pictures are looked at by their first bytes only.
 * @throws UnreadableFile with a sentence for the person who brought it.
 */
export const readWord = async (
  source: TableSource,
  limits: WordLimits = defaultWordLimits,
): Promise<WordFile> => {
  refuseOtherKinds(await firstBytes(source, 512));
  let archive: Archive | null = null;
  try {
    archive = await openArchive(source, defaultLimits);
    return await readPackage(archive, defaultLimits, limits);
  } catch (error) {
    if (
      error instanceof UnreadableFile &&
      error.kind === 'too-large' &&
      !error.message.includes('按课或单元')
    )
      throw tooBig(error);
    throw error;
  } finally {
    archive?.close();
  }
};

const tooBig = (cause?: unknown) =>
  new UnreadableFile('too-large', '文件解开后过大，无法读取。请按课或单元拆成几个文件后再上传。', cause);

const otherFile = (what: string) =>
  new UnreadableFile('unknown-format', `${what}，不是 Word 文件。请上传 .docx 文件。`);

const refuseOtherKinds = (start: Buffer): void => {
  const text = start.toString('latin1').trimStart().toLowerCase();
  if (start.length === 0) throw otherFile('这是空文件');
  if (text.startsWith('pk')) return;
  if (start[0] === 0xd0 && start[1] === 0xcf && start[2] === 0x11 && start[3] === 0xe0)
    throw new UnreadableFile(
      'old-format',
      '这是旧版 .doc（或 .wps）文件，或者加了密码。请在 Word 或 WPS 中取消密码，另存为 .docx 后再上传。',
    );
  if (text.startsWith('%pdf'))
    throw new UnreadableFile(
      'unknown-format',
      '这是 PDF 文件，无法可靠地还原成教案。请上传原来的 Word 文件（.docx）。',
    );
  if (text.startsWith('{\\rtf'))
    throw new UnreadableFile('old-format', '这是 RTF 文件。请在 Word 或 WPS 中另存为 .docx 后再上传。');
  if (text.startsWith('<') || text.startsWith('mime-version'))
    throw new UnreadableFile(
      'unknown-format',
      '这是网页格式的文件。请在 Word 或 WPS 中打开，另存为 .docx 后再上传。',
    );
  throw otherFile('文件的内容无法识别');
};

const readPackage = async (archive: Archive, guards: TableLimits, limits: WordLimits): Promise<WordFile> => {
  const main = (await readRelationships(archive, '', guards)).find(({ type }) => type === 'officeDocument');
  if (main === undefined) throw otherFile('这是压缩包');
  if (!main.target.startsWith('word/'))
    throw otherFile(main.target.startsWith('xl/') ? '这是 Excel 表格' : '这是别的办公文件');
  await refuseMacros(archive, guards);
  if (!archive.has(main.target)) throw damaged();
  const parts = await readRelationships(archive, main.target, guards);
  const beside = new Beside();
  const part = async (type: string, parent: string): Promise<Element[]> => {
    const target = parts.find((candidate) => candidate.type === type)?.target;
    if (target === undefined) return [];
    return Array.fromAsync(beside.counted(readBelow(archive, target, parent, guards)));
  };
  const losses = new Losses();
  const context: InlineContext = {
    pictures: await readPictures(archive, parts),
    notes: notesById(await part('footnotes', 'footnotes'), await part('endnotes', 'endnotes')),
    losses,
    used: new Map(),
    fields: [],
    boxes: [],
    displayed: new WeakSet(),
  };
  const reader = new BodyReader(
    context,
    new Styles(await part('styles', 'styles')),
    new Numbering(await part('numbering', 'numbering')),
    limits,
  );
  const blocks: WordBlock[] = [];
  for await (const element of readBelow(archive, main.target, 'body', guards))
    blocks.push(...reader.read(element));
  await leaveOutAround(archive, parts, { guards, beside }, losses);
  return { blocks, pictures: context.used, leftOut: losses.leftOut, notices: losses.sentences() };
};

/** Styles, lists, notes, headers and comments together; a long document has a few thousand. */
const mostBeside = 30_000;

/** Counts what is read beside the text, which no limit of the text itself bounds. */
class Beside {
  #count = 0;

  async *counted(parts: AsyncIterable<Element>): AsyncGenerator<Element> {
    for await (const element of parts) {
      this.#count += 1;
      if (this.#count > mostBeside) throw tooBig();
      yield element;
    }
  }
}

const refuseMacros = async (archive: Archive, guards: TableLimits): Promise<void> => {
  let macros = [...archive.names()].some((name) => name.endsWith('vbaproject.bin'));
  const types = await archive.open('[Content_Types].xml', guards.heldBytes);
  if (types === null) throw damaged();
  await drainXml(types, {
    open(_, attribute) {
      macros ||= /macroEnabled/iu.test(attribute('ContentType') ?? '');
    },
    take: () => [],
  });
  if (macros)
    throw new UnreadableFile(
      'unsafe',
      '文件带有宏（.docm），为安全起见不能导入。请在 Word 中另存为“Word 文档（.docx）”后再上传。',
    );
};

const notesById = (footnotes: readonly Element[], endnotes: readonly Element[]): Map<string, string> => {
  const texts = new Map<string, string>();
  for (const [kind, notes] of [
    ['f', footnotes],
    ['e', endnotes],
  ] as const)
    for (const note of notes) texts.set(`${kind}${note.attribute('id') ?? ''}`, textOf(note));
  return texts;
};

const around: readonly (readonly [type: string, parent: string, reason: string])[] = [
  ['header', 'hdr', '页眉'],
  ['footer', 'ftr', '页脚'],
  ['comments', 'comments', '批注'],
];

/** What stands around the text of a document and is not part of it. */
const leaveOutAround = async (
  archive: Archive,
  parts: readonly Relationship[],
  { guards, beside }: { readonly guards: TableLimits; readonly beside: Beside },
  losses: Losses,
): Promise<void> => {
  for (const [type, parent, reason] of around) {
    const targets = new Set(parts.flatMap((part) => (part.type === type ? [part.target] : [])));
    for (const target of [...targets].slice(0, 60))
      for await (const element of beside.counted(readBelow(archive, target, parent, guards))) {
        const lines = element.name === 'comment' ? elements(element) : [element];
        losses.leaveOut(lines.map(textOf).join('\n'), reason);
      }
  }
};

const firstBytes = async (source: TableSource, count: number): Promise<Buffer> => {
  if ('bytes' in source) return source.bytes.subarray(0, count);
  const file = await open(source.path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};
