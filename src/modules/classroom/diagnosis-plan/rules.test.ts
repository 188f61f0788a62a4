import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { newId } from '#platform/ids.ts';
import type { PlanContent } from './contract.ts';
import {
  broughtLesson,
  type Candidate,
  isInFocus,
  proposeForDay,
  spreadOver,
  sumOf,
  unfinished,
  weeksOfTerm,
} from './rules.ts';

describe('lessons by week', () => {
  const weeks = fc
    .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 22 })
    .map((days) => days.map((teachingDays, index) => ({ week: index + 1, teachingDays })));

  it('sum to the target, in proportion to the teaching days, none in a week without', () => {
    fc.assert(
      fc.property(weeks, fc.integer({ min: 0, max: 300 }), (all, amount) => {
        const days = all.reduce((sum, { teachingDays }) => sum + teachingDays, 0);
        const spread = spreadOver(amount, all);
        assert.equal(sumOf(spread), days === 0 ? 0 : amount);
        for (const [index, { lessons }] of spread.entries()) {
          const exact = days === 0 ? 0 : (amount * (all[index]?.teachingDays ?? 0)) / days;
          assert.ok(Math.abs(lessons - exact) < 1);
          if (all[index]?.teachingDays === 0) assert.equal(lessons, 0);
        }
      }),
    );
  });

  it('weeks are cut to the term and count its teaching days', () => {
    const term = {
      startsOn: '2026-09-01',
      endsOn: '2026-09-20',
      specialDays: [{ dayOn: '2026-09-20', isTeachingDay: true, followsWeekday: 2, note: '补课' }],
    };
    assert.deepEqual(weeksOfTerm(term), [
      { week: 1, from: '2026-09-01', to: '2026-09-06', teachingDays: 4 },
      { week: 2, from: '2026-09-07', to: '2026-09-13', teachingDays: 5 },
      { week: 3, from: '2026-09-14', to: '2026-09-20', teachingDays: 6 },
    ]);
  });
});

const content: PlanContent = {
  problem: '追问',
  grades: [],
  subjects: [],
  teacherIds: [],
  kinds: ['drop-in'],
  weeks: [{ week: 1, lessons: 2 }],
  talkOn: '当天',
  openPoints: '',
};

describe('a plan is ready', () => {
  const cases: readonly (readonly [string, Partial<PlanContent>, RegExp | null])[] = [
    ['with everything said', {}, null],
    ['not without a problem', { problem: '' }, /问题/],
    ['not without a kind', { kinds: [] }, /方式/],
    ['not without lessons', { weeks: [{ week: 1, lessons: 0 }] }, /节数/],
    ['not without a talk', { talkOn: '' }, /交流/],
  ];
  for (const [name, changes, refusal] of cases)
    it(name, () => {
      const said = unfinished({ ...content, ...changes });
      if (refusal === null) assert.equal(said, null);
      else assert.match(said ?? '', refusal);
    });
});

describe('focus', () => {
  const lesson = { grade: 3, subject: 'chinese', teacherId: 'a' } as const;
  const cases = [
    ['nothing said', { grades: [], subjects: [], teacherIds: [] }, false],
    ['the teacher', { grades: [9], subjects: [], teacherIds: ['a'] }, true],
    ['the grade', { grades: [3], subjects: [], teacherIds: [] }, true],
    ['the grade, another subject', { grades: [3], subjects: ['english' as const], teacherIds: [] }, false],
    ['grade and subject', { grades: [3], subjects: ['chinese' as const], teacherIds: [] }, true],
  ] as const;
  for (const [name, { grades, subjects, teacherIds }, inFocus] of cases)
    it(name, () =>
      assert.equal(
        isInFocus(lesson, { grades: [...grades], subjects: [...subjects], teacherIds: [...teacherIds] }),
        inFocus,
      ),
    );
});

describe('proposals of a day', () => {
  const candidate = (teacherId: string, slot: number, grade = 3): Candidate => ({
    slot,
    classId: null,
    classLabel: `${grade}`,
    grade,
    subject: 'chinese',
    teacherId,
    teacherName: teacherId,
    insteadOf: null,
  });

  it('whoever is not yet seen comes first, what is in focus before the rest, one a slot', () => {
    const lessons = [
      candidate('seen', 1, 9),
      candidate('other', 2),
      candidate('focus', 2, 9),
      candidate('focus', 4, 9),
      candidate('third', 3),
    ];
    const seen = new Map([['seen', 2]]);
    const focus = { grades: [9], subjects: [], teacherIds: [] };
    const names = (count: number) =>
      proposeForDay(lessons, seen, focus, count).map(({ teacherId, slot }) => `${teacherId} ${slot}`);
    assert.deepEqual(names(1), ['focus 2']);
    assert.deepEqual(names(2), ['focus 2', 'third 3']);
    assert.deepEqual(names(9), ['seen 1', 'focus 2', 'third 3']);
    const agreed = proposeForDay(lessons, seen, focus, 1, new Set(['seen']));
    assert.deepEqual(
      agreed.map(({ teacherId, toLook }) => [teacherId, toLook]),
      [['seen', true]],
      'an agreed change comes before those never seen',
    );
  });

  it('never two in a slot, never one teacher twice, never a seen one while an unseen one has a free slot', () => {
    const lessons = fc.array(
      fc
        .record({ teacher: fc.integer({ min: 1, max: 8 }), slot: fc.integer({ min: 1, max: 6 }) })
        .map(({ teacher, slot }) => candidate(`t${teacher}`, slot)),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(lessons, fc.integer({ min: 0, max: 6 }), (all, count) => {
        const seen = new Map([
          ['t1', 1],
          ['t2', 3],
        ]);
        const chosen = proposeForDay(all, seen, content, count);
        assert.ok(chosen.length <= count);
        assert.equal(new Set(chosen.map(({ slot }) => slot)).size, chosen.length);
        assert.equal(new Set(chosen.map(({ teacherId }) => teacherId)).size, chosen.length);
        if (!chosen.some((one) => one.seen > 0)) return;
        const slots = new Set(chosen.map(({ slot }) => slot));
        const teachers = new Set(chosen.map(({ teacherId }) => teacherId));
        assert.ok(
          !all.some(
            ({ teacherId, slot }) => !seen.has(teacherId) && !teachers.has(teacherId) && !slots.has(slot),
          ),
        );
      }),
    );
  });
});

it('a new record takes over a whole proposed lesson, or nothing', () => {
  const lesson = {
    dayOn: '2026-11-23',
    slotFrom: 2,
    slotTo: 2,
    schoolId: newId(),
    classId: null,
    classLabel: '三年级(1)班',
    grade: 3,
    subject: 'chinese',
    teacherId: newId(),
    teacherName: '陈一',
    announced: false,
  };
  assert.deepEqual(broughtLesson(lesson), lesson);
  for (const value of [undefined, 'x', { ...lesson, slotFrom: 99 }])
    assert.deepEqual(broughtLesson(value), {});
});
