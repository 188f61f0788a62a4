import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GridItem } from './contract.ts';
import {
  cellOf,
  countCells,
  doneOf,
  inOrderOfSubjects,
  lessonsInUnitDesigns,
  missingLessons,
  unitParts,
} from './rules.ts';

const item = (id: string, rest: Partial<GridItem> = {}): GridItem => ({
  id,
  title: id,
  lessonId: null,
  published: 1,
  roundState: null,
  cover: null,
  ...rest,
});
const draft = (id: string, rest: Partial<GridItem> = {}): GridItem =>
  item(id, { published: null, roundState: 'drafting', ...rest });

describe('a cell of the unit grid', () => {
  const lessons = ['one', 'two', 'three'];
  const cases = [
    ['nothing', 'unit-design', [], 'empty', 0, 1],
    ['one that is being written', 'unit-design', [draft('a')], 'in-work', 0, 1],
    ['one published', 'unit-design', [item('a')], 'full', 1, 1],
    [
      'published, and its next version in work',
      'unit-design',
      [item('a', { roundState: 'in-review' })],
      'full',
      1,
      1,
    ],
    [
      'two published count once',
      'homework-design',
      [item('a'), item('b', { lessonId: 'one' })],
      'full',
      1,
      1,
    ],
    ['no lesson yet', 'lesson-design', [draft('a', { lessonId: 'one' })], 'in-work', 0, 3],
    ['one lesson of three', 'lesson-design', [item('a', { lessonId: 'one' })], 'partly', 1, 3],
    [
      'two designs of one lesson',
      'lesson-design',
      [item('a', { lessonId: 'one' }), item('b', { lessonId: 'one' })],
      'partly',
      1,
      3,
    ],
    [
      'one without its lesson counts for one',
      'lesson-design',
      [item('a', { lessonId: 'one' }), item('b')],
      'partly',
      2,
      3,
    ],
    ['never more than planned', 'lesson-design', ['a', 'b', 'c', 'd'].map((id) => item(id)), 'full', 3, 3],
    ['a lesson that was withdrawn', 'lesson-design', [item('a', { lessonId: 'gone' })], 'empty', 0, 3],
  ] as const;
  for (const [name, part, items, state, done, planned] of cases)
    it(name, () => {
      const cell = cellOf(part, lessons, items);
      assert.deepEqual([cell.state, cell.done, cell.planned], [state, done, planned]);
    });

  it('of lesson designs needs one where the unit has no lessons', () => {
    assert.equal(cellOf('lesson-design', [], []).planned, 1);
    assert.equal(cellOf('lesson-design', [], [item('a')]).state, 'full');
  });

  it('counts from a sum as it does from rows', () => {
    assert.equal(doneOf('lesson-design', 3, { lessons: 2, whole: 0 }), 2);
    assert.equal(doneOf('lesson-design', 3, { lessons: 2, whole: 4 }), 3);
    assert.equal(doneOf('unit-design', 3, { lessons: 1, whole: 1 }), 1);
  });

  it('names the lessons that nobody writes', () => {
    const cell = cellOf('lesson-design', lessons, [draft('a', { lessonId: 'two' })]);
    assert.deepEqual(
      missingLessons(
        lessons.map((id) => ({ id })),
        cell,
      ),
      [{ id: 'one' }, { id: 'three' }],
    );
  });
});

describe('figures of the grid', () => {
  it('every cell is in exactly one of them', () => {
    const states = ['full', 'partly', 'in-work', 'empty', 'empty'] as const;
    assert.deepEqual(countCells(states.map((state) => ({ state }))), {
      cells: 5,
      full: 1,
      inWork: 2,
      empty: 2,
    });
  });

  it('lessons belong to a unit design once it is published', () => {
    const unit = (lessons: number, items: GridItem[]) => ({
      lessons: Array.from({ length: lessons }),
      cells: [cellOf('unit-design', [], items)],
    });
    assert.deepEqual(lessonsInUnitDesigns([unit(3, [item('a')]), unit(2, [draft('b')])]), { of: 3, all: 5 });
  });

  it('the pacing guide is the volume’s, the other eight parts a unit’s', () => {
    assert.equal(unitParts.length, 8);
    assert.ok(!unitParts.includes('pacing-guide'));
  });

  it('subjects stand in their own order, not by how much they have', () => {
    const rows = [
      { subject: 'mathematics', grade: 4 },
      { subject: 'chinese', grade: 5 },
      { subject: 'mathematics', grade: 3 },
    ] as const;
    assert.deepEqual(
      rows.toSorted(inOrderOfSubjects).map(({ subject, grade }) => `${subject} ${grade}`),
      ['chinese 5', 'mathematics 3', 'mathematics 4'],
    );
  });
});
