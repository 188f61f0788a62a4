import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readClassName, readSlots, readTaughtSubject, readWeekday, takeClassNames } from './rules.ts';

describe('a class in its usual spellings', () => {
  const cases = [
    ['三(2)班', { grade: 3, number: 2 }],
    ['三（2）', { grade: 3, number: 2 }],
    ['三年级2班', { grade: 3, number: 2 }],
    ['三年级 二班', { grade: 3, number: 2 }],
    ['三.二班', { grade: 3, number: 2 }],
    ['3.2', { grade: 3, number: 2 }],
    ['3-2班', { grade: 3, number: 2 }],
    ['302', { grade: 3, number: 2 }],
    ['312班', { grade: 3, number: 12 }],
    ['32班', { grade: 3, number: 2 }],
    ['七1班', { grade: 7, number: 1 }],
    ['初一(2)班', { grade: 7, number: 2 }],
    ['初三2', { grade: 9, number: 2 }],
    ['七年级（12）班', { grade: 7, number: 12 }],
    ['2021级2班', { entryYear: 2021, number: 2 }],
    ['21级(2)班', { entryYear: 2021, number: 2 }],
    ['三年级', null],
    ['语文', null],
    ['第3节', null],
    ['2026', null],
  ] as const;
  for (const [text, name] of cases) it(text, () => assert.deepEqual(readClassName(text), name));

  it('is found inside a title, and a date is none', () => {
    const found = (text: string) => takeClassNames(text).classes.map((one) => one.className);
    assert.deepEqual(found('2026—2027学年第一学期三(2)班课程表2026.9.1'), [{ grade: 3, number: 2 }]);
    assert.deepEqual(found('课程表 2024年9月1日 第2周'), []);
  });
});

describe('slots', () => {
  const cases = [
    ['第1节', [1]],
    ['一', [1]],
    ['第十节', [10]],
    ['下午第2节', [2]],
    ['1-2节', [1, 2]],
    ['第1、2节', [1, 2]],
    ['第3节 10:00~10:40', [3]],
    ['早读', null],
    ['第2周', null],
    ['302', null],
  ] as const;
  for (const [text, slots] of cases) it(text, () => assert.deepEqual(readSlots(text)?.slots ?? null, slots));
});

it('weekdays and subjects by their words', () => {
  assert.deepEqual(['星期日', '周 三', '礼拜天', '星期4', '第三周'].map(readWeekday), [7, 3, 7, 4, null]);
  assert.deepEqual(['语', '体育课', '道德与法治', '微机', '英 语', '午休'].map(readTaughtSubject), [
    'chinese',
    'physical-education',
    'ethics-and-law',
    'information-technology',
    'english',
    null,
  ]);
});
