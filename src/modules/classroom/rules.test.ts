import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ObservationContent } from './contract.ts';
import { observationContent, steps } from './contract.ts';
import {
  capacitiesFrom,
  countSentences,
  countsTowards,
  isLate,
  isSentence,
  lessonsOf,
  problemsOf,
  sameContent,
  slotsLabel,
  tidyCriteria,
} from './rules.ts';
import { criterionEntry } from './shapes/contract.ts';
import { aContent } from './testing.ts';

const observerId = '018d4200-0000-7000-8000-0000000000aa';
const schoolId = '018d4200-0000-7000-8000-0000000000bb';
const facts = {
  observerId,
  observerName: '林校长',
  today: '2024-03-20',
  isTeachingDay: true,
  minSentences: 2,
};

describe('what may be finalised', () => {
  const cases: readonly [string, Partial<ObservationContent>, Partial<typeof facts>, string[]][] = [
    ['a whole record', {}, {}, []],
    ['strengths and suggestion are two of three', { toImprove: '' }, {}, []],
    ['to improve and suggestion are two of three', { strengths: '', toImprove: '板书略显凌乱。' }, {}, []],
    ['one sentence is too little', { suggestion: '' }, {}, ['strengths']],
    ['spaces and marks are no sentence', { suggestion: ' 。。。！ ' }, {}, ['strengths']],
    ['two characters are no sentence', { suggestion: '很好' }, {}, ['strengths']],
    ['the district may ask for three', {}, { minSentences: 3 }, ['strengths']],
    ['the district may ask for none', { strengths: '', suggestion: '' }, { minSentences: 0 }, []],
    ['no school', { schoolId: null }, {}, ['schoolId']],
    ['no slot', { slotFrom: null, slotTo: null }, {}, ['slotFrom', 'slotTo']],
    ['no topic', { topic: '  ' }, {}, ['topic']],
    [
      'no class, grade, subject, type',
      { classLabel: '', grade: null, subject: null, lessonType: null },
      {},
      ['classLabel', 'grade', 'subject', 'lessonType'],
    ],
    ['no teacher', { teacherName: '' }, {}, ['teacherName']],
    ['tomorrow', { dayOn: '2024-03-21' }, {}, ['dayOn']],
    ['own lesson, picked', { teacherId: observerId, teacherName: '林校长' }, {}, ['teacherName']],
    ['own lesson, typed', { teacherId: null, teacherName: ' 林校长 ' }, {}, ['teacherName']],
    ['a namesake picked from the list', { teacherId: schoolId, teacherName: '林校长' }, {}, []],
    ['no teaching day, no reason', {}, { isTeachingDay: false }, ['offDayReason']],
    ['no teaching day, with reason', { offDayReason: '周六区级研讨活动' }, { isTeachingDay: false }, []],
    [
      'evidence without a step',
      { criteria: [{ code: 'K1', step: null, evidence: '叫得出名字' }] },
      {},
      ['criteria'],
    ],
    [
      'a step without evidence is short, not wrong',
      { criteria: [{ code: 'K1', step: 'partly', evidence: '' }] },
      {},
      [],
    ],
  ];
  for (const [name, content, about, fields] of cases)
    it(name, () => {
      const problems = problemsOf(aContent({ schoolId, ...content }), { ...facts, ...about });
      assert.deepEqual(
        problems.map(({ field }) => field),
        fields,
      );
    });
});

describe('what counts', () => {
  const record = { state: 'finalised', withdrawn: false, mode: 'live', slotFrom: 3, slotTo: 3 } as const;
  const cases = [
    ['a finalised lesson', record, false, 1],
    ['a double period is two', { ...record, slotTo: 4 }, false, 2],
    ['a draft', { ...record, state: 'draft' as const }, true, 0],
    ['fed back', { ...record, state: 'fed-back' as const }, false, 1],
    ['replied', { ...record, state: 'replied' as const }, false, 1],
    ['withdrawn', { ...record, withdrawn: true }, true, 0],
    ['a video, not allowed', { ...record, mode: 'video' as const }, false, 0],
    ['a video, allowed', { ...record, mode: 'video' as const, slotTo: 4 }, true, 2],
  ] as const;
  for (const [name, one, videoCounts, lessons] of cases)
    it(name, () => assert.equal(countsTowards(one, { videoCounts }), lessons));
});

describe('late', () => {
  const cases = [
    ['2024-03-13', '2024-03-20', 7, false],
    ['2024-03-12', '2024-03-20', 7, true],
    ['2024-03-20', '2024-03-20', 0, false],
    ['2024-03-19', '2024-03-20', 0, true],
    ['2024-02-28', '2024-03-07', 7, true],
  ] as const;
  for (const [dayOn, enteredOn, days, late] of cases)
    it(`${dayOn} entered ${enteredOn} with ${days} days`, () =>
      assert.equal(isLate(dayOn, enteredOn, days), late));
});

describe('capacities', () => {
  const school = { bodyKind: null, schoolId };
  it('come from posts held, weightiest first, and everybody is a teacher', () => {
    assert.deepEqual(
      capacitiesFrom(
        [
          { post: 'dean', ...school },
          { post: 'principal', ...school },
          { post: 'member', bodyKind: 'research-office', schoolId: null },
          { post: 'head', bodyKind: 'consortium', schoolId: null },
        ],
        schoolId,
      ).map(({ capacity }) => capacity),
      ['principal', 'dean', 'research-officer', 'teacher'],
    );
  });
  it("the head of the leading group observes as such, a consortium's head does not", () => {
    const of = (bodyKind: string) =>
      capacitiesFrom([{ post: 'head', bodyKind, schoolId: null }], null).map(({ capacity }) => capacity);
    assert.deepEqual(of('leading-group'), ['head', 'teacher']);
    assert.deepEqual(of('consortium'), ['teacher']);
  });
});

describe('sentences and slots', () => {
  it('are told apart from marks', () => {
    assert.deepEqual(['目标清楚', '好', '……', 'ok go', ''].map(isSentence), [
      true,
      false,
      false,
      true,
      false,
    ]);
    assert.equal(countSentences({ strengths: '目标清楚', toImprove: '', suggestion: '多给时间' }), 2);
  });
  it('are labelled', () => {
    assert.deepEqual([slotsLabel(2, 2), slotsLabel(2, 3), slotsLabel(null, null)], ['第2节', '第2—3节', '']);
  });
});

const entries = fc.uniqueArray(
  fc.record({
    code: fc.integer({ min: 1, max: 10 }).map((number) => `K${number}`),
    step: fc.option(fc.constantFrom(...steps), { nil: null }),
    evidence: fc.constantFrom('', '板书留下了算法', ' '),
  }),
  { selector: ({ code }) => code },
);

describe('algebra', () => {
  it('tidying is idempotent and does not depend on order', () => {
    fc.assert(
      fc.property(entries, (criteria) => {
        const tidy = tidyCriteria(criteria);
        assert.deepEqual(tidyCriteria(tidy), tidy);
        assert.deepEqual(tidyCriteria(criteria.toReversed()), tidy);
        assert.ok(sameContent(aContent({ criteria }), aContent({ criteria: criteria.toReversed() })));
        assert.ok(criterionEntry.array().safeParse(tidy).success);
      }),
    );
  });
  it('a changed letter or step is another content', () => {
    assert.ok(!sameContent(aContent(), aContent({ topic: '别的课题' })));
    assert.ok(!sameContent(aContent(), aContent({ criteria: [] })));
  });
  it('the contract admits at most four lessons, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (slotFrom, slotTo) => {
        const lessons = lessonsOf(slotFrom, slotTo);
        assert.equal(
          observationContent.safeParse(aContent({ slotFrom, slotTo })).success,
          lessons >= 1 && lessons <= 4,
        );
      }),
    );
  });
});
