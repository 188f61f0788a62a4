import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FindingFigures } from '#modules/classroom/finding/contract.ts';
import type { FindingType } from '#modules/classroom/finding/vocabulary/contract.ts';
import { type Block, body } from '../contract.ts';
import {
  composeFindingSummary,
  type FindingSummary,
  type TypeFigures,
  typicalTypes,
  wellPutRight,
} from './rules.ts';

const none: FindingFigures = {
  total: 0,
  open: 0,
  overdue: 0,
  closed: 0,
  rechecked: 0,
  sentBack: 0,
  repeated: 0,
  medianDays: null,
};
const of = (type: FindingType, figures: Partial<FindingFigures>): TypeFigures => ({
  type,
  ...none,
  ...figures,
});

const types = [
  of('unclear-ideas', { total: 2, closed: 2, rechecked: 2, medianDays: 6.5 }),
  of('wrong-methods', {
    total: 4,
    open: 3,
    closed: 1,
    overdue: 1,
    rechecked: 2,
    sentBack: 1,
    medianDays: 12,
  }),
  of('untrue-evaluation', {}),
  of('handwriting', { total: 2, open: 1, closed: 1, rechecked: 1, repeated: 1, medianDays: 9 }),
];
const summary: FindingSummary = {
  from: '2024-03-01',
  to: '2024-03-31',
  all: { total: 8, open: 4, overdue: 1, closed: 4, rechecked: 5, sentBack: 1, repeated: 1, medianDays: 8 },
  types,
  schools: [
    { schoolName: '乙校', ...none, total: 3, open: 2, closed: 1 },
    { schoolName: '甲校', ...none },
    { schoolName: '丙校', ...none, total: 5, open: 2, closed: 3 },
  ],
  letters: 2,
  answerDays: 5,
  asOf: '2024年4月1日09:00',
};

const textOf = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block) => {
      if (block.kind === 'table') return [block.heading, ...block.rows.map((row) => row.join(' '))];
      return block.kind === 'heading' ? [block.title] : [block.text];
    })
    .join('\n');

describe('the bulletin on findings', () => {
  it('gives each figure with its rule, schools in their usual order and no rank', () => {
    const blocks = composeFindingSummary(summary);
    assert.equal(body.safeParse(blocks).success, true);
    assert.deepEqual(
      blocks.flatMap((block) => (block.kind === 'heading' ? [block.title] : [])),
      ['基本情况', '值得推广的做法', '典型问题', '改进建议', '数据说明'],
    );
    const text = textOf(blocks);
    assert.match(text, /共发现问题8个，涉及2所学校。已销号4个，未销号4个，其中逾期1个。/);
    assert.match(
      text,
      /中位数为8天。已回头看5个，其中退回过1个，占20%。重复发生1个。期内印发整改通知书2份。/,
    );
    assert.match(text, /方法不当 4 1 3 1 1 0\n/);
    assert.match(text, /合计 8 4 4 1 1 1\n/);
    assert.match(text, /乙校 3 .*\n甲校 0 .*\n丙校 5 /, 'in the order given, with those that have none');
    assert.match(text, /“理念不清”类问题已销号2个，都没有退回/);
    assert.match(text, /“方法不当”（4个，占50%）/);
    assert.match(text, /改过以后又发生的有“规范书写”（1个）/);
    for (const rule of ['问题：', '未销号：', '逾期：', '销号用时：', '退回：', '重复发生：'])
      assert.ok(text.includes(`\n${rule}`) || text.includes(`。${rule}`), rule);
    assert.match(text, /不作排名/);
    assert.doesNotMatch(text, /第一名|名次|undefined|NaN/);
  });

  const cases: readonly [string, Partial<FindingSummary>, RegExp, RegExp][] = [
    ['nothing was found', { all: none, types: [], letters: 0 }, /没有计入统计的问题/, /NaN|undefined|%/],
    [
      'too few for a general word',
      { all: { ...none, total: 4, open: 4 }, types: [of('safety', { total: 4, open: 4 })] },
      /不足5个，暂不作概括/,
      /发现较多的是/,
    ],
    [
      'nothing looked at again, nothing closed',
      { all: { ...none, total: 6, open: 6 }, types: [of('safety', { total: 6, open: 6 })], letters: 0 },
      /还没有回头看过的/,
      /中位数为|通知书/,
    ],
  ];
  for (const [name, given, says, saysNot] of cases)
    it(name, () => {
      const blocks = composeFindingSummary({ ...summary, ...given });
      assert.equal(body.safeParse(blocks).success, true);
      const text = textOf(blocks);
      assert.match(text, says);
      const beforeRules = text.slice(0, text.indexOf('数据说明'));
      assert.doesNotMatch(beforeRules, saysNot);
    });

  it('what counts as typical and as well put right', () => {
    assert.deepEqual(
      typicalTypes(types).map(({ type }) => type),
      ['wrong-methods', 'unclear-ideas', 'handwriting'],
    );
    assert.deepEqual(
      wellPutRight([
        ...types,
        of('routine', { total: 2, closed: 2, sentBack: 1 }),
        of('safety', { total: 1, closed: 1 }),
        of('homework', { total: 3, closed: 2, open: 1, overdue: 1 }),
      ]).map(({ type }) => type),
      ['unclear-ideas'],
    );
  });
});
