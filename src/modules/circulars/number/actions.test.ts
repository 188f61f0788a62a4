import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBody, anAppointment, aPerson, contextOf } from '#modules/classroom/testing.ts';
import { applicationRole, openDatabase } from '#platform/database/database.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { checkCircular, draftNotice, issueCircular, signCircular } from '../actions.ts';

const { db, ownerUrl } = await createTestDatabase();

test('twenty issues at once on connections of their own: twenty numbers in a row, none after a rollback lost', async () => {
  const office = await aBody(db, { kind: 'research-office' });
  const drafter = await aPerson(db);
  const checker = await aPerson(db);
  for (const { id } of [drafter, checker])
    await anAppointment(db, id, { post: 'research-officer', bodyId: office });
  const signer = await aPerson(db);
  await anAppointment(db, signer.id, {
    post: 'head',
    bodyId: await aBody(db, { kind: 'leading-group' }),
  });
  const signed = [];
  for (let index = 0; index < 21; index += 1) {
    const draft = await draftNotice(await contextOf(db, drafter), { title: `通知${index}` });
    const checked = await checkCircular(await contextOf(db, checker), draft);
    signed.push(await signCircular(await contextOf(db, signer), checked));
  }
  const [unlucky, ...rest] = signed;
  assert.ok(unlucky !== undefined);
  const many = openDatabase(ownerUrl, { role: applicationRole, connections: 21 });
  try {
    const context = await contextOf(many.db, drafter);
    const failing = many.db.transaction().execute(async (transaction) => {
      await issueCircular({ ...context, db: transaction }, unlucky);
      throw new Error('the connection broke after the number was taken');
    });
    const [failed, ...issued] = await Promise.all([
      failing.catch((error: unknown) => error),
      ...rest.map((one) =>
        many.db.transaction().execute((transaction) => issueCircular({ ...context, db: transaction }, one)),
      ),
    ]);
    assert.ok(failed instanceof Error);
    assert.deepEqual(
      issued.map(({ documentNumber }) => documentNumber.number).toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const rows = await db.selectFrom('circulars.issuedNumber').select('number').orderBy('number').execute();
    assert.equal(rows.length, 20);
    const circulars = await db
      .selectFrom('circulars.circular')
      .where('state', '=', 'issued')
      .select('number')
      .orderBy('number')
      .execute();
    assert.deepEqual(circulars, rows);
  } finally {
    await many.close();
  }
});

test('a number cannot be given twice even past the counter', async () => {
  const [one, other] = await db
    .selectFrom('circulars.issuedNumber')
    .select(['series', 'year', 'number', 'circularId'])
    .limit(2)
    .execute();
  assert.ok(one !== undefined && other !== undefined);
  const spare = await db
    .selectFrom('circulars.circular')
    .where('number', 'is', null)
    .select('id')
    .executeTakeFirstOrThrow();
  await assert.rejects(
    db
      .insertInto('circulars.issuedNumber')
      .values({ series: one.series, year: one.year, number: one.number, circularId: spare.id })
      .execute(),
    /issued_number_pkey/,
  );
  await assert.rejects(
    db.deleteFrom('circulars.issuedNumber').where('circularId', '=', other.circularId).execute(),
    /permission denied/,
  );
});
