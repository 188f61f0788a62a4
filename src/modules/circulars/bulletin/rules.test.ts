import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { body } from '../contract.ts';
import {
  bulletinTitle,
  type CriterionCounts,
  composeBulletin,
  goodPractice,
  minimumJudgements,
  monthName,
  type ObservingFigures,
  typicalProblems,
} from './rules.ts';

const counts = (code: string, seenWell: number, partly: number, notSeen: number): CriterionCounts => ({
  code,
  label: `标准${code}`,
  seenWell,
  partly,
  notSeen,
});

const figures: ObservingFigures = {
  from: '2024-03-01',
  to: '2024-03-31',
  termName: '2023—2024学年第二学期',
  elapsedTeachingDays: 25,
  totalTeachingDays: 100,
  units: 39,
  unitsWithoutHead: 0,
  amount: 6630,
  month: { lessons: 1500, records: 1400, fedBack: 1050 },
  term: { lessons: 1700, records: 1580, fedBack: 1200 },
  stages: [
    { key: 'junior', units: 19, totals: { lessons: 700, records: 650, fedBack: 500 }, termLessons: 800 },
    { key: 'primary', units: 21, totals: { lessons: 800, records: 750, fedBack: 550 }, termLessons: 900 },
  ],
  consortia: [
    {
      key: 'c1',
      name: '云溪联合体',
      stage: 'junior',
      units: 4,
      totals: { lessons: 0, records: 0, fedBack: 0 },
      termLessons: 0,
    },
  ],
  criteria: [
    counts('K1', 90, 10, 0),
    counts('K4', 20, 50, 30),
    counts('K7', 30, 60, 10),
    counts('K10', 5, 0, 4),
  ],
  rule: '统计期内……来自通知五(一)4。',
  asOf: '2024年4月1日09:00',
};

const textOf = (blocks: ReturnType<typeof composeBulletin>): string =>
  blocks
    .flatMap((block) =>
      block.kind === 'table' ? [block.heading, ...block.rows.flat()] : Object.values(block),
    )
    .join('\n');

test('a bulletin is made of the figures, in the order of the notice’s purpose', () => {
  const blocks = composeBulletin(figures);
  assert.deepEqual(
    blocks.flatMap((block) => (block.kind === 'heading' ? [block.title] : [])),
    ['基本情况', '值得推广的做法', '典型问题', '改进建议', '数据说明'],
  );
  const text = textOf(blocks);
  assert.match(text, /2024年3月1日至2024年3月31日，全区39个单位的校长共完成听课1500节，形成听课记录1400份/);
  assert.match(text, /已向授课教师反馈1050份，占75%/);
  assert.match(text, /累计听课1700节，全学期应完成6630节。全区与按教学日推算的进度相当/);
  assert.match(text, /比例较高的是“标准K4”（第4条，80%）、“标准K7”（第7条，70%）、“标准K1”（第1条，10%）/);
  assert.match(text, /针对“标准K4”：做到精讲/);
  assert.match(text, /尚有350份记录没有反馈/);
  assert.match(text, /不作排名/);
  assert.equal(body.safeParse(blocks).success, true);
  // A consortium without records is listed with a dash, never left out and never divided by zero.
  assert.match(text, /云溪联合体\n4\n0\n0\n—/);
});

test('units whose principal is not on record are said to be so', () => {
  assert.match(
    textOf(composeBulletin({ ...figures, unitsWithoutHead: 2 })),
    /全区39个单位（其中2个单位尚未登记校长）的校长共完成/,
  );
});

test('a month without records says so, and draws no conclusions', () => {
  const none = { lessons: 0, records: 0, fedBack: 0 };
  const text = textOf(composeBulletin({ ...figures, month: none, criteria: [] }));
  assert.match(text, /没有已完成的校长听课记录/);
  assert.match(text, /暂不作概括/);
  assert.doesNotMatch(text, /NaN|Infinity|undefined|尚有/);
});

test('few judgements say nothing; what is a problem is not praised; at most three are named', () => {
  const criterion = fc.record({
    code: fc.integer({ min: 1, max: 10 }).map((number) => `K${number}`),
    label: fc.constant('标准'),
    seenWell: fc.nat(30),
    partly: fc.nat(30),
    notSeen: fc.nat(30),
  });
  fc.assert(
    fc.property(fc.uniqueArray(criterion, { selector: ({ code }) => code }), (criteria) => {
      const problems = typicalProblems(criteria);
      const good = goodPractice(criteria);
      assert.ok(problems.length <= 3 && good.length <= 3);
      assert.ok([...problems, ...good].every(({ part, whole }) => whole >= minimumJudgements && part > 0));
      assert.ok(problems.every(({ code }) => !good.some((one) => one.code === code)));
      for (const [index, { part, whole }] of problems.entries()) {
        const next = problems[index + 1];
        assert.ok(next === undefined || part / whole >= next.part / next.whole);
      }
    }),
  );
});

test('the title names issuer, month and matter', () => {
  assert.equal(
    bulletinTitle('云溪区教育局', monthName('2024-03'), 'principal-observation'),
    '云溪区教育局关于2024年3月校长听课分析指导情况的通报',
  );
});
