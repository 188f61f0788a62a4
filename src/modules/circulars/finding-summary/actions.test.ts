import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingFigures } from '#modules/classroom/finding/figures/actions.ts';
import { aDistrict, aFinding, takeSteps } from '#modules/classroom/finding/testing.ts';
import { aTerm, contextOf } from '#modules/classroom/testing.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { draftBulletin, getCircular, redraftBulletin } from '../actions.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const district = await aDistrict(db);
const { officer, principal, teacher, here, there } = district;
const at = '2024-04-12T02:00:00Z';
const office = () => contextOf(db, officer, at);

test('a month’s and a term’s bulletin have the figures of their findings, and are drafted anew by their own period', async () => {
  const march = await aFinding(db, district, { on: '2024-03-04' });
  await takeSteps(db, march.id, march.version, [[principal, 'accept', '2024-03-05']]);
  const april = await aFinding(db, district, { on: '2024-04-01', schoolId: there.id, type: 'homework' });
  await aFinding(db, { officer: principal, here }, { on: '2024-03-06', kind: 'school', handOver: null });

  const month = await draftBulletin(await office(), { month: '2024-03', topic: 'finding-summary' });
  const ofMonth = await getCircular(await office(), month);
  assert.equal(ofMonth.title, '唐山市丰南区教育局关于2024年3月问题整改情况的通报');
  assert.deepEqual(
    [ofMonth.figures?.values['total'], ofMonth.figures?.query.measure, ofMonth.figures?.query.to],
    [1, 'finding.summary', '2024-03-31'],
  );
  const text = JSON.stringify(ofMonth.body);
  for (const { name } of [principal, teacher, officer]) assert.ok(!text.includes(name), name);
  assert.ok(text.indexOf(here.name) > 0 && text.indexOf(there.name) > text.indexOf(here.name));

  const term = await draftBulletin(await office(), {
    month: '2024-03',
    topic: 'finding-summary',
    span: 'term',
  });
  const ofTerm = await getCircular(await office(), term);
  assert.match(ofTerm.title, /关于2023—2024学年第二学期问题整改情况的通报$/);
  const { all } = await findingFigures(await office());
  assert.equal(ofTerm.figures?.values['total'], all.total);
  assert.equal(ofTerm.figures?.values['overdue'], all.overdue);
  assert.equal(all.total, 2, 'what is inside a school does not count');

  await takeSteps(db, april.id, april.version, [[officer, 'cancel', '2024-04-12']]);
  const again = await redraftBulletin(await office(), term);
  assert.equal(again.version, 2);
  assert.equal((await getCircular(await office(), term)).figures?.values['total'], 1);
  await assert.rejects(
    draftBulletin(await office(), { month: '2024-04', topic: 'finding-summary', span: 'term' }),
    (error) =>
      error instanceof Refusal && error.kind === 'conflict' && error.details['existingId'] === term.id,
  );
});

test('only findings are summed up by term; a month to come has no bulletin', async () => {
  const refused = (error: unknown) => error instanceof Refusal && error.kind === 'invalid';
  await assert.rejects(draftBulletin(await office(), { month: '2024-03', span: 'term' }), refused);
  await assert.rejects(
    draftBulletin(await office(), { month: '2024-05', topic: 'finding-summary' }),
    refused,
  );
});
