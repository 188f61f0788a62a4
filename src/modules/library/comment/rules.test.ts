import assert from 'node:assert/strict';
import { it } from 'node:test';
import { mostRemarks, remarkRefusal } from './rules.ts';

it('there is room until one of three counts is full', () => {
  const { document, section, answers } = mostRemarks;
  const room = { document: document - 1, section: section - 1, answers: answers - 1 };
  for (const isAnswer of [true, false]) {
    assert.equal(remarkRefusal(room, isAnswer), null);
    for (const [full, sentence] of [
      [{ ...room, document }, `满${document}条`],
      [{ ...room, section }, `满${section}条`],
      [{ ...room, answers }, `已有${answers}条答复`],
    ] as const)
      assert.ok(remarkRefusal(full, isAnswer)?.includes(sentence));
  }
});
