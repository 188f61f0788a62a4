import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seededRandom } from '#platform/random.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { getObservation, listMyObservations } from './actions.ts';
import { seedClassroom } from './demo.ts';
import { getLens } from './lens/actions.ts';
import { lensFitsMode, lensProblem } from './lens/rules.ts';
import { getPatrol, listMyPatrols } from './patrol/actions.ts';
import { summaryLine } from './patrol/rules.ts';
import { problemsOf } from './rules.ts';
import { anAppointment, aPerson, aSchool, aTaughtClass, aTerm, contextOf } from './testing.ts';

const { db } = await createTestDatabase();

it('the demonstration’s records are such as a principal could have made', async () => {
  const { id: termId } = await aTerm(db);
  const school = await aSchool(db);
  const principal = await aPerson(db, { schoolId: school.id });
  await anAppointment(db, principal.id, { post: 'principal', schoolId: school.id });
  for (const number of [1, 2, 3]) {
    const teacher = await aPerson(db, { schoolId: school.id });
    const times = [1, 2, 3, 4, 5].flatMap((day) => [[day, number] as const, [day, number + 3] as const]);
    await aTaughtClass(db, {
      schoolId: school.id,
      termId,
      teacherId: teacher.id,
      grade: 4,
      number,
      subject: 'english',
      times,
    });
  }
  await seedClassroom(db, seededRandom(3), '2024-05-10');
  const context = await contextOf(db, principal, '2024-05-10T12:00:00Z');
  const { rows } = await listMyObservations(context, {
    limit: 100,
    withdrawn: false,
    states: ['finalised', 'fed-back', 'replied'],
  });
  assert.ok(rows.length > 40, `${rows.length} records`);
  let looked = 0;
  for (const { id } of rows) {
    const { content } = await getObservation(context, { id });
    const { content: lens } = await getLens(context, { id });
    if (lens !== null) {
      looked += 1;
      assert.equal(lensProblem(lens), null);
      assert.ok(lensFitsMode(lens, content.mode));
    }
    assert.deepEqual(
      problemsOf(content, {
        observerId: principal.id,
        observerName: principal.name,
        today: '2024-05-10',
        isTeachingDay: true,
        minSentences: 2,
      }),
      [],
    );
  }
  const patrols = await listMyPatrols(context, { limit: 100 });
  assert.ok(patrols.rows.length > 3, `${patrols.rows.length} patrols`);
  for (const { id } of patrols.rows) {
    const { stops, summary, finished } = await getPatrol(context, { id });
    assert.ok(finished && stops.length > 0);
    assert.equal(summary, summaryLine(stops));
  }
  assert.ok(looked > 0, `${looked} lenses`);
});
