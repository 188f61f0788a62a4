import assert from 'node:assert/strict';
import { test } from 'node:test';
import { body } from '../contract.ts';
import { composeWritingBulletin, type WritingFigures } from './rules.ts';

const total = { checks: 40, sample: 1000, posture: 700, grip: 600, form: 800, neat: 850 };
const figures: WritingFigures = {
  from: '2024-03-01',
  to: '2024-03-31',
  schools: 12,
  byDistrict: 9,
  total,
  stages: [
    { stage: 'primary', ...total, checks: 38, sample: 992 },
    { stage: 'junior', checks: 2, sample: 8, posture: 5, grip: 4, form: 6, neat: 8 },
  ],
  faults: [{ fault: 'fingers-low', checks: 21 }],
  asOf: '2024年4月1日09:00',
};
const textOf = (blocks: ReturnType<typeof composeWritingBulletin>): string =>
  blocks
    .flatMap((block) =>
      block.kind === 'table'
        ? [block.heading, ...block.rows.map((row) => row.join(' '))]
        : Object.values(block),
    )
    .join('\n');

test('a bulletin on handwriting is made of the counts', () => {
  const blocks = composeWritingBulletin(figures);
  assert.equal(body.safeParse(blocks).success, true);
  assert.deepEqual(
    blocks.flatMap((block) => (block.kind === 'heading' ? [block.title] : [])),
    ['基本情况', '值得推广的做法', '典型问题', '改进建议', '数据说明'],
  );
  const text = textOf(blocks);
  assert.match(text, /在12所学校开展书写检查40次，其中入校巡查9次，共抽查学生1000人次/);
  assert.match(text, /合格比例较高的是“书写整洁”（85%）、“字体规范”（80%）/);
  assert.match(text, /合格比例较低的是“执笔正确”（60%）、“坐姿端正”（70%）/);
  assert.match(text, /手指离笔尖不足一寸（21次）/);
  assert.match(text, /针对“执笔正确”/);
  // Eight pupils are counts, not a share.
  assert.match(text, /初中 2 8 5／8 4／8 6／8 8／8/);
  assert.match(text, /不作排名/);
});

test('without checks it says so and concludes nothing', () => {
  const none = { checks: 0, sample: 0, posture: 0, grip: 0, form: 0, neat: 0 };
  const blocks = composeWritingBulletin({ ...figures, schools: 0, total: none, stages: [], faults: [] });
  assert.equal(body.safeParse(blocks).success, true);
  assert.match(textOf(blocks), /没有书写检查记录/);
  assert.match(textOf(blocks), /暂不作概括/);
  assert.doesNotMatch(textOf(blocks), /NaN|undefined/);
});
