import type { Block, OfficialDocument, Signature, Table } from './document.ts';
import { formatDate, formatDocumentNumber, headingCounter } from './numbering.ts';
import { displayWidth, printable } from './text.ts';
import { breakTitle } from './title.ts';

/** Characters of 2号 in one line of the type area. */
const TITLE_LINE = 20;

/** `breakBefore`: starts on a new page. `keepWithNext`: does not end a page. */
export type LaidBlock = { breakBefore: boolean; keepWithNext: boolean } & (
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; level: number; title: string; text: string }
  | ({ kind: 'table' } & LaidTable)
);

export type LaidTable = {
  heading: string;
  columns: { title: string; share: number; align: 'left' | 'center' | 'right' }[];
  rows: LaidCell[][];
};

/** `span` 1 and more: rows the cell covers; 0: covered by the cell above. */
export type LaidCell = { text: string; span: number };

/** The document with every decision taken that Word and PDF must agree on. Widths and indents in characters of 3号. */
export type LaidDocument = {
  issuerMark: string;
  /** Size of the red mark, in points. */
  issuerMarkSize: number;
  copyNumber: string;
  urgency: string;
  number: string;
  title: string;
  titleLines: string[];
  recipients: string;
  body: LaidBlock[];
  attachmentLines: { label: string; name: string }[];
  signature: { issuer: string; issuerIndent: number; date: string; dateIndent: number; blankLines: number };
  note: string;
  copyTo: string;
  issuedBy: string;
  issuedOn: string;
  attachments: { label: string; titleLines: string[]; landscape: boolean; body: LaidBlock[] }[];
};

/**
 * Right-hand indents of signature and date (7.3.5). With a seal the date stands four characters in and the
 * signature is centred above it; without, the signature stands two in and the date starts two characters
 * right of it, unless the date is the longer: then the date stands two in and the signature moves.
 */
export const signatureIndents = (
  issuerWidth: number,
  dateWidth: number,
  sealed: boolean,
): { issuer: number; date: number } => {
  if (sealed) {
    const centred = 4 + (dateWidth - issuerWidth) / 2;
    return centred >= 0 ? { issuer: centred, date: 4 } : { issuer: 0, date: 4 - centred };
  }
  return dateWidth > issuerWidth
    ? { issuer: dateWidth + 4 - issuerWidth, date: 2 }
    : { issuer: 2, date: issuerWidth - dateWidth };
};

const layOutSignature = (signature: Signature): LaidDocument['signature'] => {
  const issuer = printable(signature.issuer);
  const date = formatDate(signature.date);
  const indents = signatureIndents(displayWidth(issuer), displayWidth(date), signature.sealed);
  return {
    issuer,
    issuerIndent: indents.issuer,
    date,
    dateIndent: indents.date,
    // A seal of 42 mm over both lines reaches about one and a half lines above the signature.
    blankLines: signature.sealed ? 2 : 1,
  };
};

export const layOutTable = (table: Table): LaidTable => {
  const total = table.columns.reduce((sum, column) => sum + (column.width ?? 1), 0);
  const rows = table.rows.map((row) =>
    table.columns.map((_, column): LaidCell => ({ text: printable(row[column] ?? ''), span: 1 })),
  );
  let bounds = new Set<number>([0]);
  table.columns.forEach((column, index) => {
    if (!column.mergeDown) return;
    const starts = new Set(bounds);
    let first = 0;
    rows.forEach((row, line) => {
      const cell = row[index];
      const top = rows[first]?.[index];
      if (!cell || !top) return;
      if (line === 0 || bounds.has(line) || cell.text === '' || cell.text !== top.text) {
        first = line;
        starts.add(line);
        return;
      }
      cell.span = 0;
      top.span += 1;
    });
    bounds = starts;
  });
  return {
    heading: printable(table.heading ?? ''),
    columns: table.columns.map(({ title, width = 1, align = 'center' }) => ({
      title: printable(title),
      share: width / total,
      align,
    })),
    rows,
  };
};

const textLines = (text: string): string[] =>
  printable(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const asParagraph = (text: string): LaidBlock => ({
  kind: 'paragraph',
  text,
  breakBefore: false,
  keepWithNext: false,
});

export const layOutBlocks = (blocks: readonly Block[]): LaidBlock[] => {
  const label = headingCounter();
  let breakBefore = false;
  return blocks.flatMap((block): LaidBlock[] => {
    if (block.kind === 'page-break') {
      breakBefore = true;
      return [];
    }
    const laid = layOutBlock(block, label);
    const [first, ...rest] = laid;
    if (!first) return [];
    const started = { ...first, breakBefore };
    breakBefore = false;
    return [started, ...rest];
  });
};

const layOutBlock = (
  block: Exclude<Block, { kind: 'page-break' }>,
  label: ReturnType<typeof headingCounter>,
): LaidBlock[] => {
  if (block.kind === 'paragraph') return textLines(block.text).map(asParagraph);
  if (block.kind === 'table')
    return [{ kind: 'table', ...layOutTable(block), breakBefore: false, keepWithNext: false }];
  const { level } = block;
  const [text = '', ...rest] = textLines(block.text ?? '');
  const title = label(level) + printable(block.title);
  return [
    { kind: 'heading', level, title, text, breakBefore: false, keepWithNext: text === '' },
    ...rest.map(asParagraph),
  ];
};

/** Ten lines. A longer paragraph would take too much of the page with it. */
const SHORT = 280;

/** A short last paragraph goes with the signature, which must not stand alone on its page. */
const keepEnd = (blocks: readonly LaidBlock[]): LaidBlock[] =>
  blocks.map((block, index) => {
    const isEnd = index > 0 && index === blocks.length - 1;
    return isEnd && block.kind !== 'table' && block.text.length <= SHORT
      ? { ...block, keepWithNext: true }
      : block;
  });

/** As large as the type area allows on one line, between 1号 (26 pt) and 48 pt. */
export const issuerMarkSize = (mark: string): number =>
  Math.max(26, Math.min(48, Math.floor(430 / Math.max(1, displayWidth(mark)))));

const withoutEnd = (text: string | undefined, end: RegExp): string =>
  printable(text ?? '')
    .replace(end, '')
    .trim();

export const layOut = (document: OfficialDocument): LaidDocument => {
  const attachments = document.attachments ?? [];
  const mark = printable(document.issuerMark);
  const titleLines = breakTitle(printable(document.title), TITLE_LINE);
  return {
    issuerMark: mark,
    issuerMarkSize: issuerMarkSize(mark),
    copyNumber: document.copyNumber === undefined ? '' : String(document.copyNumber).padStart(6, '0'),
    urgency: printable(document.urgency ?? ''),
    number: document.documentNumber ? printable(formatDocumentNumber(document.documentNumber)) : '（草稿）',
    title: titleLines.join(''),
    titleLines,
    recipients: withoutEnd(document.recipients, /[：:]\s*$/u),
    body: keepEnd(layOutBlocks(document.body)),
    attachmentLines: attachments.map(({ name }, index) => ({
      label: attachments.length === 1 ? '' : `${index + 1}.`,
      name: withoutEnd(name, /[，。；、,.;]+$/u),
    })),
    signature: layOutSignature(document.signature),
    note: withoutEnd(document.note, /^$/u).replace(/^[（(](.*)[）)]$/u, '$1'),
    copyTo: withoutEnd(document.copyTo, /。$/u).replace(/^抄送[：:]/u, ''),
    issuedBy: printable(document.issuedBy ?? ''),
    issuedOn: document.issuedOn === undefined ? '' : `${formatDate(document.issuedOn)}印发`,
    attachments: attachments.map((attachment, index) => ({
      label: attachments.length === 1 ? '附件' : `附件${index + 1}`,
      titleLines: breakTitle(printable(attachment.name), attachment.landscape ? 32 : TITLE_LINE),
      landscape: attachment.landscape ?? false,
      body: layOutBlocks(attachment.body),
    })),
  };
};
