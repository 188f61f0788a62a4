import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGrades, readHeading, readStage } from './rules.ts';

const grades: readonly (readonly [text: string, from: number | null, to?: number, topic?: string | null])[] =
  [
    ['一年级', 1, 1],
    ['3', 3, 3],
    ['三(2)班', 3, 3],
    ['三（2）班', 3, 3],
    ['七年级', 7, 7],
    ['初二', 8, 8],
    ['1-6 思维课', 1, 6, '思维课'],
    ['1—6思维课', 1, 6, '思维课'],
    ['一至六年级', 1, 6],
    ['1~3年级', 1, 3],
    ['6-1', null],
    ['2024', null],
    ['高一', null],
    ['', null],
  ];
for (const [text, from, to, topic = null] of grades)
  test(`grades of “${text}”`, () => {
    assert.deepEqual(readGrades(text), from === null ? null : { from, to, topic });
  });

const stages = [
  ['初中', 'junior'],
  ['小学区级研训中心组分组名单', 'primary'],
  ['中小学区级研训中心组分组名单', null],
  ['附 2.', null],
] as const;
for (const [text, stage] of stages)
  test(`stage of “${text}”`, () => {
    assert.equal(readStage(text), stage);
  });

const headings = [
  [['组员', '学科', '组 长'], 'core-groups'],
  [['负责人', '联合学校', '研训基地校', '学段'], 'consortia'],
  [['学段', '学科', '优势学科基地校'], 'subject-bases'],
  [['职务', '姓名'], 'leading-group'],
  [['职务', '姓名', '行政职务', '电话'], 'leading-group'],
  [['姓名', '工号', '职务'], 'teachers'],
  [['职务', '姓名', '学校'], 'teachers'],
  [['岗位', '姓名', '电话'], 'teachers'],
  [['序号', '教师姓名', '单位（全称）', '手机号码*'], 'teachers'],
  [['语文', '陆艳华', '薄春霞'], null],
  [['姓名'], null],
] as const;
for (const [cells, form] of headings)
  test(`heading ${cells.join(' ')}`, () => {
    assert.equal(readHeading(cells)?.form ?? null, form);
  });
