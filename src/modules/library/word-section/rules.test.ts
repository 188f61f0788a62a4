import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Block, Body, Content, Section } from '../content/contract.ts';
import { templateOf } from '../content/rules.ts';
import { bodyFromWord, fitted, nothingOffered, offeredSections, proposedSections } from './rules.ts';

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const heading = (text: string): Block => ({
  type: 'heading',
  attrs: { level: 2 },
  content: [{ type: 'text', text }],
});
const text = (key: string, title: string, ...lines: string[]): Section => ({
  key,
  title,
  body: { form: 'text', blocks: lines.map(paragraph) },
});
const process: Section = {
  key: 'process',
  title: '教学过程',
  body: { form: 'rows', rows: [{ id: 'r1', cells: { phase: '导入' } }] },
};
const file = (...sections: Section[]): Content => ({ sections });
const whole = file(
  text('learners', '学情分析', '学情。'),
  text('board', '板书设计'),
  process,
  text('own-1', '课前三分钟', '口算。'),
);

const board = { key: 'board', title: '板书设计', form: 'text' as const };
const learners = { key: 'learners', title: '学情分析', form: 'text' as const };
const rows = { key: 'process', title: '教学过程', form: 'rows' as const };

it('offers texts to a text, the table of the same name to a table, and nothing that is empty', () => {
  const keys = (target: typeof board | typeof rows): string[] =>
    offeredSections(whole, target).map(({ key }) => key);
  assert.deepEqual(keys(board), ['learners', 'own-1']);
  assert.deepEqual(keys(rows), ['process']);
  assert.deepEqual(keys({ ...rows, key: 'goals' }), []);
});

it('proposes the section of the same name, or the only one there is', () => {
  assert.deepEqual(proposedSections(whole, learners), ['learners']);
  assert.deepEqual(proposedSections(whole, board), []);
  assert.deepEqual(proposedSections(file(text('own-1', '一', '图。')), board), ['own-1']);
  assert.deepEqual(proposedSections(whole, rows), ['process']);
});

it('puts in what was chosen, several under their names, and one alone without', () => {
  assert.deepEqual(bodyFromWord(whole, learners, ['learners']), {
    form: 'text',
    blocks: [paragraph('学情。')],
  });
  assert.deepEqual(bodyFromWord(whole, board, ['learners']), { form: 'text', blocks: [paragraph('学情。')] });
  assert.deepEqual(bodyFromWord(whole, board, ['own-1']), {
    form: 'text',
    blocks: [heading('课前三分钟'), paragraph('口算。')],
  });
  assert.deepEqual(bodyFromWord(whole, learners, ['own-1', 'learners']), {
    form: 'text',
    blocks: [paragraph('学情。'), heading('课前三分钟'), paragraph('口算。')],
  });
  assert.deepEqual(bodyFromWord(whole, rows, ['process']), process.body);
  assert.equal(bodyFromWord(whole, board, ['board', 'process']), null);
});

it('says which columns a table needs where none was recognised', () => {
  assert.match(nothingOffered('教学过程', templateOf('lesson-design', 'process')), /环节、.*教师活动/u);
  assert.match(nothingOffered('板书设计', templateOf('lesson-design', 'board')), /没有读到文字/u);
});

it("a row takes the place of the one with its number, and names the draft's rows of the same numbers", () => {
  const columns = templateOf('lesson-design', 'process')?.columns ?? [];
  const row = (id: string, phase: string, goals: string) => ({ id, cells: { phase, goals } });
  const goals: Section = {
    key: 'goals',
    title: '教学目标',
    body: { form: 'rows', rows: ['f1', 'f2', 'f3'].map((id) => ({ id, cells: { goal: id } })) },
  };
  const read: Body = { form: 'rows', rows: [row('n1', '导入', 'f2 f1'), row('n2', '小结', 'f3')] };
  const surroundings = {
    now: { form: 'rows' as const, rows: [row('old', '旧', 'd1')] },
    file: file(goals),
    columns,
    rowIdsOf: () => ['d1', 'd2'],
  };
  assert.deepEqual(fitted(read, surroundings), {
    form: 'rows',
    rows: [row('old', '导入', 'd2 d1'), { id: 'n2', cells: { phase: '小结' } }],
  });
});
