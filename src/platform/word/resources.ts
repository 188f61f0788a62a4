import { pictureSizeOf } from '../files/picture-size.ts';
import { readLatex } from '../formula/read-latex.ts';
import type { Formula } from '../formula/tree.ts';
import { isRecord } from '../is-record.ts';
import type { WordBlock, WordInline, WordOutput } from './document.ts';
import type { PictureSize } from './pictures.ts';
import { isTooLarge, pictureSize } from './pictures.ts';

/** The bytes of a stored picture, null where it is gone or damaged. */
export type PictureSource = (file: string) => Promise<Buffer | null>;

export interface LoadedPicture {
  readonly type: PrintedType;
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}
export type PrintedType = PictureSize['type'] | 'image/webp';

/** How much of pictures one document may hold; what is beyond is marked in its place. */
export interface PictureBudget {
  readonly bytes: number;
  /** Unpacked together; null where nothing is unpacked. */
  readonly pixels: number | null;
}

/** The formulas and pictures of a document, each once; null where it cannot be drawn. */
export interface Resources {
  formulas: ReadonlyMap<string, Formula | null>;
  pictures: ReadonlyMap<string, LoadedPicture | null>;
  /** Chinese sentences on what is printed otherwise. */
  notices: string[];
}

const inlinesOf = (block: WordBlock): readonly WordInline[] => {
  if (block.kind === 'formula') return [{ kind: 'formula', latex: block.latex }];
  if (block.kind === 'paragraph') return block.content;
  return block.rows.flatMap(({ cells }) => cells.flatMap(({ blocks }) => blocks.flatMap(inlinesOf)));
};

export const loadResources = async (
  output: WordOutput,
  source: PictureSource,
  budget: PictureBudget,
): Promise<Resources> => {
  const formulas = new Map<string, Formula | null>();
  const pictures = new Map<string, LoadedPicture | null>();
  const left = { bytes: budget.bytes, pixels: budget.pixels ?? Number.POSITIVE_INFINITY };
  let beyond = 0;
  for (const block of output.blocks)
    for (const inline of inlinesOf(block)) {
      if (inline.kind === 'formula' && !formulas.has(inline.latex))
        formulas.set(inline.latex, drawable(readLatex(inline.latex)));
      if (inline.kind !== 'picture' || pictures.has(inline.file)) continue;
      // Nothing more is read once it is full: what comes later is left out, in the order of the text.
      const picture = beyond > 0 ? null : await load(inline.file, source);
      const full =
        beyond > 0 ||
        (picture !== null &&
          (picture.bytes.length > left.bytes || picture.width * picture.height > left.pixels));
      if (full) beyond += 1;
      else if (picture !== null) {
        left.bytes -= picture.bytes.length;
        left.pixels -= picture.width * picture.height;
      }
      pictures.set(inline.file, full ? null : picture);
    }
  const bad = [...formulas.values()].filter((formula) => formula === null).length;
  const gone = [...pictures.values()].filter((picture) => picture === null).length - beyond;
  return {
    formulas,
    pictures,
    notices: [
      ...(bad === 0
        ? []
        : [`有 ${bad} 个公式写法有误或层次太多，不能排版，已照原样印出 LaTeX 文字。请改正后重新导出。`]),
      ...(gone === 0 ? [] : [`有 ${gone} 张图片找不到或已损坏，已在原处标出。请换上完好的图片后重新导出。`]),
      ...(beyond === 0
        ? []
        : [`图片太多，一份文件放不下，后面的 ${beyond} 张已在原处标出。请压缩图片，或分成几份再导出。`]),
    ],
  };
};

/** Twice as deep as any in a textbook; typst gives up above 30 scripts on one another. */
const deepestFormula = 30;

/** What of a formula stands in another, however it is called. */
const isTooDeep = (formula: unknown, left = deepestFormula): boolean => {
  if (Array.isArray(formula)) return formula.some((part) => isTooDeep(part, left));
  if (!isRecord(formula)) return false;
  return left === 0 || Object.values(formula).some((part) => isTooDeep(part, left - 1));
};

const drawable = (formula: Formula | null): Formula | null => (isTooDeep(formula) ? null : formula);

const load = async (file: string, source: PictureSource): Promise<LoadedPicture | null> => {
  const bytes = await source(file);
  const size = bytes === null ? null : sizeOf(bytes);
  return bytes === null || size === null || isTooLarge(size) || isCutOff(bytes, size)
    ? null
    : { ...size, bytes };
};

const sizeOf = (bytes: Buffer): Omit<LoadedPicture, 'bytes'> | null => {
  const webp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  if (!webp) return pictureSize(bytes);
  const size = pictureSizeOf('image/webp', bytes);
  return size === null ? null : { type: 'image/webp', ...size };
};

/** A PNG that does not come to its end: Word would show a red cross. Of the others a part is shown. */
const isCutOff = (bytes: Buffer, { type }: Omit<LoadedPicture, 'bytes'>): boolean => {
  if (type !== 'image/png') return false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return false;
    at += 12 + bytes.readUInt32BE(at);
  }
  return true;
};

/** Size in CSS pixels within a space of that size, never larger than wanted. */
export const fitted = (
  { width, height }: Pick<LoadedPicture, 'width' | 'height'>,
  wanted: number | null,
  space: { width: number; height: number },
): { width: number; height: number } => {
  const scale = Math.min((wanted ?? width) / width, space.width / width, space.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

/** Text that XML and PDF can carry. */
export const printable = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, '\n')
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/gu, '')
    .toWellFormed();

/** The number before a paragraph, with a space unless its sign brings one. */
export const labelText = (label: string): string =>
  label === '' || /[、）】．]$/u.test(label) ? printable(label) : `${printable(label)} `;
