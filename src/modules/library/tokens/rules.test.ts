import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cellOfTokens,
  inlinesOfTokens,
  joinRuns,
  normalBody,
  textInline,
  tokensOfCell,
  tokensOfInlines,
} from './rules.ts';

const split = (text: string): string[] => tokensOfCell(text).map(({ key }) => key.slice(1));

test('Chinese falls into characters; words, numbers, ids, formulas and pictures stay whole', () => {
  const picture = `![圆](${'0'.repeat(64)})`;
  assert.deepEqual(split('画圆'), ['画', '圆']);
  assert.deepEqual(split('共12,000人，占3.5％'), ['共', '12,000', '人', '，', '占', '3.5', '％']);
  assert.deepEqual(split("don't  know café"), ["don't", '  ', 'know', ' ', 'café']);
  assert.deepEqual(split('8:30到9:10，1/2'), ['8:30', '到', '9:10', '，', '1/2']);
  assert.deepEqual(split('解 $x^2+1$。'), ['解', ' ', '$x^2+1$', '。']);
  assert.deepEqual(split(`见${picture}图`), ['见', picture, '图']);
  assert.deepEqual(split('0192f0c0-1a2b-7c3d-8e4f-001122334455 a-1'), [
    '0192f0c0-1a2b-7c3d-8e4f-001122334455',
    ' ',
    'a-1',
  ]);
  // A character outside the common set and one with a variation selector are one token each.
  assert.deepEqual(split('柳𡐓葛\u{e0100}中'), ['柳', '𡐓', '葛\u{e0100}', '中']);
});

test('no character is lost in splitting', () => {
  const unit = fc.constantFrom('grapheme' as const, 'binary' as const);
  fc.assert(
    fc.property(
      unit.chain((one) => fc.string({ unit: one })),
      (text) => {
        assert.equal(cellOfTokens(tokensOfCell(text)), text);
        const inlines = inlinesOfTokens(tokensOfInlines([textInline(text, [])]));
        assert.deepEqual(inlines, text === '' ? [] : [textInline(text, [])]);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('the normal form joins what reads the same', () => {
  const bold = { type: 'bold' as const };
  const italic = { type: 'italic' as const };
  assert.deepEqual(
    joinRuns([
      { type: 'text', text: '画', marks: [italic, bold] },
      { type: 'text', text: '', marks: [] },
      { type: 'text', text: '圆', marks: [bold, italic] },
      { type: 'text', text: '。', marks: [] },
    ]),
    [
      { type: 'text', text: '画圆', marks: [bold, italic] },
      { type: 'text', text: '。' },
    ],
  );
  assert.deepEqual(normalBody({ form: 'text', blocks: [{ type: 'paragraph', content: [] }] }), {
    form: 'text',
    blocks: [{ type: 'paragraph' }],
  });
});
