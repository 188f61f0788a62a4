import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { aBody, anAppointment, aPerson, aTerm, contextOf, type TestPerson } from '../testing.ts';
import { listFindingsWaiting } from './actions.ts';
import { aDistrict, aFinding, at, takeSteps } from './testing.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const district = await aDistrict(db);
const { colleague, head, principal } = district;

const waiting = async (person: TestPerson, on = '2024-03-20') =>
  (await listFindingsWaiting(await contextOf(db, person, at(on)), { limit: 100 })).rows.map(({ id }) => id);

it('what waits for somebody who has left waits for the head', async () => {
  const leaver = await aPerson(db, { name: '教研员丙' });
  const office = await aBody(db, { kind: 'research-office' });
  await anAppointment(db, leaver.id, { post: 'research-officer', bodyId: office, to: '2024-04-10' });
  const asked = await aFinding(db, { ...district, officer: leaver });
  await takeSteps(db, asked.id, asked.version, [[principal, 'ask-extension', '2024-03-21', '2024-04-15']]);
  const reported = await aFinding(db, { ...district, officer: leaver });
  await takeSteps(db, reported.id, reported.version, [
    [principal, 'accept', '2024-03-21'],
    [principal, 'plan', '2024-03-21'],
    [principal, 'report-done', '2024-03-22'],
  ]);
  for (const { id } of [asked, reported]) {
    assert.ok((await waiting(leaver)).includes(id));
    assert.ok(!(await waiting(head)).includes(id));
    assert.ok((await waiting(head, '2024-04-11')).includes(id));
    assert.ok(!(await waiting(colleague, '2024-04-11')).includes(id));
  }
});
