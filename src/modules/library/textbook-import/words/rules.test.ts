import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readColumn,
  readHours,
  readNumber,
  readPart,
  readPublisher,
  readTextbookSubject,
  readYear,
  splitNumber,
} from './rules.ts';

test('headings by their usual names', () => {
  const cases: Readonly<Record<string, string | null>> = {
    学科: 'subject',
    科目: 'subject',
    ' 适用年级 ': 'grade',
    教材版本: 'publisher',
    出版社: 'publisher',
    修订年: 'year',
    '修订年份（必填）': 'year',
    册次: 'part',
    学期: 'part',
    单元序号: 'unit-number',
    单元号: 'unit-number',
    单元: 'unit',
    单元名称: 'unit',
    单元课时: 'unit-hours',
    课序号: 'lesson-number',
    课次: 'lesson-number',
    课题: 'lesson',
    课: 'lesson',
    课时: 'hours',
    建议课时: 'hours',
    序号: null,
    备注: null,
    语文: null,
  };
  for (const [text, column] of Object.entries(cases)) assert.equal(readColumn(text), column, text);
});

test('subjects in all their names', () => {
  const cases = {
    生物: 'biology',
    生物学: 'biology',
    道法: 'ethics-and-law',
    道德与法治: 'ethics-and-law',
    思想品德: 'ethics-and-law',
    信息: 'information-technology',
    信息技术: 'information-technology',
    信息科技: 'information-technology',
    体育: 'physical-education',
    初中数学: 'mathematics',
    '小学 语文': 'chinese',
  } as const;
  for (const [text, subject] of Object.entries(cases)) assert.equal(readTextbookSubject(text), subject, text);
  assert.equal(readTextbookSubject('手工'), null);
});

test('volumes, with or without the grade', () => {
  const part = (text: string) => readPart(text)?.part;
  for (const text of ['上', '上册', '（上）', '第一学期', '上学期', '秋季学期', '三年级上册'])
    assert.equal(part(text), 'first', text);
  for (const text of ['下', '下册', '第二学期', '春', '七年级（下册）'])
    assert.equal(part(text), 'second', text);
  for (const text of ['全一册', '全册', '九年级全一册']) assert.equal(part(text), 'whole', text);
  for (const text of ['', '1', '第五册', '必修']) assert.equal(readPart(text), null, text);
  assert.equal(readPart('七年级下册')?.grade, 7);
  assert.equal(readPart('初一上')?.grade, 7);
  assert.equal(readPart('上册')?.grade, null);
});

test('publishers and years', () => {
  assert.deepEqual(readPublisher('人民教育出版社'), { publisher: '人教版', year: null });
  assert.deepEqual(readPublisher('人教版（2024年修订）'), { publisher: '人教版', year: 2024 });
  assert.deepEqual(readPublisher('部编'), { publisher: '统编版', year: null });
  assert.deepEqual(readPublisher('某某 版'), { publisher: '某某 版', year: null });
  assert.deepEqual(readPublisher('某版20195'), { publisher: '某版20195', year: null });
  assert.deepEqual(readPublisher('某版 2013 2024'), { publisher: '某版', year: 2013 });
  assert.equal(readYear('2024'), 2024);
  assert.equal(readYear('2024年修订'), 2024);
  assert.equal(readYear('2024.0'), 2024);
  assert.equal(readYear('24'), null);
});

test('numbers and titles', () => {
  const numbers: Readonly<Record<string, number | null>> = {
    '3': 3,
    第三单元: 3,
    二十三: 23,
    十: 10,
    'Unit 4': 4,
    '12*': 12,
    '1.3': 3,
    '7.0': 7,
    '0': null,
    综合: null,
    '201': null,
  };
  for (const [text, number] of Object.entries(numbers)) assert.equal(readNumber(text), number, text);
  const titles: readonly (readonly [string, number | null, number | null, string])[] = [
    ['第一单元 时分秒', null, 1, '时分秒'],
    ['第一单元 时分秒', 1, 1, '时分秒'],
    ['第二单元 时分秒', 1, 1, '第二单元 时分秒'],
    ['第三单元', null, 3, '第三单元'],
    ['Unit 2: My day', null, 2, 'My day'],
    ['三、分数', null, 3, '分数'],
    ['10以内的加法', null, null, '10以内的加法'],
    ['3.14的来历', null, null, '3.14的来历'],
    ['整理和复习', null, null, '整理和复习'],
  ];
  for (const [text, column, number, title] of titles)
    assert.deepEqual(splitNumber(text, column), { number, title }, text);
});

test('hours', () => {
  for (const [text, hours] of [
    ['2', 2],
    ['约2课时', 2],
    ['2.0', 2],
    ['', null],
    ['—', null],
    ['2-3', undefined],
    ['1.5', undefined],
    ['两', undefined],
  ] as const)
    assert.equal(readHours(text), hours, text);
});
