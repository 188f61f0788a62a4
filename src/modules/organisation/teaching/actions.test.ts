import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { findCurrentTerm } from '../calendar/store.ts';
import { actorOf, contextFor, makeAppointment, makePerson, makeSchool } from '../testing.ts';
import { addClass, assignTeaching, listClasses } from './actions.ts';

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

test('a class is named by its grade of this school year', async () => {
  const { rows } = await listClasses(contextFor(db, await actorOf(db, made.principal)), {
    schoolId: made.schoolId,
  });
  assert.deepEqual(
    rows.map(({ label }) => label),
    ['三年级(2)班', '七年级(1)班'],
  );
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
