import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Post } from '#modules/organisation/contract.ts';
import { addDays } from '#platform/dates.ts';
import {
  type DatedTarget,
  expectedBy,
  holdsOn,
  paceOf,
  paceSentence,
  perWeekNeeded,
  placeTarget,
  type TargetSpan,
  targetFor,
} from './rules.ts';

test('expected observations by day d of 98 are 170·d/98, unrounded (annex B 1)', () => {
  for (let d = 0; d <= 98; d += 1) assert.equal(expectedBy(170, d, 98), (170 * d) / 98);
  assert.equal(expectedBy(170, 99, 98), 170);
  assert.equal(expectedBy(170, 3, 0), 0);
});

test('pace is ahead or behind only by more than one week of five teaching days', () => {
  const at = (done: number) => paceOf({ done, amount: 170, elapsedTeachingDays: 49, totalTeachingDays: 98 });
  // 85 expected, 8.67 a week
  assert.equal(at(85), 'on');
  assert.equal(at(77), 'on');
  assert.equal(at(76), 'behind');
  assert.equal(at(93), 'on');
  assert.equal(at(94), 'ahead');
  assert.equal(at(170), 'reached');
  assert.equal(paceOf({ done: 0, amount: 170, elapsedTeachingDays: 0, totalTeachingDays: 98 }), 'not-begun');
});

test('needed per week from now on brings the count exactly to the target', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 0, max: 120 }),
      (amount, done, totalTeachingDays, passed) => {
        const elapsedTeachingDays = Math.min(passed, totalTeachingDays);
        const needed = perWeekNeeded({ amount, done, elapsedTeachingDays, totalTeachingDays });
        const daysLeft = totalTeachingDays - elapsedTeachingDays;
        if (done >= amount) assert.equal(needed, 0);
        else if (daysLeft === 0) assert.equal(needed, null);
        else assert.ok(Math.abs(done + ((needed ?? 0) * daysLeft) / 5 - amount) < 1e-6);
      },
    ),
  );
});

test('the sentence about pace names numbers and no blame', () => {
  const sentence = paceSentence({ done: 60, amount: 170, elapsedTeachingDays: 49, totalTeachingDays: 98 });
  assert.equal(sentence, '比按教学日推算的进度少 25 节。余下教学日平均每周约 12 节即可完成。');
  assert.equal(
    paceSentence({ done: 160, amount: 170, elapsedTeachingDays: 98, totalTeachingDays: 98 }),
    '比按教学日推算的进度少 10 节。本学期教学日已结束。',
  );
});

const principal: DatedTarget = {
  id: 'post',
  key: 'obs.principal.term',
  post: 'principal',
  personId: null,
  amount: 170,
  fromOn: '2024-01-26',
  toOn: null,
  clause: '五(一)4',
};
const own: DatedTarget = {
  ...principal,
  id: 'own',
  post: null,
  personId: 'wang',
  amount: null,
  fromOn: '2024-03-01',
  toOn: '2024-06-01',
};

const held = (personId: string, posts: Post[]) => ({ personId, posts });

test("a person's own target comes before the post's, on its days only", () => {
  const cases = [
    ['wang', ['principal'], '2024-02-29', 'post'],
    ['wang', ['principal'], '2024-03-01', 'own'],
    ['wang', ['principal'], '2024-05-31', 'own'],
    ['wang', ['principal'], '2024-06-01', 'post'],
    ['li', ['principal'], '2024-04-01', 'post'],
    ['li', ['dean'], '2024-04-01', null],
    ['li', ['principal'], '2024-01-25', null],
  ] as const;
  for (const [person, posts, on, expected] of cases)
    assert.equal(
      targetFor([principal, own], 'obs.principal.term', held(person, [...posts]), on)?.id ?? null,
      expected,
      `${person} ${posts.join()} ${on}`,
    );
});

test('however targets are set one after the other, one at most holds on any day and the newest holds on its first', () => {
  const day = fc.integer({ min: 0, max: 60 }).map((offset) => addDays('2024-01-01', offset));
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 12 }), (days) => {
      let targets: TargetSpan[] = [];
      for (const [index, fromOn] of days.entries()) {
        const { ends, toOn } = placeTarget(targets, fromOn);
        targets = targets.map((one) => (one.id === ends?.id ? { ...one, toOn: fromOn } : one));
        targets.push({ id: String(index), fromOn, toOn });
        const holding = targets.filter((one) => holdsOn(one, fromOn));
        assert.deepEqual(
          holding.map(({ id }) => id),
          [String(index)],
        );
      }
      for (let offset = 0; offset <= 61; offset += 1)
        assert.ok(targets.filter((one) => holdsOn(one, addDays('2024-01-01', offset))).length <= 1);
    }),
  );
});
