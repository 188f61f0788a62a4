import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Content, Row } from '../content/contract.ts';
import { emptyContent } from '../content/rules.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import { completenessOf, consistencyProblems, linksOf } from './rules.ts';

const row = (id: string, cells: Record<string, string>): Row => ({ id, cells });
const goal = (id: string, competency = '运算能力'): Row => row(id, { goal: `目标${id}`, competency });
const written = (kind: ItemKind, rows: Readonly<Record<string, readonly Row[]>>): Content => ({
  sections: emptyContent(kind).sections.map((section) =>
    section.body.form === 'rows'
      ? { ...section, body: { form: 'rows', rows: [...(rows[section.key] ?? [])] } }
      : section,
  ),
});
const found = (kind: ItemKind, rows: Readonly<Record<string, readonly Row[]>>) => {
  const links = linksOf(written(kind, rows));
  assert.ok(links);
  return { links, problems: consistencyProblems(links), ...completenessOf(links) };
};

const whole = {
  goals: [goal('g1'), goal('g2')],
  tasks: [row('t1', { task: '口算', goals: 'g1 g2' })],
  process: [row('p1', { phase: '导入', goals: 'g1' }), row('p2', { phase: '探究', goals: 'g2 g1' })],
  homework: [row('h1', { item: '练习', goals: 'g1' })],
};

describe('what hangs together in a design', () => {
  it('nothing is asked of one in which everything does', () => {
    const { problems, linked, goals, links } = found('lesson-design', whole);
    assert.deepEqual(problems, []);
    assert.deepEqual([linked, goals], [2, 2]);
    assert.deepEqual(
      links.goals.map(({ tasks, activities, homework }) =>
        [tasks, activities, homework].map((entries) => entries.map(({ number }) => number)),
      ),
      [
        [[1], [1, 2], [1]],
        [[1], [2], []],
      ],
    );
  });

  const cases: readonly (readonly [
    string,
    ItemKind,
    Readonly<Record<string, readonly Row[]>>,
    RegExp[],
    number,
  ])[] = [
    ['no goals', 'lesson-design', { ...whole, goals: [] }, [/还没有写目标/], 0],
    [
      'goals without a task',
      'lesson-design',
      { ...whole, tasks: [row('t1', { task: '口算', goals: 'g1' })] },
      [/^目标2还没有评价任务/],
      1,
    ],
    [
      'goals without an activity',
      'lesson-design',
      { ...whole, process: [row('p1', { phase: '导入', goals: 'g2' })] },
      [/^目标1还没有教学活动.*教学过程/],
      1,
    ],
    [
      'a task without a goal',
      'lesson-design',
      { ...whole, tasks: [...whole.tasks, row('t2', { task: '板演' })] },
      [/^评价任务2没有对应目标/],
      2,
    ],
    [
      'a reference to a goal that is gone is none',
      'lesson-design',
      { ...whole, tasks: [...whole.tasks, row('t2', { task: '板演', goals: 'g9' })] },
      [/^评价任务2没有对应目标/],
      2,
    ],
    [
      'activities without a goal, each named',
      'lesson-design',
      { ...whole, process: [...whole.process, row('p3', { phase: '小结' }), row('p4', { phase: '下课' })] },
      [/第3、4行没有对应目标/],
      2,
    ],
    [
      'homework without a goal',
      'lesson-design',
      { ...whole, homework: [row('h1', { item: '练习' })] },
      [/^作业第1题没有对应目标/],
      2,
    ],
    [
      'goals without a competency',
      'lesson-design',
      { ...whole, goals: [goal('g1'), goal('g2', '')] },
      [/^目标2没有写明核心素养/],
      2,
    ],
    [
      'an empty row is not asked for, but counts on',
      'lesson-design',
      { ...whole, process: [row('p0', {}), ...whole.process, row('p3', { phase: '小结' })] },
      [/第4行没有对应目标/],
      2,
    ],
    [
      'a unit design: its lessons are the activities',
      'unit-design',
      { goals: whole.goals, tasks: whole.tasks, lessons: [row('l1', { topic: '课时一', goals: 'g1' })] },
      [/^目标2还没有教学活动.*课时安排/],
      1,
    ],
    [
      'a theme case: its activities',
      'theme-case',
      { goals: [goal('g1')], tasks: whole.tasks, activities: [row('a1', { activity: '调查', goals: 'g1' })] },
      [],
      1,
    ],
    [
      'a homework design: homework is all there is to link',
      'homework-design',
      { goals: whole.goals, homework: whole.homework },
      [/^目标2还没有作业/],
      1,
    ],
    [
      'a unit assessment asks for no activities',
      'unit-assessment',
      { goals: whole.goals, tasks: whole.tasks },
      [],
      2,
    ],
  ];
  for (const [name, kind, rows, sentences, linked] of cases)
    it(name, () => {
      const said = found(kind, rows);
      assert.equal(said.problems.length, sentences.length, said.problems.join('\n'));
      sentences.forEach((sentence, index) => assert.match(said.problems[index] ?? '', sentence));
      assert.equal(said.linked, linked);
    });

  it('a form without goals has no links', () => {
    assert.equal(linksOf(written('pacing-guide', {})), null);
    assert.equal(linksOf(written('test-paper', {})), null);
  });
});
