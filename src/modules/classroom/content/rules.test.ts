import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { observationContent } from '../contract.ts';
import { aContent } from '../testing.ts';
import { broughtNext, isContent, lessonText, nextLesson } from './rules.ts';

describe('what a device kept', () => {
  it('is a content where the schema says so', () => {
    for (const value of [aContent(), aContent({ slotFrom: null, slotTo: null, grade: null, subject: null })])
      assert.deepEqual(isContent(value), observationContent.safeParse(value).success);
  });
  for (const [name, change] of [
    ['a text that is none', { topic: 1 }],
    ['an unknown capacity', { capacity: 'king' }],
    ['an unknown subject', { subject: 'magic' }],
    ['a grade beyond nine', { grade: 10 }],
    ['a criterion without evidence', { criteria: [{ code: 'K1', step: null }] }],
    ['a slot in words', { slotFrom: '1' }],
  ] as const)
    it(`with ${name} is none`, () => {
      const value = { ...aContent(), ...change };
      assert.equal(isContent(value), false);
      assert.equal(observationContent.safeParse(value).success, false);
    });
  it('that is nothing at all is none', () => {
    for (const value of [null, undefined, 1, 'text', [], {}]) assert.equal(isContent(value), false);
  });
});

describe('the next lesson of a morning', () => {
  it('is one slot on, at the same school, in the same capacity', () => {
    const next = nextLesson(aContent({ slotFrom: 2, slotTo: 3, capacity: 'dean', schoolId: null }));
    assert.deepEqual(next, {
      dayOn: '2024-03-20',
      slotFrom: 4,
      slotTo: 4,
      schoolId: null,
      capacity: 'dean',
    });
    assert.deepEqual(broughtNext(JSON.parse(JSON.stringify(next))), next);
  });
  it('is none after the last slot, or before one was chosen', () => {
    assert.equal(nextLesson(aContent({ slotTo: 12 })), null);
    assert.equal(nextLesson(aContent({ slotTo: null })), null);
  });
  it('is not taken from an address that names none', () => {
    for (const value of [undefined, null, 'x', {}, { dayOn: '2024-02-30', slotFrom: 1, capacity: 'teacher' }])
      assert.deepEqual(broughtNext(value), {});
  });
});

it('a lesson in a line says what is known of it', () => {
  assert.equal(lessonText(aContent()), '2024年3月20日 第2节 三(2)班 数学 代课老师 《两位数乘两位数》');
});
