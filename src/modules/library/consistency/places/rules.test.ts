import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Unit } from '../../textbook/contract.ts';
import { placeTyped } from './rules.ts';

const standing = { withdrawnOn: null, withdrawnReason: null, plannedHours: null };
const unit = (id: string, number: number, title: string, lessons: readonly string[]): Unit => ({
  ...standing,
  id,
  volumeId: 'volume',
  number,
  title,
  lessons: lessons.map((lesson, index) => ({
    ...standing,
    id: `${id}-${index + 1}`,
    unitId: id,
    number: index + 1,
    title: lesson,
  })),
});
const units = [
  unit('u1', 1, '时分秒', ['秒的认识', '整理和复习']),
  unit('u2', 2, 'Unit 2 School Life', ['整理和复习']),
];

describe('what somebody typed for a unit', () => {
  const cases: readonly (readonly [string, string | null, string | null])[] = [
    ['时分秒', 'u1', null],
    ['第一单元 时分秒', 'u1', null],
    ['第一单元时分秒', 'u1', null],
    ['unit 2  school life', 'u2', null],
    ['秒的认识', 'u1', '第1课 秒的认识'],
    ['第1课 秒的认识', 'u1', '第1课 秒的认识'],
    ['整理和复习', null, null],
    ['第1课 整理和复习', 'u2', '第1课 整理和复习'],
    ['时分', null, null],
    ['', null, null],
  ];
  for (const [text, unitId, lesson] of cases)
    it(`“${text}”`, () => {
      const place = placeTyped(units, text);
      assert.deepEqual([place?.unitId ?? null, place?.lesson ?? null], [unitId, lesson]);
    });
});
