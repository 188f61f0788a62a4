import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Content, Row } from '../content/contract.ts';
import { blueprintOf, blueprintProblems, paperLawProblems } from './rules.ts';

const paper = (items: readonly Row['cells'][], facts: Row['cells'] = {}): Content => ({
  sections: [
    { key: 'facts', title: '试卷信息', body: { form: 'rows', rows: [{ id: 'f', cells: facts }] } },
    {
      key: 'items',
      title: '试题',
      body: { form: 'rows', rows: items.map((cells, index) => ({ id: `i${index}`, cells })) },
    },
  ],
});
const units = ['u1', 'u2', 'u3'].map((id, index) => ({ id, name: `第${index + 1}单元` }));
const unitOf = (id: string): string | null => (units.some((unit) => unit.id === id) ? id : null);
const item = (content: string, points: number, level = 'apply', difficulty = 'easy') => ({
  content,
  points: String(points),
  level,
  difficulty,
});

describe('which papers are lawful', () => {
  const cases: [grade: number, purpose: string, title: string, problems: number][] = [
    [1, 'final', '期末练习', 1],
    [2, 'practice', '课堂练习', 0],
    [4, 'final', '三年级上册期末', 0],
    [4, 'midterm', '期中', 1],
    [8, 'midterm', '期中', 0],
    [8, 'mock', '模拟', 1],
    [9, 'mock', '第一次模拟', 0],
    [5, 'practice', '第三单元测试', 1],
    [7, 'practice', '十月月考', 1],
    [7, '', '期末', 1],
  ];
  for (const [grade, purpose, title, problems] of cases)
    it(`grade ${grade}, ${purpose === '' ? 'no purpose' : purpose}, “${title}”: ${problems}`, () => {
      const facts = purpose === '' ? {} : { purpose };
      assert.equal(paperLawProblems({ grade, title }, paper([], facts)).length, problems);
    });
});

describe('a blueprint', () => {
  it('holds every item and every point once, by content and level', () => {
    const anItem = fc
      .record({
        content: fc.constantFrom('u1', 'u2', 'u3', 'elsewhere'),
        points: fc.integer({ min: 0, max: 20 }),
        level: fc.constantFrom('know', 'apply', 'create', ''),
        difficulty: fc.constantFrom('easy', 'medium', 'hard', ''),
      })
      .map(({ points, ...cells }) => ({ ...cells, points: String(points) }));
    fc.assert(
      fc.property(fc.array(anItem, { maxLength: 30 }), (items) => {
        const { rows, total, points } = blueprintOf(paper(items), unitOf);
        const whole = items.reduce((sum, one) => sum + Number(one.points), 0);
        assert.deepEqual(total, { items: items.length, points: whole });
        const cells = rows.flatMap((row) => row.cells);
        assert.equal(
          cells.reduce((sum, cell) => sum + cell.items, 0),
          items.length,
        );
        assert.equal(
          cells.reduce((sum, cell) => sum + cell.points, 0),
          whole,
        );
        assert.equal(
          Object.values(points).reduce((sum, some) => sum + some, 0),
          whole,
        );
      }),
    );
  });

  it('adds tenths of a point as people do', () => {
    const tenths = blueprintOf(paper([item('u1', 0.1), item('u2', 0.2)], { fullMarks: '0.3' }), unitOf);
    assert.equal(tenths.total.points, 0.3);
    assert.ok(!blueprintProblems(tenths, units).some((problem) => problem.includes('不一致')));
  });

  it('says what does not add up, and nothing where all is well', () => {
    const good = paper([item('u1', 35), item('u2', 35), item('u3', 30)], { fullMarks: '100' });
    assert.deepEqual(blueprintProblems(blueprintOf(good, unitOf), units), []);
    const bad = paper([item('u1', 60), item('elsewhere', 20, 'apply', '')], { fullMarks: '100' });
    assert.deepEqual(blueprintProblems(blueprintOf(bad, unitOf), units), [
      '各题分值合计80分，与满分100分不一致，请改正。',
      '有1道题没有写明考查内容所在的单元，请补上。',
      '没有考到：第2单元、第3单元。如果本次不考，可以不管。',
      '“第1单元”占75%的分值，超过40%，请匀给其他单元。',
      '有20分的题没有写预估难度，请补上。',
    ]);
    assert.deepEqual(blueprintProblems(blueprintOf(paper([]), unitOf), units), [
      '请在“试卷信息”中写明满分。',
    ]);
  });
});
