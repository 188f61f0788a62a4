import assert from 'node:assert/strict';
import test from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { seedDemo } from './demo.ts';

const now = new Date('2026-11-23T04:00:00Z');

test('an interrupted seeding leaves nothing, the next one fills the district, a third changes nothing', async () => {
  const { db } = await createTestDatabase();
  const count = async (table: 'organisation.person' | 'classroom.observation'): Promise<number> => {
    const { rows } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    return rows;
  };

  const interrupted = seedDemo(db, {
    now,
    log: (line) => {
      if (line.includes('听课记录')) throw new Error('the power went');
    },
  });
  await assert.rejects(interrupted, /the power went/);
  assert.equal(await count('organisation.person'), 0);

  await seedDemo(db, { now, log: () => {} });
  const people = await count('organisation.person');
  const observations = await count('classroom.observation');
  assert.ok(people > 2800 && observations > 3000, `${people} people, ${observations} observations`);

  await seedDemo(db, { now, log: assert.fail });
  assert.equal(await count('organisation.person'), people);
  assert.equal(await count('classroom.observation'), observations);
});
