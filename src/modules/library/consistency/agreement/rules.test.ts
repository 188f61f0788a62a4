import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Content } from '../../content/contract.ts';
import {
  agreementReason,
  levelKeys,
  placedGoals,
  placedItems,
  porterIndex,
  tableOf,
  type Weights,
} from './rules.ts';

const table = (rows: number, columns: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.nat(100), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  });
const pair = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) => fc.tuple(table(rows, columns), table(rows, columns)));
const isEmpty = (weights: Weights): boolean => weights.flat().every((weight) => weight === 0);

describe("Porter's index", () => {
  it('is 1 of a table with itself, however it is scaled', () => {
    fc.assert(
      fc.property(table(3, 4), fc.integer({ min: 1, max: 9 }), (one, factor) => {
        fc.pre(!isEmpty(one));
        assert.equal(
          porterIndex(
            one,
            one.map((row) => row.map((weight) => weight * factor)),
          ),
          1,
        );
      }),
    );
  });

  it('is 0 of tables that share no cell', () => {
    fc.assert(
      fc.property(table(3, 4), table(3, 4), (one, other) => {
        const apart = other.map((row, at) =>
          row.map((weight, column) => ((one[at]?.[column] ?? 0) > 0 ? 0 : weight)),
        );
        fc.pre(!isEmpty(one) && !isEmpty(apart));
        assert.equal(porterIndex(one, apart), 0);
      }),
    );
  });

  it('is the same either way round, and between 0 and 1', () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const index = porterIndex(one, other);
        assert.equal(index, porterIndex(other, one));
        assert.equal(index === null, isEmpty(one) || isEmpty(other));
        assert.ok(index === null || (index >= 0 && index <= 1));
      }),
    );
  });

  it('falls by the part that is moved to another cell', () => {
    for (const moved of [0.1, 0.25, 0.5, 1])
      assert.equal(porterIndex([[100, 0]], [[100 * (1 - moved), 100 * moved]]), 1 - moved);
  });

  const none: readonly (readonly [string, Weights, Weights])[] = [
    ['more rows', [[1], [1]], [[1]]],
    ['more columns', [[1, 1]], [[1]]],
    ['an empty paper', [[0]], [[1]]],
    ['no goals', [[1]], [[0]]],
  ];
  for (const [name, one, other] of none)
    it(`cannot be computed with ${name}`, () => assert.equal(porterIndex(one, other), null));
});

const paper = (...items: Record<string, string>[]): Content => ({
  sections: [
    {
      key: 'items',
      title: '试题',
      body: { form: 'rows', rows: items.map((cells, index) => ({ id: `i${index}`, cells })) },
    },
  ],
});

describe('a paper and the goals taught', () => {
  const unitOf = (id: string): string | null => ({ lesson1: 'unit1', unit2: 'unit2' })[id] ?? null;
  const items = paper(
    { content: 'lesson1', level: 'know', points: '6' },
    { content: 'unit2', level: 'apply', points: '4' },
    { content: 'unit2', level: 'apply' },
    { content: 'elsewhere', level: 'apply', points: '4' },
    { level: 'apply', points: '4' },
    { content: 'unit2', points: '4' },
  );

  it('an item counts by its points where it names content and level; the others are counted apart', () => {
    const { placed, leftOut } = placedItems(items, unitOf);
    assert.equal(leftOut, 4);
    const weights = tableOf(placed, ['unit1', 'unit2']);
    assert.equal(weights[0]?.[levelKeys.indexOf('know')], 6);
    assert.equal(weights[1]?.[levelKeys.indexOf('apply')], 4);
    assert.equal(weights.flat().length, 2 * levelKeys.length);
  });

  it('one tenth of the points on another level than the goals is 0.9', () => {
    const placed = placedItems(
      paper(
        { content: 'unit2', level: 'know', points: '90' },
        { content: 'unit2', level: 'apply', points: '10' },
      ),
      unitOf,
    ).placed;
    const design: Content = {
      sections: [
        {
          key: 'goals',
          title: '目标',
          body: { form: 'rows', rows: [{ id: 'g1', cells: { goal: '…', level: 'know' } }] },
        },
      ],
    };
    const goals = placedGoals('unit2', design);
    assert.equal(agreementReason({ placed, leftOut: 0 }, goals), null);
    assert.equal(porterIndex(tableOf(placed, ['unit2']), tableOf(goals, ['unit2'])), 0.9);
  });

  it('says what to fill in where there is nothing to compare', () => {
    const goals = [{ unitId: 'unit1', level: 'know', weight: 1 }];
    assert.match(agreementReason({ placed: [], leftOut: 0 }, goals) ?? '', /还没有题目/);
    assert.match(agreementReason({ placed: [], leftOut: 3 }, goals) ?? '', /请先补上这三栏/);
    assert.match(agreementReason({ placed: goals, leftOut: 0 }, []) ?? '', /请在单元或课时教学设计/);
  });
});
