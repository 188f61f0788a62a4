import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { setBellSlots } from '../calendar/actions.ts';
import { findCurrentTerm } from '../calendar/store.ts';
import { actorOf, contextFor, makeAppointment, makePerson, makeSchool } from '../testing.ts';
import { addClass, assignTeaching, listClasses, proposeLessons } from './actions.ts';

const { db } = await createTestDatabase();

const district = async () => {
  const schoolId = await makeSchool(db, '清河学校', { kind: 'nine-year', stages: ['primary', 'junior'] });
  const principal = await makePerson(db, '赵校长', { schoolId });
  await makeAppointment(db, principal, 'principal', { schoolId });
  const term = await findCurrentTerm(db, '2026-11-23');
  assert.ok(term);
  const context = contextFor(db, await actorOf(db, principal));
  const third = await addClass(context, { schoolId, stage: 'primary', entryYear: 2024, number: 2 });
  const seventh = await addClass(context, { schoolId, stage: 'junior', entryYear: 2026, number: 1 });
  const teacher = await makePerson(db, '陈老师', { schoolId });
  const other = await makePerson(db, '王老师', { schoolId });
  const teach = (
    personId: string,
    classId: string,
    grade: number,
    subject: 'chinese' | 'mathematics',
    timetable: { weekday: number; slot: number }[],
  ) => assignTeaching(context, { personId, schoolId, termId: term.id, grade, subject, classId, timetable });
  await teach(teacher, third.id, 3, 'chinese', [
    { weekday: 1, slot: 1 },
    { weekday: 2, slot: 3 },
  ]);
  await teach(other, seventh.id, 7, 'mathematics', [{ weekday: 1, slot: 1 }]);
  return { schoolId, principal, teach, teacher, seventh: seventh.id };
};

let made: Awaited<ReturnType<typeof district>>;
before(async () => {
  made = await district();
});

/** 2026-11-23 is a Monday; the clock is in China. */
const at = async (clock: string, on = '2026-11-23') =>
  contextFor(db, await actorOf(db, made.principal), new Date(`${on}T${clock}:00+08:00`));

test('a class is named by its grade of this school year', async () => {
  const { rows } = await listClasses(await at('08:00'), { schoolId: made.schoolId });
  assert.deepEqual(
    rows.map(({ label }) => label),
    ['三年级(2)班', '七年级(1)班'],
  );
});

test('by the clock, each stage proposes the lesson of its own bell', async () => {
  const ask = async (clock: string) => {
    const { chosen, lessons } = await proposeLessons(await at(clock), {
      schoolId: made.schoolId,
      on: '2026-11-23',
    });
    return [chosen.map(({ stage, slot }) => `${stage} ${slot}`), lessons.map(({ classLabel }) => classLabel)];
  };
  assert.deepEqual(await ask('08:30'), [
    ['primary 1', 'junior 1'],
    ['三年级(2)班', '七年级(1)班'],
  ]);
  assert.deepEqual(await ask('08:50'), [['primary 1', 'junior 2'], ['三年级(2)班']]);
  assert.deepEqual(await ask('21:00'), [[], []]);
});

test('a make-up day follows its weekday; a holiday has no lessons and says why', async () => {
  const makeUp = await proposeLessons(await at('08:30'), {
    schoolId: made.schoolId,
    on: '2026-09-20',
    slot: 3,
  });
  assert.equal(makeUp.weekday, 2);
  assert.deepEqual(
    makeUp.lessons.map(({ classLabel, subject, teacherName, slot }) => [
      classLabel,
      subject,
      teacherName,
      slot,
    ]),
    [['三年级(2)班', 'chinese', '陈老师', 3]],
  );
  const holiday = await proposeLessons(await at('08:30'), {
    schoolId: made.schoolId,
    on: '2026-10-01',
    slot: 1,
  });
  assert.deepEqual([holiday.isTeachingDay, holiday.lessons], [false, []]);
  assert.match(holiday.note ?? '', /国庆节/);
});

test('a school’s own bell table replaces the district’s, and an empty one gives it back', async () => {
  const own = { schoolId: made.schoolId, stage: 'primary' } as const;
  const slots = [{ slot: 1, startsAt: '07:00', endsAt: '07:40' }];
  await setBellSlots(await at('08:00'), { ...own, slots });
  const ask = async () =>
    (await proposeLessons(await at('07:10'), { schoolId: made.schoolId, on: '2026-11-23' })).bells.find(
      ({ stage }) => stage === 'primary',
    )?.slots.length;
  assert.equal(await ask(), 1);
  await setBellSlots(await at('08:00'), { ...own, slots: [] });
  assert.equal(await ask(), 7);
  await assert.rejects(setBellSlots(await at('08:00'), { ...own, schoolId: null, slots }), {
    kind: 'forbidden',
  });
});

test('nobody teaches two classes at once, and no class has two lessons at once', async () => {
  await assert.rejects(made.teach(made.teacher, made.seventh, 7, 'chinese', [{ weekday: 2, slot: 3 }]), {
    kind: 'conflict',
  });
  await assert.rejects(made.teach(made.teacher, made.seventh, 7, 'chinese', [{ weekday: 1, slot: 1 }]), {
    kind: 'conflict',
  });
});

test('a class of another grade cannot be chosen', async () => {
  await assert.rejects(made.teach(made.teacher, made.seventh, 8, 'chinese', []), { kind: 'invalid' });
});
