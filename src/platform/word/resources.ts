import { readLatex } from '../formula/read-latex.ts';
import type { Formula } from '../formula/tree.ts';
import type { WordBlock, WordInline, WordOutput } from './document.ts';
import type { PictureSize } from './pictures.ts';
import { isTooLarge, pictureSize } from './pictures.ts';

/** The bytes of a stored picture, null where it is gone. */
export type PictureSource = (file: string) => Promise<Buffer | null>;

export type LoadedPicture = PictureSize & { bytes: Buffer };

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

export const loadResources = async (output: WordOutput, source: PictureSource): Promise<Resources> => {
  const formulas = new Map<string, Formula | null>();
  const pictures = new Map<string, LoadedPicture | null>();
  for (const block of output.blocks)
    for (const inline of inlinesOf(block)) {
      if (inline.kind === 'formula' && !formulas.has(inline.latex))
        formulas.set(inline.latex, readLatex(inline.latex));
      if (inline.kind === 'picture' && !pictures.has(inline.file))
        pictures.set(inline.file, await load(inline.file, source));
    }
  const bad = [...formulas.values()].filter((formula) => formula === null).length;
  const gone = [...pictures.values()].filter((picture) => picture === null).length;
  return {
    formulas,
    pictures,
    notices: [
      ...(bad === 0
        ? []
        : [`有 ${bad} 个公式写法有误，不能排版，已照原样印出 LaTeX 文字。请改正后重新导出。`]),
      ...(gone === 0 ? [] : [`有 ${gone} 张图片找不到或不是 PNG、JPEG、GIF 图片，已在原处标出。`]),
    ],
  };
};

const load = async (file: string, source: PictureSource): Promise<LoadedPicture | null> => {
  const bytes = await source(file);
  const size = bytes === null ? null : pictureSize(bytes);
  return bytes === null || size === null || isTooLarge(size) ? null : { ...size, bytes };
};

/** Size in CSS pixels within a space of that size, never larger than wanted. */
export const fitted = (
  { width, height }: PictureSize,
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
