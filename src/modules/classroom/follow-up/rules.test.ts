import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSameTeacher, lookProblem, planProblem, type SeenLesson } from './rules.ts';

const agreed: SeenLesson = {
  id: 'a',
  observerId: 'o',
  teacherId: 't',
  teacherName: '苏老师',
  dayOn: '2024-03-20',
  slotFrom: 2,
  finalised: true,
  withdrawn: false,
};
const later: SeenLesson = { ...agreed, id: 'b', dayOn: '2024-04-03', slotFrom: 1 };

describe('whether a lesson is a look at what was agreed', () => {
  const cases: readonly (readonly [string, Partial<SeenLesson>, RegExp | null])[] = [
    ['a later lesson of the same teacher', {}, null],
    ['a later lesson of the same day', { dayOn: '2024-03-20', slotFrom: 3 }, null],
    ['the very lesson', { dayOn: '2024-03-20', slotFrom: 2 }, /后来的/],
    ['an earlier lesson', { dayOn: '2024-03-19' }, /后来的/],
    ['another teacher', { teacherId: 'u' }, /同一位老师/],
    ['another observer', { observerId: 'p' }, /听课人/],
    ['a draft', { finalised: false }, /还没有完成/],
    ['withdrawn', { withdrawn: true }, /撤回/],
  ];
  for (const [what, change, problem] of cases)
    it(what, () => {
      const found = lookProblem({ ...later, ...change }, agreed);
      if (problem === null) assert.equal(found, null);
      else assert.match(found ?? '', problem);
    });
});

describe('the same teacher', () => {
  const known = { teacherId: 't', teacherName: '苏老师' };
  const typed = { teacherId: null, teacherName: '苏老师' };
  it('is known by the roster, else by name', () => {
    assert.equal(isSameTeacher(known, { ...known, teacherName: '苏一' }), true);
    assert.equal(isSameTeacher(typed, { ...typed, teacherName: ' 苏老师 ' }), true);
    assert.equal(isSameTeacher(known, typed), false);
    assert.equal(isSameTeacher(typed, { ...typed, teacherName: '何老师' }), false);
  });
});

describe('the next look', () => {
  it('is not before the lesson', () => {
    assert.equal(planProblem(null, '2024-03-20'), null);
    assert.equal(planProblem('2024-03-20', '2024-03-20'), null);
    assert.notEqual(planProblem('2024-03-19', '2024-03-20'), null);
  });
});
