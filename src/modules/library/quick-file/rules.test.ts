import assert from 'node:assert/strict';
import { it } from 'node:test';
import { kindOfFile, mostTaught, titleOfFile } from './rules.ts';

it('the title is the name without its ending', () => {
  for (const [name, title] of [
    ['《两位数乘两位数》课件_终稿.pptx', '《两位数乘两位数》课件 终稿'],
    ['3.2 圆的面积.docx', '3.2 圆的面积'],
    ['没有后缀', '没有后缀'],
    [`${'长'.repeat(90)}.pdf`, '长'.repeat(80)],
  ] as const)
    assert.equal(titleOfFile(name), title);
});

it('the kind is told from the name', () => {
  for (const [name, kind] of [
    ['三年级上册期中试卷.docx', 'test-paper'],
    ['第二单元作业.pdf', 'homework-design'],
    ['第二单元整体设计.docx', 'unit-design'],
    ['秒的认识.pptx', 'lesson-design'],
    ['秒的认识.mp4', 'model-lesson'],
    ['教学进度.xlsx', 'pacing-guide'],
  ] as const)
    assert.equal(kindOfFile(name), kind, name);
});

it('what most lessons are is what one teaches', () => {
  const lesson = (subject: string, grade: number) => ({ subject, grade });
  assert.equal(mostTaught([]), undefined);
  assert.deepEqual(mostTaught([lesson('a', 1), lesson('b', 3), lesson('b', 3)]), lesson('b', 3));
});
