import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createTestDatabase } from '#platform/testing.ts';
import type { HomeworkItem } from './contract.ts';
import { itemsOf, judgeHomework, limitOfGrade, sameItems, withSubject } from './rules.ts';
import { readLimits } from './store.ts';

const { db } = await createTestDatabase();
const bands = await readLimits(db, '2024-03-20');

const home = (subject: HomeworkItem['subject'], minutes: number): HomeworkItem => ({
  subject,
  minutes,
  takeHome: true,
});
const inSchool = (subject: HomeworkItem['subject'], minutes: number): HomeworkItem => ({
  ...home(subject, minutes),
  takeHome: false,
});

it('a subject’s part of the day is replaced, the others stay', () => {
  const cases: [HomeworkItem[], HomeworkItem, HomeworkItem[]][] = [
    [[], home('chinese', 20), [home('chinese', 20)]],
    [[home('chinese', 20)], home('english', 15), [home('chinese', 20), home('english', 15)]],
    [
      [home('chinese', 20), home('english', 15)],
      inSchool('chinese', 30),
      [inSchool('chinese', 30), home('english', 15)],
    ],
  ];
  for (const [items, own, expected] of cases) assert.deepEqual(withSubject(items, own), expected);
});

describe('the limit is on the day’s sum over subjects', () => {
  const cases: [string, grade: number, HomeworkItem[], standing: string, says: RegExp][] = [
    [
      'grade 2, to take home',
      2,
      [home('chinese', 10)],
      'forbidden',
      /不得布置带回家的书面作业（中办、国办2021年7月/,
    ],
    ['grade 2, done at school', 2, [inSchool('chinese', 20)], 'within', /合计 20 分钟/],
    [
      'grade 5, no subject alone is over',
      5,
      [home('chinese', 25), home('mathematics', 20), home('english', 20)],
      'over',
      /合计 65 分钟，超过五年级每天 60 分钟的上限 5 分钟（各科单独都没有超过）/,
    ],
    [
      'grade 3, at the limit',
      3,
      [home('chinese', 30), home('mathematics', 30)],
      'within',
      /未超过每天 60 分钟/,
    ],
    ['grade 6, one subject alone is over', 6, [home('chinese', 70)], 'over', /上限 10 分钟。请/],
    ['grade 7, at the limit', 7, [home('chinese', 45), inSchool('mathematics', 45)], 'within', /90 分钟/],
    ['grade 9, over', 9, [home('chinese', 45), home('chemistry', 46)], 'over', /超过九年级每天 90 分钟/],
    ['nothing set', 4, [], 'within', /合计 0 分钟/],
  ];
  for (const [what, grade, items, standing, says] of cases)
    it(what, () => {
      const judged = judgeHomework(limitOfGrade(bands, grade), grade, items);
      assert.equal(judged.standing, standing);
      assert.match(judged.sentence, says);
    });

  it('before the rule of July 2021 there is no limit', async () => {
    assert.deepEqual(await readLimits(db, '2021-07-23'), []);
    assert.equal(judgeHomework(null, 1, [home('chinese', 200)]).standing, 'within');
  });
});

it('the order of subjects changes nothing, and one minute more never lowers the standing', () => {
  const item = fc.record({
    subject: fc.constantFrom('chinese', 'mathematics', 'english', 'science'),
    minutes: fc.integer({ min: 1, max: 120 }),
    takeHome: fc.boolean(),
  });
  const items = fc.uniqueArray(item, { selector: ({ subject }) => subject });
  const rank = ['within', 'over', 'forbidden'];
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 9 }), (day, grade) => {
      const limit = limitOfGrade(bands, grade);
      const judged = judgeHomework(limit, grade, day);
      const reversed = day.toReversed();
      assert.deepEqual(judgeHomework(limit, grade, reversed), judged);
      assert.ok(sameItems(day, reversed));
      assert.equal(
        judged.minutes,
        day.reduce((sum, { minutes }) => sum + minutes, 0),
      );
      const longer = day.map((one) => ({ ...one, minutes: one.minutes + 1 }));
      assert.ok(rank.indexOf(judgeHomework(limit, grade, longer).standing) >= rank.indexOf(judged.standing));
    }),
  );
});

it('typed rows: empty ones are left out, and what is no number is not sent', () => {
  const row = (minutes: string) => ({ subject: 'chinese' as const, minutes, takeHome: true });
  assert.deepEqual(itemsOf([row(''), row(' 0')]), []);
  assert.deepEqual(itemsOf([row(' 20')]), [home('chinese', 20)]);
  for (const wrong of ['二十', '1.5', '301', '-3']) assert.equal(itemsOf([row(wrong)]), null, wrong);
});
