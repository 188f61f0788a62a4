import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Block, Content, Section } from '../content/contract.ts';
import { templateOf } from '../content/rules.ts';
import { bodyFromWord, nothingOffered, offeredSections, proposedSections } from './rules.ts';

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
