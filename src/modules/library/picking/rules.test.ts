import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Content, Row } from '../content/contract.ts';
import {
  nextNumber,
  pickedOf,
  pickedRows,
  pickRefusal,
  renewedCells,
  repeatedProblems,
  takenCells,
} from './rules.ts';

const itemId = '0190b000-0000-7000-8000-000000000001';
const other = '0190b000-0000-7000-8000-000000000002';
const whole = {
  stem: '计算 $12\\times 11$。',
  answer: '132',
  points: '4',
  source: 'original',
  author: '甲',
  chooser: '乙',
  reviewer: '丙',
  purchased: 'no',
};
const items = (...rows: Row['cells'][]): Content => ({
  sections: [
    {
      key: 'items',
      title: '试题',
      body: { form: 'rows', rows: rows.map((cells, index) => ({ id: `r${index}`, cells })) },
    },
  ],
});

describe('whether an item may stand in a paper', () => {
  const without = (...keys: readonly (keyof typeof whole)[]) =>
    Object.fromEntries(Object.entries(whole).filter(([one]) => !keys.some((key) => key === one)));
  const cases: [string, Content, RegExp | null][] = [
    ['complete', items(whole), null],
    ['bought', items({ ...whole, purchased: 'yes' }), /不得购买/],
    ['nothing said of a purchase', items(without('purchased')), /是否购买/],
    ['no source', items(without('source')), /没有写明来源，/],
    ['quoted without where from', items({ ...whole, source: 'quoted' }), /没有写明出处，/],
    ['no author and no reviewer', items(without('author', 'reviewer')), /没有写明命题人、审题人，/],
    ['no text', items(without('stem')), /没有题目/],
    ['empty', items(), /没有题目/],
    ['two', items(whole, whole), /不止一道题/],
  ];
  for (const [name, content, expected] of cases)
    it(name, () => {
      const said = pickRefusal(content);
      if (expected === null) assert.equal(said, null);
      else assert.match(said ?? '', expected);
    });
});

describe('a row that was picked', () => {
  const picked = { itemId, number: 2 };

  it('names its item and version, whatever they are', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 999_999 }), (id, number) => {
        const cells = takenCells(whole, { itemId: id, number }, { number: '1', chooser: '丁', place: null });
        assert.deepEqual(pickedOf(cells), { itemId: id, number });
      }),
    );
    for (const text of ['', 'x', itemId, `${itemId}@0`, `${itemId}@1@2`, `${itemId} 1`])
      assert.equal(pickedOf({ picked: text }), null, text);
  });

  it('takes everything over but number and chooser, and a place only where the item names none', () => {
    const taken = takenCells(whole, picked, { number: '7', chooser: '丁', place: other });
    assert.deepEqual(taken, {
      ...whole,
      number: '7',
      chooser: '丁',
      content: other,
      picked: `${itemId}@2`,
    });
    const named = takenCells({ ...whole, content: 'own' }, picked, {
      number: '7',
      chooser: '丁',
      place: other,
    });
    assert.equal(named['content'], 'own');
  });

  it('keeps the paper’s number, points and chooser when it takes the newer version over', () => {
    const row = { ...takenCells(whole, picked, { number: '7', chooser: '丁', place: null }), points: '6' };
    const newer = { ...whole, stem: '计算 $12\\times 13$。', answer: '156', points: '5', author: '戊' };
    assert.deepEqual(renewedCells(row, newer, { itemId, number: 3 }, null), {
      ...newer,
      number: '7',
      points: '6',
      chooser: '丁',
      picked: `${itemId}@3`,
    });
  });

  it('is numbered after all others', () => {
    const cases: [Row['cells'][], string][] = [
      [[], '1'],
      [[{}, {}], '3'],
      [[{ number: '1' }, { number: '15' }], '16'],
      [[{ number: '一' }, { number: '(2)' }], '3'],
    ];
    for (const [cells, next] of cases)
      assert.equal(nextNumber(cells.map((one, index) => ({ id: `r${index}`, cells: one }))), next);
  });

  it('is marked where its item stands twice', () => {
    const one = { ...whole, picked: `${itemId}@1` };
    const paper = items(
      { ...one, number: '1' },
      { ...whole, number: '2' },
      { ...one, picked: `${itemId}@2`, number: '5' },
      { ...whole, picked: `${other}@1` },
    );
    assert.deepEqual(
      pickedRows(paper).map(({ name, number }) => [name, number]),
      [
        ['第1题', 1],
        ['第5题', 2],
        ['第4题', 1],
      ],
    );
    assert.deepEqual(repeatedProblems(paper), ['第1题、第5题是题库中的同一道题，请只留一道。']);
  });
});
