import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '#platform/random.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { findCurrentTerm } from '../calendar/store.ts';
import { seedOrganisation } from '../demo.ts';
import { seedSubstitutions } from './demo.ts';
import { listTaughtLessons } from './store.ts';

const { db } = await createTestDatabase();

test('the demonstration has lessons given by a colleague who is free and teaches the subject', async () => {
  const today = '2026-11-23';
  await seedOrganisation(db, seededRandom(1), today);
  await seedSubstitutions(db, today);
  const rows = await db
    .selectFrom('organisation.substitution')
    .select(['schoolId', 'classId', 'dayOn', 'slot', 'personId', 'subject'])
    .execute();
  assert.ok(rows.length > 8, `${rows.length} lessons`);
  assert.ok(rows.every(({ dayOn }) => dayOn !== today));
  const term = await findCurrentTerm(db, today);
  assert.ok(term !== undefined);
  for (const { schoolId, classId, dayOn, slot, personId, subject } of rows) {
    const lessons = await listTaughtLessons(db, { schoolId, term, on: dayOn });
    const atOnce = lessons.filter((one) => one.slot === slot && one.teacherId === personId);
    assert.deepEqual(
      atOnce.map((one) => [one.classId, one.insteadOf !== null]),
      [[classId, true]],
      'teaches one class at a time, in place of somebody else',
    );
    assert.ok(
      lessons.some((one) => one.slot !== slot && one.teacherId === personId && one.subject === subject),
    );
  }
});
