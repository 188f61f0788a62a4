import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classLabel, entryYearOf, gradeOfClass } from './rules.ts';

test('a class keeps its identity while its grade rises', () => {
  assert.equal(gradeOfClass('primary', 2024, 2026), 3);
  assert.equal(gradeOfClass('junior', 2026, 2026), 7);
  assert.equal(gradeOfClass('junior', 2023, 2026), null);
  assert.equal(gradeOfClass('primary', 2027, 2026), null);
  assert.equal(classLabel(3, 2), '三年级(2)班');
});

test('the entry year of a grade leads back to the grade', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2000, max: 2100 }), (grade, schoolYear) => {
      const stage = grade <= 6 ? 'primary' : 'junior';
      assert.equal(gradeOfClass(stage, entryYearOf(grade, schoolYear), schoolYear), grade);
    }),
  );
});
