import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import * as yauzl from 'yauzl';
import { type PictureSize, pictureSizeOf } from './picture-size.ts';

export const unknownType = 'application/octet-stream';

/** What is looked at of a file; a picture's size may lie behind a long colour profile. */
const headBytes = 1024 * 1024;
/** Of these the signature is told. */
const signatureBytes = 64 * 1024;
/** A package with more parts counts as a plain archive. */
const mostParts = 20_000;

const office = 'application/vnd.openxmlformats-officedocument.';
export const docxType = `${office}wordprocessingml.document`;
export const xlsxType = `${office}spreadsheetml.sheet`;
export const pptxType = `${office}presentationml.presentation`;

/** The main part by which a package of Office is known, and its type without and with macros. */
const packages: readonly (readonly [part: string, macros: string, plain: string, withMacros: string])[] = [
  ['word/document.xml', 'word/vbaproject.bin', docxType, 'application/vnd.ms-word.document.macroenabled.12'],
  ['xl/workbook.xml', 'xl/vbaproject.bin', xlsxType, 'application/vnd.ms-excel.sheet.macroenabled.12'],
  [
    'ppt/presentation.xml',
    'ppt/vbaproject.bin',
    pptxType,
    'application/vnd.ms-powerpoint.presentation.macroenabled.12',
  ],
];

/** What the names of its parts say of an archive; reads the directory at its end and unpacks nothing. */
const typeOfArchive = async (path: string, guess: string): Promise<string> => {
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: false });
  } catch {
    return guess.includes('officedocument') ? 'application/zip' : guess;
  }
  try {
    if (zip.entryCount > mostParts) return 'application/zip';
    const parts = new Set<string>();
    for await (const entry of zip.eachEntry()) parts.add(entry.fileName.toLowerCase());
    if (!parts.has('[content_types].xml'))
      return guess.includes('officedocument') ? 'application/zip' : guess;
    const found = packages.find(([part]) => parts.has(part));
    if (found === undefined) return guess.includes('officedocument') ? 'application/zip' : guess;
    const [, macros, plain, withMacros] = found;
    return parts.has(macros) ? withMacros : plain;
  } catch {
    return 'application/zip';
  } finally {
    zip.close();
  }
};

const markup: readonly (readonly [RegExp, string])[] = [
  [/<svg[\s>:]/i, 'image/svg+xml'],
  [/^<\?xml/i, 'application/xml'],
  [
    /<(?:!doctype\s+html|html|head|body|script|iframe|object|embed|meta|link|style|form|img|a)[\s>/]/i,
    'text/html',
  ],
  [/^<[a-z_][\w.-]*(?::[\w.-]+)?[\s>/]/i, 'application/xml'],
];

/** As text, or null where it holds what no text holds. */
const textOf = (head: Buffer): string | null => {
  if (head.length >= 2 && head[0] === 0xff && head[1] === 0xfe) return head.toString('utf16le', 2);
  if (head.length >= 2 && head[0] === 0xfe && head[1] === 0xff)
    return Buffer.from(head.subarray(2, head.length - (head.length % 2)))
      .swap16()
      .toString('utf16le');
  // Control characters but for tab, line ends, form feed and escape; the bytes of GB 18030 pass.
  // oxlint-disable-next-line no-control-regex
  return /[\x00-\x08\x0B\x0E-\x1A\x1C-\x1F]/.test(head.toString('latin1')) ? null : head.toString('utf8');
};

/** Text, and which kind of markup; what a browser might take for a page counts as one. */
const textType = (head: Buffer): string | null => {
  const text = textOf(head)
    ?.replace(/^\uFEFF/, '')
    .trimStart();
  if (text === undefined) return null;
  return markup.find(([pattern]) => pattern.test(text))?.[1] ?? 'text/plain';
};

const otherNames: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'audio/mp4': 'audio/x-m4a',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'video/x-m4v': 'video/mp4',
};

export interface Content {
  readonly type: string;
  readonly picture: PictureSize | null;
}

/** What a file is by its content; the name is not asked. */
export const contentOf = async (path: string): Promise<Content> => {
  const head = await readHead(path);
  const signature = await fileTypeFromBuffer(head.subarray(0, signatureBytes));
  const told = signature === undefined ? undefined : (otherNames[signature.mime] ?? signature.mime);
  if (told === undefined || told === 'application/xml')
    return { type: textType(head.subarray(0, signatureBytes)) ?? told ?? unknownType, picture: null };
  const isArchive =
    told === 'application/zip' || told.includes('officedocument') || told.includes('macroenabled');
  return {
    type: isArchive ? await typeOfArchive(path, told) : told,
    picture: pictureSizeOf(told, head),
  };
};

const readHead = async (path: string): Promise<Buffer> => {
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(head, length, headBytes - length, length);
      length += bytesRead;
      if (bytesRead === 0 || length === headBytes) return head.subarray(0, length);
    }
  } finally {
    await handle.close();
  }
};
