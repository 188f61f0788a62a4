import type { PictureSource } from '#platform/word/resources.ts';
import type { WrittenFile } from '#platform/word/write-docx.ts';
import { toWordFile } from '#platform/word/write-docx.ts';
import { toPdfFile } from '#platform/word/write-pdf.ts';
import type { PrintedDesign } from './contract.ts';
import { printed } from './rules.ts';

/** The design as .docx; `pictures` gives the bytes of a stored picture by its hash. */
export const designToWord = (design: PrintedDesign, pictures: PictureSource): Promise<WrittenFile> =>
  toWordFile(printed(design), pictures);

/** The design as PDF/A. */
export const designToPdf = (design: PrintedDesign, pictures: PictureSource): Promise<WrittenFile> =>
  toPdfFile(printed(design), pictures);
