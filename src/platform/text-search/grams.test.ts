import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { likeLiteral } from '#platform/database/like.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { fold, gramsOf, gramsOfWord, isOneGram, wordsOf } from './grams.ts';
import { every, lexeme } from './query.ts';

const { db } = await createTestDatabase();

/** Few characters, so that texts share them: Chinese, beyond the base plane, wide and small letters, signs of tsquery and LIKE. */
const sign = fc.constantFrom(...Array.from('两位数乘𠮷𡃁ＡaＢb１12Ⅳß %_\\\'":&|!()<->*　,。'));
const aText = fc.array(sign, { maxLength: 40 }).map((signs) => signs.join(''));
const aWord = fc.array(sign, { minLength: 2, maxLength: 6 }).map((signs) => signs.join(''));

describe('folding', () => {
  it('keeps every character in its place', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 0x10ffff })), (codes) => {
        const text = String.fromCodePoint(...codes);
        const folded = fold(text);
        assert.equal(folded.length, text.length);
        assert.equal(Array.from(folded).length, Array.from(text).length);
      }),
    );
  });
  it('makes wide and capital letters plain small ones', () => {
    for (const [text, folded] of [
      ['ＡＢＣ　１２', 'abc 12'],
      ['Unit 3：School', 'unit 3:school'],
      ['㎡ ß ﬁ', '㎡ ß ﬁ'],
      ['𠮷祥', '𠮷祥'],
    ] as const)
      assert.equal(fold(text), folded);
  });
  it('is the same for a part as inside the whole', () => {
    fc.assert(
      fc.property(aText, aText, (one, other) => assert.equal(fold(one + other), fold(one) + fold(other))),
    );
  });
});

describe('grams', () => {
  it('are the pairs inside runs, and three letters or digits', () => {
    for (const [text, grams] of [
      ['两位数', ['两位', '位数']],
      ['两 位数', ['位数']],
      ['𠮷祥数', ['𠮷祥', '祥数']],
      ['abc1', ['ab', 'bc', 'abc', 'c1', 'bc1']],
      ['第3课', ['第3', '3课']],
      ['数', []],
    ] as const)
      assert.deepEqual([...gramsOf(text)], grams);
  });
  it('of a word are the fewest that say as much', () => {
    for (const [word, grams] of [
      ['两位数', ['两位', '位数']],
      ['ab', ['ab']],
      ['abcd', ['abc', 'bcd']],
      ['第12课', ['第1', '12', '2课']],
      ['第123课', ['第1', '123', '3课']],
      ['数', []],
    ] as const)
      assert.deepEqual(gramsOfWord(word), grams);
  });
  it('of any part of a text are among those of the text', () => {
    fc.assert(
      fc.property(aText, fc.nat(), fc.nat(), (text, from, length) => {
        const part = Array.from(text)
          .slice(from % 40, (from % 40) + 2 + (length % 8))
          .join('');
        const grams = gramsOf(fold(text));
        for (const word of wordsOf(part))
          for (const gram of gramsOfWord(word)) assert.ok(grams.has(gram), `${gram} of ${part} in ${text}`);
      }),
    );
  });
  it('that are one whole word need no second look', () => {
    fc.assert(
      fc.property(aText, aWord, (text, part) => {
        for (const word of wordsOf(part))
          if (isOneGram(word)) assert.equal(gramsOf(fold(text)).has(word), fold(text).includes(word));
      }),
    );
  });
});

describe('in PostgreSQL', () => {
  const found = async (text: string, word: string) => {
    const folded = fold(text);
    const query = every(gramsOfWord(word).map(lexeme));
    const { rows } = await sql<{ byGrams: boolean; byBoth: boolean; shown: string; lexemes: number }>`
      select grams @@ query as "byGrams", grams @@ query and folded like ${`%${likeLiteral(word)}%`} as "byBoth",
        numnode(query) as lexemes, query::text as shown
      from (select ${folded}::text as folded, array_to_tsvector(${[...gramsOf(folded)]}::text[]) as grams,
        ${query}::tsquery as query) as one`.execute(db);
    return rows[0] ?? assert.fail('no row');
  };

  it('a word is found exactly where it stands, and never read as syntax', async () => {
    await fc.assert(
      fc.asyncProperty(aText, aWord, fc.boolean(), fc.nat(), async (text, other, inside, at) => {
        const signs = Array.from(text);
        const from = at % Math.max(signs.length, 1);
        const part = inside ? signs.slice(from, from + 4).join('') : other;
        for (const word of wordsOf(part)) {
          const grams = gramsOfWord(word);
          if (grams.length === 0) continue;
          const stands = fold(text).includes(word);
          const { byGrams, byBoth, lexemes } = await found(text, word);
          assert.equal(byBoth, stands);
          if (stands || isOneGram(word)) assert.equal(byGrams, stands);
          // So many lexemes and the ANDs between them: nothing in a word became an operator.
          assert.equal(lexemes, grams.length * 2 - 1);
        }
      }),
      { numRuns: 300 },
    );
  });
});
