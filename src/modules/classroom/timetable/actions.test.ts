import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { anAppointment, aPerson, aSchool, aTaughtClass, aTerm, contextOf } from '../testing.ts';
import { lookUpSchool, startObservation } from './actions.ts';
import { lessonsTaughtBy, slotAt } from './rules.ts';

const { db } = await createTestDatabase();

describe('a teacher found by typing', () => {
  const lesson = { classId: null, classLabel: '三年级', grade: 3, subject: 'chinese' } as const;
  const teachers = [
    { name: '何不同', initials: 'hbt', lessons: [] },
    { name: '沈若', initials: 'sr', lessons: [lesson, { ...lesson, classLabel: '四年级', grade: 4 }] },
    { name: '何若', initials: 'hr', lessons: [lesson] },
  ];
  for (const [text, names] of [
    ['', ['沈若', '沈若', '何若', '何不同']],
    ['若', ['沈若', '沈若', '何若']],
    [' H', ['何若', '何不同']],
    ['r', []],
  ] as const)
    it(`“${text}”`, () => {
      assert.deepEqual(
        lessonsTaughtBy(teachers, text).map(({ teacher }) => teacher.name),
        names,
      );
    });
});

describe('the slot by the clock', () => {
  const slots = [
    { slot: 1, startsAt: '08:00', endsAt: '08:40' },
    { slot: 2, startsAt: '08:50', endsAt: '09:30' },
  ];
  const cases = [
    ['07:10', 1],
    ['08:00', 1],
    ['08:39', 1],
    ['08:40', 2],
    ['08:45', 2],
    ['09:30', 2],
    ['20:00', 2],
  ] as const;
  for (const [clock, slot] of cases) it(clock, () => assert.equal(slotAt(slots, clock), slot));
  it('is none without a bell table', () => assert.equal(slotAt([], '08:00'), null));
});

describe('starting', () => {
  it('proposes the class in session by school, slot and clock, without the lessons one teaches', async () => {
    const { id: termId } = await aTerm(db, ['2024-04-04']);
    const school = await aSchool(db, { name: '青禾学校' });
    const teacher = await aPerson(db, { name: '苏老师', schoolId: school.id, subjects: ['mathematics'] });
    const principal = await aPerson(db, { schoolId: school.id });
    await anAppointment(db, principal.id, { post: 'principal', schoolId: school.id });
    const classId = await aTaughtClass(db, {
      schoolId: school.id,
      termId,
      teacherId: teacher.id,
      grade: 3,
      number: 2,
      subject: 'mathematics',
      times: [[3, 2]],
    });
    await db
      .insertInto('organisation.bellSlot')
      .values([
        { id: newId(), schoolId: school.id, stage: 'primary', slot: 1, startsAt: '08:00', endsAt: '08:40' },
        { id: newId(), schoolId: school.id, stage: 'primary', slot: 2, startsAt: '08:50', endsAt: '09:30' },
      ])
      .execute();
    const at = '2024-03-20T00:45:00Z';
    const start = await startObservation(await contextOf(db, principal, at), {});
    assert.equal(start.school?.id, school.id);
    assert.deepEqual([start.dayOn, start.slot, start.week, start.isTeachingDay], ['2024-03-20', 2, 4, true]);
    assert.deepEqual(
      start.lessons.map(({ classLabel, teacherName, subject }) => [classLabel, teacherName, subject]),
      [['三年级(2)班', '苏老师', 'mathematics']],
    );
    assert.deepEqual(start.capacities, ['principal', 'teacher']);
    assert.equal(start.rubric.length, 10);
    const own = await startObservation(await contextOf(db, teacher, at), {});
    assert.deepEqual(own.lessons, []);
    const holiday = await startObservation(await contextOf(db, principal, at), {
      dayOn: '2024-04-04',
      slot: 2,
    });
    assert.deepEqual([holiday.isTeachingDay, holiday.lessons.length], [false, 0]);
    const looked = await lookUpSchool(await contextOf(db, principal, at), {
      schoolId: school.id,
      dayOn: '2024-03-20',
    });
    assert.deepEqual(looked.classes, [{ id: classId, label: '三年级(2)班', grade: 3 }]);
    assert.equal(looked.teachers.find(({ id }) => id === teacher.id)?.lessons.length, 1);
  });
});
