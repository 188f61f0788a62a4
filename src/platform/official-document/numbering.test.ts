import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#platform/refusal.ts';
import {
  chineseNumeral,
  formatDate,
  formatDocumentNumber,
  headingCounter,
  parseDocumentNumber,
} from './numbering.ts';

test('old forms of a document number read as the same number', () => {
  for (const text of [
    '丰教研字[2024]16号',
    '丰教研字〔2024〕016号',
    '丰教研字（2024）第16号',
    '丰教研字【2024】 16 号',
    ' 丰教研字〔２０２４〕１６号 ',
  ]) {
    const number = parseDocumentNumber(text);
    assert.deepEqual(number, { series: '丰教研字', year: 2024, number: 16 }, text);
    assert.equal(number && formatDocumentNumber(number), '丰教研字〔2024〕16号');
  }
});

test('what is no document number reads as none', () => {
  for (const text of [
    '',
    '丰教研字2024-16',
    '〔2024〕16号',
    '丰教研字〔24〕16号',
    '丰教研字〔2024〕号',
    '丰教研字〔2024〕16号文',
  ]) {
    assert.equal(parseDocumentNumber(text), null, text);
  }
});

test('any number survives print and read, whatever the brackets and leading zeros', () => {
  const series = fc.stringMatching(/^[一-龥A-Z]{1,8}$/u);
  const brackets = fc.constantFrom('〔〕', '[]', '()', '（）', '【】');
  fc.assert(
    fc.property(
      series,
      fc.integer({ min: 1949, max: 2999 }),
      fc.integer({ min: 1, max: 99_999 }),
      brackets,
      fc.nat(3),
      fc.boolean(),
      (name, year, number, pair, zeros, ordinal) => {
        const value = { series: name, year, number };
        const [open = '', close = ''] = pair;
        const old = `${name}${open}${year}${close}${ordinal ? '第' : ''}${'0'.repeat(zeros)}${number}号`;
        assert.deepEqual(parseDocumentNumber(formatDocumentNumber(value)), value);
        assert.deepEqual(parseDocumentNumber(old), value);
      },
    ),
  );
});

test('dates have no leading zeros and must exist', () => {
  assert.equal(formatDate('2024-01-26'), '2024年1月26日');
  assert.equal(formatDate('2024-12-05'), '2024年12月5日');
  assert.throws(() => formatDate('2024-02-30'), Refusal);
  assert.throws(() => formatDate('2024年1月26日'), Refusal);
});

test('Chinese numerals to 99', () => {
  const shown = [1, 9, 10, 11, 20, 21, 99].map(chineseNumeral);
  assert.deepEqual(shown, ['一', '九', '十', '十一', '二十', '二十一', '九十九']);
  assert.equal(new Set(Array.from({ length: 99 }, (_, index) => chineseNumeral(index + 1))).size, 99);
});

test('headings number themselves and start again under a higher one', () => {
  const next = headingCounter();
  const labels = ([1, 2, 2, 3, 4, 4, 3, 4, 1, 2, 3] as const).map((level) => next(level));
  assert.deepEqual(labels, [
    '一、',
    '（一）',
    '（二）',
    '1.',
    '（1）',
    '（2）',
    '2.',
    '（1）',
    '二、',
    '（一）',
    '1.',
  ]);
});
