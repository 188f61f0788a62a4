import { newId } from '#platform/ids.ts';
import { invalid } from '#platform/refusal.ts';
import type { TableSource } from '#platform/spreadsheet/table-row.ts';
import { UnreadableFile } from '#platform/spreadsheet/unreadable-file.ts';
import type { WordPicture } from '#platform/word/pictures.ts';
import { readWord } from '#platform/word/read-word.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { WordDesign } from './contract.ts';
import { designFromWord } from './rules.ts';

export interface ReadDesign extends WordDesign {
  /** To be stored before the content is: the content names them by their hash. */
  pictures: ReadonlyMap<string, WordPicture>;
}

/** Reads a person's Word file as a design of that kind, for the preview. Keeps nothing. */
export const readDesign = async (source: TableSource, kind: ItemKind): Promise<ReadDesign> => {
  try {
    const file = await readWord(source);
    return { ...designFromWord(file, kind, newId), pictures: file.pictures };
  } catch (error) {
    throw error instanceof UnreadableFile ? invalid(error.message, { kind: error.kind }) : error;
  }
};
