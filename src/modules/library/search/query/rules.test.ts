import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fold } from '#platform/text-search/grams.ts';
import { byRank, excerptOf, marksIn, nextSpan, readQuery, widening } from './rules.ts';

const wordOf = (typed: string) => readQuery(typed).words[0] ?? assert.fail('no word');

describe('a query', () => {
  it('is cut at words like 数学 and 教案, but not into single characters', () => {
    for (const [typed, parts, telling] of [
      ['三年级数学教案', [['三年级'], ['数学'], ['教案']], []],
      ['生物学实验', [['生物学'], ['实验']], ['实验']],
      ['分数教案', [['分数'], ['教案']], ['分数']],
      ['教案', [], []],
      ['自然数', [], ['自然数']],
      ['两位数乘', [], ['两位数乘']],
      ['课件', [['课件', 'ppt', '幻灯片', '演示文稿']], []],
      ['PPT', [['课件', 'ppt', '幻灯片', '演示文稿']], []],
      ['lwsc', [], ['lwsc']],
    ] as const) {
      const word = wordOf(typed);
      assert.deepEqual([word.parts, word.telling], [parts, telling], typed);
    }
  });
  it('of single characters looks in titles only', () => {
    assert.equal(readQuery('乘').titlesOnly, true);
    assert.equal(readQuery(' 乘　除 ').titlesOnly, true);
    assert.equal(readQuery('乘 除法').titlesOnly, false);
    assert.deepEqual(readQuery(' 　').words, []);
  });
  it('ranks by what says more than subject and kind', () => {
    assert.deepEqual(readQuery('数学 分数').ranking, ['分数']);
    assert.deepEqual(readQuery('数学 教案').ranking, ['数学', '教案']);
  });
});

describe('the spans that are searched', () => {
  it('grow from the newest to all, and are all at once in a small library', () => {
    assert.equal(widening(readQuery('分数'), {}, 900).length, 1);
    const queries = widening(readQuery('分数'), { kind: 'lesson-design' }, 1_000_000);
    assert.equal(queries.length, 6);
    assert.match(queries[0]?.lexemes ?? '', /' age9:1953' \| ' age9:1952'/);
    assert.equal(queries.at(-1)?.lexemes, "(' kindlesson-design' & (('分数')))");
  });
  it('are left out where they cannot hold enough', () => {
    const spans = widening(readQuery('分数'), {}, 1_000_000);
    for (const [found, next] of [
      [299, 1],
      [80, 1],
      [70, 2],
      [3, 4],
      [0, 5],
    ] as const)
      assert.equal(nextSpan(spans, 0, found), next, String(found));
    assert.equal(nextSpan(spans, 5, 0), spans.length);
  });
});

describe('marks', () => {
  it('are where the words stand, each place once', () => {
    const at = (text: string, words: string[]) =>
      marksIn(text, words).map(({ from, to }) => text.slice(from, to));
    assert.deepEqual(at('两位数乘两位数', ['两位', '位数']), ['两位', '两位']);
    assert.deepEqual(at('Ａb𠮷ab', ['ab']), ['Ａb', 'ab']);
    assert.deepEqual(at('数学', ['物理']), []);
    assert.deepEqual(excerptOf({ text: '会算分数', begins: false, ends: true }, ['分数']), {
      text: '…会算分数',
      marks: [{ from: 3, to: 5 }],
    });
  });
  it('never overlap and always say one of the words', () => {
    const text = fc.string({ unit: fc.constantFrom('两', '位', '数', 'A', 'ａ', ' '), maxLength: 30 });
    const word = fc.string({ unit: fc.constantFrom('两', '位', '数', 'a'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(text, fc.array(word, { maxLength: 4 }), (whole, words) => {
        let end = 0;
        for (const { from, to } of marksIn(whole, words)) {
          assert.ok(from >= end);
          assert.ok(words.includes(fold(whole.slice(from, to))));
          end = to;
        }
      }),
    );
  });
});

it('equals are ordered by the newest', () => {
  const hits = [
    { rank: 2, ordinal: 9 },
    { rank: 0, ordinal: 3 },
    { rank: 0, ordinal: 7 },
  ];
  assert.deepEqual(
    hits.toSorted(byRank).map(({ ordinal }) => ordinal),
    [7, 3, 9],
  );
});
