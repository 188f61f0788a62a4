import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Content, Row } from '../content/contract.ts';
import { submissionProblems, unlawful } from './rules.ts';

describe('a unit assessment', () => {
  const assessment = (task: Row['cells']): Content => ({
    sections: [
      {
        key: 'goals',
        title: '评价目标',
        body: { form: 'rows', rows: [{ id: 'g', cells: { goal: '会。' } }] },
      },
      { key: 'tasks', title: '评价任务', body: { form: 'rows', rows: [{ id: 't', cells: task }] } },
    ],
  });
  const problems = (title: string, task: Row['cells']): string[] =>
    submissionProblems(
      { kind: 'unit-assessment', grade: 4, title, subject: 'mathematics' },
      assessment(task),
    );
  const cases: [what: string, title: string, task: Row['cells'], says: RegExp | null][] = [
    [
      'with tasks and criteria',
      '多边形',
      { task: '剪拼图形。', criteria: '说得出理由，5分钟内完成。' },
      null,
    ],
    [
      'with a percentage and a length',
      '小数',
      { task: '量一量。', criteria: '80%的学生量得准，误差 2 分米。' },
      null,
    ],
    ['with a column of marks', '多边形', { task: '剪拼图形。', points: '10' }, /“评价任务”里写了分数/],
    ['with marks in its criteria', '多边形', { criteria: '答对得 5 分，满分100分。' }, /不打分/],
    ['by the name of an exam', '第三单元测试', { task: '剪拼图形。' }, /不得组织的考试/],
  ];
  for (const [what, title, task, says] of cases)
    it(what, () => {
      const found = problems(title, task);
      assert.equal(found.length, says === null ? 0 : 1, found.join());
      if (says !== null) assert.match(found[0] ?? '', says);
    });
});

describe('what nobody may publish, wherever it comes from', () => {
  const withRow = (key: string, cells: Row['cells']): Content => ({
    sections: [{ key, title: '试题', body: { form: 'rows', rows: [{ id: 'r', cells }] } }],
  });
  for (const [what, kind, title, content, says] of [
    ['a bought item', 'test-item', '口算', withRow('items', { stem: '1+1=', purchased: 'yes' }), /不得购买/],
    ['a bought item in a paper', 'test-paper', '期末', withRow('items', { purchased: 'yes' }), /不得购买/],
    ['a forbidden exam', 'test-paper', '十月月考', withRow('items', {}), /不得组织的考试/],
    ['marks where none are given', 'unit-assessment', '小数', withRow('tasks', { points: '5' }), /写了分数/],
    ['what only lacks something', 'test-paper', '期末', withRow('items', {}), null],
  ] as const)
    it(what, () => {
      const found = unlawful({ kind, title }, content);
      assert.equal(found.length, says === null ? 0 : 1, found.join());
      if (says !== null) assert.match(found[0] ?? '', says);
    });
});

it('a number is one that its column takes, before anybody reads it', () => {
  const problems = (minutes: string): string[] =>
    submissionProblems(
      { kind: 'homework-design', grade: 4, title: '两位数乘法', subject: 'mathematics' },
      {
        sections: [
          {
            key: 'homework',
            title: '作业设计',
            body: { form: 'rows', rows: [{ id: 'h', cells: { minutes } }] },
          },
        ],
      },
    );
  assert.deepEqual(problems('10'), []);
  for (const minutes of ['-1', '0.5', '1e9', 'NaN', '121'])
    assert.match(problems(minutes).join(), /“作业设计”第1行的预计时间写的是.*请填 0 到 120 的整数/u);
});
