import assert from 'node:assert/strict';
import { it } from 'node:test';
import { wordParagraph } from '#platform/word/document.ts';
import { blocksOfWord, picturesThatFit } from './rules.ts';

const text = (words: string) => [{ kind: 'text' as const, text: words, marks: [] }];

it('headings of a Word file keep their level, its title is one of the first', () => {
  const blocks = blocksOfWord([
    wordParagraph(text('题目'), { outline: 0 }),
    wordParagraph(text('二级'), { outline: 2 }),
    wordParagraph(text('正文')),
    wordParagraph(text('一项'), { list: { ordered: false, level: 0 } }),
  ]);
  assert.deepEqual(
    blocks.map((block) => (block.type === 'heading' ? block.attrs.level : block.type)),
    [1, 2, 'paragraph', 'bulletList'],
  );
});

it('pictures stand in the page as far as they fit', () => {
  const picture = (length: number) => ({ bytes: { length } });
  assert.deepEqual(picturesThatFit([picture(3_000_000), picture(2_000_000), picture(900_000)]), [
    picture(3_000_000),
    picture(900_000),
  ]);
});
