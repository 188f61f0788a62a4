import assert from 'node:assert/strict';
import { test } from 'node:test';
import { align } from './rules.ts';

const byText = { keyOf: (text: string) => text, wordsInside: (text: string) => Array.from(text) };
const told = (before: readonly string[], after: readonly string[]): string[] =>
  align(before, after, byText).map((partner) =>
    partner === null ? 'gone' : `${partner.likeness} ${after[partner.index]}`,
  );

test('a paragraph is paired with its changed self, also beside new and removed ones', () => {
  assert.deepEqual(
    told(
      ['学生能说出圆的特征。', '教师演示实验的步骤。', '小组合作完成测量记录。'],
      ['联系生活举例。', '学生能说出圆的主要特征。', '小组合作完成测量和记录。'],
    ),
    ['similar 学生能说出圆的主要特征。', 'gone', 'similar 小组合作完成测量和记录。'],
  );
});

test('what stands in the place of another and has little in common with it replaces it', () => {
  assert.deepEqual(told(['甲乙丙丁'], ['子丑寅卯', '辰巳午未']), ['replaced 子丑寅卯']);
  assert.deepEqual(told(['一', '甲乙丙丁', '二'], ['一', '二']), ['same 一', 'gone', 'same 二']);
  assert.deepEqual(told([], ['一']), []);
});

test('in long stretches without one equal paragraph, rare words still find the changed self', () => {
  const text = (index: number): string => `第${String.fromCodePoint(0x4e00 + index)}段讲的是圆的特征和画法。`;
  const before = Array.from({ length: 900 }, (_, index) => text(index));
  // Everything is edited, and 40 paragraphs are new at the beginning.
  const after = [
    ...Array.from({ length: 40 }, (_, index) => `补充${String.fromCodePoint(0x6e00 + index)}：另行说明`),
    ...before.map((one) => one.replace('画法', '作图方法')),
  ];
  const partners = align(before, after, byText);
  const found = partners.filter((partner, index) => partner?.index === index + 40);
  assert.equal(found.length, 900);
  assert.ok(found.every((partner) => partner?.likeness === 'similar'));
});
