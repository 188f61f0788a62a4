import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { anObservation, aPerson, aSchool, contextOf } from '../testing.ts';
import { listCriteriaFeedbackToMe } from './actions.ts';
import { groupByCriterion } from './rules.ts';

const { db } = await createTestDatabase();

it('a teacher reads what was noted criterion by criterion, of fed-back records of her own alone', async () => {
  const school = await aSchool(db);
  const observer = await aPerson(db);
  const teacher = await aPerson(db);
  const noted = (dayOn: string, state: 'finalised' | 'fed-back', of = teacher) =>
    anObservation(db, {
      observerId: observer.id,
      schoolId: school.id,
      state,
      content: {
        dayOn,
        teacherId: of.id,
        teacherName: of.name,
        criteria: [
          { code: 'K10', step: 'partly', evidence: `${dayOn} 读书` },
          { code: 'K4', step: 'seen-well', evidence: `${dayOn} 追问` },
        ],
      },
    });
  await noted('2024-03-11', 'fed-back');
  await noted('2024-03-18', 'fed-back');
  await noted('2024-03-19', 'finalised');
  await noted('2024-03-12', 'fed-back', await aPerson(db));
  const context = await contextOf(db, teacher);
  const first = await listCriteriaFeedbackToMe(context, { limit: 1 });
  const second = await listCriteriaFeedbackToMe(context, { limit: 1, cursor: first.nextCursor ?? '' });
  assert.equal(second.nextCursor, null);
  assert.deepEqual(
    groupByCriterion([...first.rows, ...second.rows]).map(({ code, entries }) => [
      code,
      entries.map(({ evidence }) => evidence),
    ]),
    [
      ['K4', ['2024-03-11 追问', '2024-03-18 追问']],
      ['K10', ['2024-03-11 读书', '2024-03-18 读书']],
    ],
  );
});
