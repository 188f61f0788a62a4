import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingTypes } from '#modules/classroom/finding/vocabulary/contract.ts';
import { type Block, body } from '../contract.ts';
import {
  composeLetter,
  type FindingOfLetter,
  type LetterCandidate,
  letterTitle,
  problemOfLetter,
} from './rules.ts';

const finding: FindingOfLetter = {
  type: 'wrong-methods',
  source: 'research-visit',
  foundOn: '2024-03-20',
  subject: 'mathematics',
  grade: 5,
  place: '',
  description: '以讲代练，独立练习不足五分钟',
  advice: '每节课留出十五分钟独立练习。',
  repeated: false,
  deadlineOn: '2024-04-03',
  overdue: false,
  responsiblePost: 'principal',
  answerUntil: '2024-03-25',
  ruleGround: null,
};

const linesOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    if (block.kind === 'table') return [block.heading, ...block.rows.map((row) => row.join(' '))];
    return block.kind === 'heading' ? [block.title] : [block.text];
  });
const textOf = (blocks: readonly Block[]): string => linesOf(blocks).join('\n');

describe('a letter', () => {
  it('says what was found, what to do, by when, what to answer, and on what ground', () => {
    const blocks = composeLetter([finding]);
    assert.equal(body.safeParse(blocks).success, true);
    assert.deepEqual(
      blocks.flatMap((block) => (block.kind === 'heading' && block.level === 1 ? [block.title] : [])),
      ['发现的问题', '整改建议', '整改期限', '请学校答复的内容', '依据'],
    );
    const text = textOf(blocks);
    assert.match(text, /方法不当\n2024年3月20日巡研中发现（五年级、数学）：以讲代练，独立练习不足五分钟。/);
    assert.match(text, /\n每节课留出十五分钟独立练习。\n/);
    assert.match(text, /以上问题由学校校长负责，请于2024年4月3日前完成整改/);
    assert.match(text, /请在2024年3月25日以前说明/);
    assert.match(text, /三（一）2：/);
    assert.doesNotMatch(text, /重复发生|。。|undefined|null/);
  });

  const cases: readonly [
    name: string,
    given: readonly Partial<FindingOfLetter>[],
    says: RegExp,
    saysNot: RegExp,
  ][] = [
    [
      'of an unknown source',
      [{ source: 'other', subject: null, grade: null }],
      /2024年3月20日发现：/,
      /中发现/,
    ],
    ['without advice', [{ advice: ' ' }], /对照问题查找原因/, /独立练习。\n整改期限/],
    ['once accepted', [{ answerUntil: null }], /请逐项写明整改措施/, /以前说明/],
    ['overdue', [{ overdue: true }], /期限为2024年4月3日，现已逾期。请立即整改/, /请于/],
    [
      'one of several overdue',
      [{ overdue: true }, {}],
      /4月3日（已逾期）\n2 方法不当 校长 2024年4月3日\n请按期完成整改；已逾期的请立即整改/,
      /以上问题由/,
    ],
    ['found before', [{ repeated: true }], /属于重复发生/, /undefined/],
    [
      'about homework',
      [{ type: 'homework', ruleGround: '“双减”意见：不超过60分钟' }],
      /落实‘双减’政策”。\n“双减”意见：不超过60分钟。/,
      /三（一）2：/,
    ],
    [
      'about several, with their own days',
      [{}, { type: 'handwriting', deadlineOn: '2024-04-10', responsiblePost: 'dean' }],
      /1 方法不当 校长 2024年4月3日\n2 规范书写 教务主任 2024年4月10日/,
      /以上问题由/,
    ],
    [
      'about several with one answer',
      [{}, { type: 'handwriting', advice: '写字课示范' }],
      /关于“规范书写”：写字课示范。\n整改期限\n以上问题由学校校长负责/,
      /1 方法不当/,
    ],
    [
      'the earliest day for an answer',
      [{ answerUntil: '2024-03-28' }, {}],
      /2024年3月25日以前说明/,
      /28日以前/,
    ],
  ];
  for (const [name, given, says, saysNot] of cases)
    it(name, () => {
      const blocks = composeLetter(given.map((one) => ({ ...finding, ...one })));
      assert.equal(body.safeParse(blocks).success, true);
      assert.match(textOf(blocks), says);
      assert.doesNotMatch(textOf(blocks), saysNot);
    });

  it('has a ground for each type, written once', () => {
    for (const type of findingTypes) {
      const lines = linesOf(
        composeLetter([
          { ...finding, type },
          { ...finding, type },
        ]),
      );
      assert.equal(lines.length - lines.indexOf('依据'), 2, type);
    }
  });

  it('is titled by issuer and school', () => {
    assert.equal(letterTitle('云溪区教育局', '第一小学'), '云溪区教育局关于第一小学有关问题的整改通知书');
  });
});

it('which findings a letter may be written about', () => {
  const open: LetterCandidate = {
    id: 'one',
    kind: 'district',
    schoolId: 'here',
    state: 'handed-over',
    handedOverOn: '2024-03-20',
  };
  const cases: readonly [given: readonly LetterCandidate[], problem: RegExp | null][] = [
    [[open], null],
    [[open, { ...open, id: 'two', state: 'sent-back' }], null],
    [[{ ...open, state: 'registered', handedOverOn: null }], /还没有交办/],
    [[{ ...open, state: 'found', handedOverOn: null }], /还没有交办/],
    [[open, { ...open, state: 'closed' }], /已经办结/],
    [[{ ...open, state: 'cancelled', handedOverOn: null }], /已经办结/],
    [[open, { ...open, schoolId: 'there' }], /只发给一所学校/],
  ];
  for (const [given, problem] of cases) {
    const said = problemOfLetter(given);
    if (problem === null) assert.equal(said, null);
    else assert.match(said ?? '', problem);
  }
});
