import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PlaceInWords } from '../format/contract.ts';
import { type Catalogue, depthFound, matchPlace } from './rules.ts';

const stands = { withdrawnOn: null, withdrawnReason: null };
const numbered = (id: string, number: number | null, title: string) => ({
  ...stands,
  id,
  number,
  title,
  plannedHours: null,
});
const here: Catalogue = {
  editions: [
    {
      ...stands,
      id: 'edition',
      subject: 'mathematics',
      stage: 'primary',
      publisher: '人教版',
      revisionYear: 2024,
      version: 1,
    },
  ],
  volumes: [{ id: 'volume', editionId: 'edition', grade: 3, part: 'first', units: 2, lessons: 3 }],
  units: [
    {
      ...numbered('u1', 1, '时、分、秒'),
      volumeId: 'volume',
      lessons: [
        { ...numbered('l1', 1, '秒的认识'), unitId: 'u1' },
        { ...numbered('l2', 2, '练习'), unitId: 'u1' },
        { ...numbered('l3', 3, '练习'), unitId: 'u1' },
      ],
    },
    { ...numbered('u2', 2, '测量'), volumeId: 'volume', lessons: [] },
  ],
};
const place: PlaceInWords = {
  stage: 'primary',
  subject: 'mathematics',
  publisher: '人教版',
  revisionYear: 2024,
  grade: 3,
  part: 'first',
  unit: { number: 1, title: '时、分、秒' },
  lesson: null,
};
const lesson = (number: number | null, title: string) => ({ ...place, lesson: { number, title } });

describe('a place in words is found as far as the book here has it', () => {
  const cases: readonly (readonly [string, PlaceInWords, unitId: string | null, lessonId: string | null])[] =
    [
      ['a unit', place, 'u1', null],
      ['a unit under another number', { ...place, unit: { number: 7, title: '测量' } }, 'u2', null],
      ['another book’s unit of the same number', { ...place, unit: { number: 1, title: '倍' } }, null, null],
      ['a lesson', lesson(1, '秒的认识'), 'u1', 'l1'],
      ['one of two lessons of a title, by its number', lesson(3, '练习'), 'u1', 'l3'],
      ['one of two lessons of a title, without a number', lesson(null, '练习'), 'u1', null],
      ['another revision', { ...place, revisionYear: 2013 }, null, null],
    ];
  for (const [name, wanted, unitId, lessonId] of cases)
    it(name, () => {
      const found = matchPlace(here, wanted);
      assert.deepEqual([found.unitId, found.lessonId], [unitId, lessonId]);
    });

  it('and nowhere at all where the edition is not here', () =>
    assert.equal(depthFound(matchPlace(here, { ...place, publisher: '北师大版' })), 0));
});
