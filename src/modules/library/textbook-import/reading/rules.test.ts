import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sheetHeadings } from '../sheet/rules.ts';
import { written } from '../testing.ts';

const short = ['学科', '年级', '版本', '修订年', '册次', '单元序号', '单元', '课序号', '课', '课时'];

const outline = (rows: readonly (readonly string[])[]) => {
  const { volumes, unread } = written(rows);
  return {
    volumes: volumes.map(({ subject, grade, publisher, revisionYear, part, units }) => [
      [subject, grade, publisher, revisionYear, part].join(' '),
      ...units.map(
        ({ number, title, plannedHours, lessons }) =>
          `${number} ${title} ${plannedHours}: ${lessons.map((one) => `${one.number} ${one.title} ${one.plannedHours}`).join(', ')}`,
      ),
    ]),
    unread: unread.map(({ reason, cell }) => `${cell} ${reason}`),
  };
};

describe('a list of textbooks', () => {
  it('is read with blank cells meaning the cell above', () => {
    assert.deepEqual(
      outline([
        ['某区教材目录'],
        short,
        ['数学', '三年级', '人教版', '2024', '上册', '1', '时分秒', '1', '秒的认识', '1'],
        ['', '', '', '', '', '', '', '2', '时间的计算', '2'],
        ['', '', '', '', '', '二', '万以内的加法', '1', '两位数', ''],
        ['', '', '', '', '下', '1', '位置', '1', '东南西北', '3课时'],
        ['', '', '', '', '', '', '', '2', '说明与合计', ''],
        ['合计', '', '', '', '', '', '', '', '', '6'],
        ['注：课时供参考'],
      ]),
      {
        volumes: [
          [
            'mathematics 3 人教版 2024 first',
            '1 时分秒 null: 1 秒的认识 1, 2 时间的计算 2',
            '2 万以内的加法 null: 1 两位数 null',
          ],
          ['mathematics 3 人教版 2024 second', '1 位置 null: 1 东南西北 3, 2 说明与合计 null'],
        ],
        unread: [],
      },
    );
  });

  it('does not carry a unit into another volume, nor an edition into another subject', () => {
    assert.deepEqual(
      outline([
        short,
        ['数学', '三年级', '人教版', '2024', '上册', '1', '时分秒', '1', '秒的认识', '1'],
        ['', '', '', '', '下册', '', '', '1', '没有单元', '1'],
        ['语文', '', '', '', '', '1', '大自然', '1', '春', '1'],
      ]).unread,
      ['目录!I3 没有写单元', '目录!I4 没有写册次'],
    );
  });

  it('depends on the order of rows only where cells are blank', () => {
    const filled = [
      ['数学', '三年级', '人教版', '2024', '上册', '1', '甲', '1', '子', '1'],
      ['数学', '三年级', '人教版', '2024', '上册', '2', '乙', '1', '丑', '1'],
      ['数学', '三年级', '人教版', '2024', '上册', '1', '甲', '2', '寅', '1'],
    ];
    const [volume] = outline([short, ...filled]).volumes;
    assert.deepEqual(volume?.slice(1), ['1 甲 null: 1 子 1, 2 寅 1', '2 乙 null: 1 丑 1']);
    const blank = filled.map((row, index) =>
      index === 2 ? ['', '', '', '', '', '', '', ...row.slice(7)] : row,
    );
    const [other] = outline([short, ...blank]).volumes;
    assert.deepEqual(other?.slice(1), ['1 甲 null: 1 子 1', '2 乙 null: 1 丑 1, 2 寅 1']);
  });

  it('takes grade and year from cells that say two things, and a unit without lessons', () => {
    assert.deepEqual(
      outline([
        ['科目', '教材', '册次', '单元', '课时'],
        ['道法', '统编版（2024年）', '七年级上册', '第一单元 少年有梦', '4'],
        ['', '', '', '整理', ''],
      ]).volumes,
      [['ethics-and-law 7 统编版 2024 first', '1 少年有梦 4: ', 'null 整理 null: ']],
    );
  });

  it('says what is in question with its cell', () => {
    const row = (change: Readonly<Record<number, string>>) =>
      ['数学', '三年级', '人教版', '2024', '上册', '1', '甲', '1', '子', '1'].map(
        (cell, index) => change[index] ?? cell,
      );
    const reasonFor = (...rows: readonly (readonly string[])[]) => outline([short, ...rows]).unread;
    assert.deepEqual(reasonFor(row({ 0: '手工' })), ['目录!I2 没有看懂学科“手工”']);
    assert.deepEqual(reasonFor(row({ 1: '' })), ['目录!I2 没有写年级']);
    assert.deepEqual(reasonFor(row({ 2: '' })), ['目录!I2 没有写版本，例如人教版']);
    assert.deepEqual(reasonFor(row({ 3: '去年' })), ['目录!I2 没有看懂修订年“去年”，请写成四位数字']);
    assert.deepEqual(reasonFor(row({ 4: '中册' })), ['目录!I2 没有看懂册次“中册”，请写成上册、下册或全一册']);
    assert.deepEqual(reasonFor(row({ 9: '一两' })), ['目录!I2 没有看懂课时“一两”，请写成整数']);
    assert.deepEqual(reasonFor(row({ 5: '甲' })), [
      '目录!I2 没有看懂单元序号“甲”，请写成数字，没有序号的留空',
    ]);
    assert.deepEqual(reasonFor(row({}), row({ 8: '丑' })), [
      '目录!I3 第一单元 甲里已经有第1课 子，课序号1写了两次',
    ]);
    assert.deepEqual(reasonFor(row({}), row({ 6: '乙', 7: '2' })), [
      '目录!I3 第1单元前面写的是“甲”，这一行写的是“乙”',
    ]);
    assert.deepEqual(reasonFor(row({ 8: '长'.repeat(101) })), ['目录!I2 课的名称太长，请不超过100字']);
  });

  it('names the columns that are missing', () => {
    assert.deepEqual(written([['学科', '年级', '单元', '课']]).missing, ['版本', '册次']);
    assert.deepEqual(written([['甲', '乙']]).missing, ['学科', '版本', '册次', '单元']);
    assert.deepEqual(written([[...sheetHeadings]]).missing, []);
  });
});
