import type { WordBlock } from '#platform/word/document.ts';
import type { Block } from '../../content/contract.ts';
import { type TextPiece, toBlocks } from '../../word-in/body/rules.ts';

/** Of all pictures together, in bytes: the page gets them within its text. */
const mostBytes = 4_000_000;

/** Any Word file as the blocks of free text, with its headings. */
export const blocksOfWord = (blocks: readonly WordBlock[]): Block[] =>
  toBlocks(
    blocks.map((block): TextPiece => {
      if (block.kind !== 'paragraph' || block.outline === null) return block;
      const paragraph = { ...block, outline: null, list: null };
      return { kind: 'heading', level: Math.max(1, block.outline), paragraph };
    }),
  );

/** As many pictures as fit, in the order in which they stand. */
export const picturesThatFit = <One extends { readonly bytes: { readonly length: number } }>(
  pictures: readonly One[],
): One[] => {
  let left = mostBytes;
  return pictures.filter(({ bytes }) => {
    if (bytes.length > left) return false;
    left -= bytes.length;
    return true;
  });
};
