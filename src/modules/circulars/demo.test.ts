import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aBody,
  anAppointment,
  anObservation,
  aPerson,
  aTerm,
  contextOf,
} from '#modules/classroom/testing.ts';
import { aConsortium, aUnit, slotOf } from '#modules/evaluation/testing.ts';
import { seededRandom } from '#platform/random.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { getCircular, listCirculars } from './actions.ts';
import { seedCirculars } from './demo.ts';

const { db } = await createTestDatabase();

test('the demonstration has two issued bulletins, read by most, and the running month’s draft', async () => {
  await aTerm(db);
  const office = await aBody(db, { kind: 'research-office' });
  const officer = await aPerson(db);
  for (const { id } of [officer, await aPerson(db)])
    await anAppointment(db, id, { post: 'research-officer', bodyId: office });
  await anAppointment(db, (await aPerson(db)).id, {
    post: 'head',
    bodyId: await aBody(db, { kind: 'leading-group' }),
  });
  const unit = await aUnit(db, { consortia: [await aConsortium(db, 'primary')] });
  for (let index = 0; index < 20; index += 1)
    await anObservation(db, { observerId: unit.principal.id, schoolId: unit.id, content: slotOf(index) });
  await seedCirculars(db, seededRandom(1), '2024-05-17');

  const context = await contextOf(db, officer, '2024-05-17T02:00:00Z');
  const { rows } = await listCirculars(context, { limit: 10 });
  assert.deepEqual(
    rows.map(({ state, periodFrom, documentNumber }) => [state, periodFrom, documentNumber?.number ?? null]),
    [
      ['draft', '2024-05-01', null],
      ['issued', '2024-04-01', 2],
      ['issued', '2024-03-01', 1],
    ],
  );
  const march = await getCircular(context, { id: rows[2]?.id ?? '' });
  assert.equal(march.title, '云溪区教育局关于2024年3月校长听课分析指导情况的通报');
  assert.deepEqual([march.issuedOn, march.figures?.values['monthLessons']], ['2024-04-03', 20]);
  assert.equal(march.recipients, 3);
});
