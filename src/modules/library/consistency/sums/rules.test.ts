import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Content, Row } from '../../content/contract.ts';
import { designSums, lessonMinutes, limitOf, pacingSum } from './rules.ts';

const content = (key: string, rows: readonly Record<string, string>[]): Content => ({
  sections: [
    {
      key,
      title: key,
      body: { form: 'rows', rows: rows.map((cells, index): Row => ({ id: `r${index}`, cells })) },
    },
  ],
});

const bands = {
  bands: [
    { gradeFrom: 1, gradeTo: 2, minutes: null, takeHome: false, ground: '双减' },
    { gradeFrom: 3, gradeTo: 6, minutes: 60, takeHome: true, ground: '双减' },
  ],
};
const limits = (grade: number) => ({ lessonMinutes: grade <= 6 ? 40 : 45, homework: limitOf(bands, grade) });

describe('minutes of a lesson', () => {
  const cases: readonly (readonly [string, number, readonly string[], boolean | null, RegExp])[] = [
    ['exactly one', 3, ['10', '25', '5'], true, /正好一课时40分钟/],
    ['too long', 3, ['10', '33'], false, /合计43分钟，比一课时40分钟多3分钟/],
    ['a little short', 7, ['40'], true, /比一课时45分钟少5分钟/],
    ['two lessons', 3, ['40', '40'], true, /正好2课时80分钟/],
    ['a few minutes only', 3, ['5'], true, /少35分钟/],
    ['what is no number counts nothing', 3, ['约十', '40'], true, /合计40分钟/],
    ['none written', 3, ['', ''], null, /$/],
  ];
  for (const [name, grade, minutes, fits, sentence] of cases)
    it(name, () => {
      const sums = designSums(
        content(
          'process',
          minutes.map((one) => ({ minutes: one })),
        ),
        grade,
        limits(grade),
      );
      assert.equal(sums[0]?.fits ?? null, fits);
      assert.match(sums[0]?.sentence ?? '', sentence);
    });

  it('a lesson is 40 minutes in primary and 45 in junior secondary', () => {
    assert.deepEqual([lessonMinutes('primary'), lessonMinutes('junior')], [40, 45]);
  });
});

describe('homework of a design', () => {
  const written = (minutes: string, layer = 'basic') => ({ type: 'written', minutes, layer });
  const cases: readonly (readonly [
    string,
    number,
    readonly Record<string, string>[],
    boolean | null,
    RegExp,
  ])[] = [
    ['within the limit', 3, [written('10'), written('15')], true, /预计25分钟.*每天不超过60分钟/],
    ['more than a day may hold', 3, [written('40'), written('25')], false, /预计65分钟.*一天做不完/],
    ['what is free to choose is not counted', 3, [written('40'), written('25', 'free')], true, /预计40分钟/],
    ['oral and practical are not written', 3, [{ type: 'oral', minutes: '90' }], null, /$/],
    ['none to take home in grade 1', 1, [written('5')], false, /有1道书面作业；一年级不布置/],
    ['no limit is set for the grade', 9, [written('500')], null, /$/],
  ];
  for (const [name, grade, rows, fits, sentence] of cases)
    it(name, () => {
      const sums = designSums(content('homework', rows), grade, limits(grade));
      assert.equal(sums[0]?.fits ?? null, fits);
      assert.match(sums[0]?.sentence ?? '', sentence);
    });
});

describe('hours of a pacing guide', () => {
  const guide = content('pacing', [{ hours: '4' }, { hours: '6' }, {}]);
  const cases: readonly (readonly [number | null, boolean, RegExp])[] = [
    [10, true, /与教材各单元计划的课时相同/],
    [12, false, /计划12课时，少2课时/],
    [8, false, /多2课时/],
    [null, true, /没有课时数/],
  ];
  for (const [planned, fits, sentence] of cases)
    it(`10 of ${planned}`, () => {
      const [said] = pacingSum(guide, planned);
      assert.equal(said?.fits, fits);
      assert.match(said?.sentence ?? '', sentence);
    });
  it('says nothing while no hours are written', () =>
    assert.deepEqual(pacingSum(content('pacing', [{}]), 10), []));
});
