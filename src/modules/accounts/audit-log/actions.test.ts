import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/audit.ts';
import { startTestApp } from '../../../app-testing.ts';
import { callEndpoint, givenAccount, signInForTest } from '../testing.ts';

const { app, database } = await startTestApp();
const { db } = database;
await givenAccount(db, { loginName: 'aud', duties: ['audit'] });
const token = await signInForTest(app, 'aud');

const page = z.object({
  rows: z.array(z.object({ id: z.string(), action: z.string(), actorName: z.string(), outcome: z.string() })),
  nextCursor: z.string().nullable(),
});
const list = async (filter: object) =>
  page.parse((await callEndpoint(app, 'accounts.listAuditEntries', filter, { token })).body);

for (let index = 0; index < 23; index += 1)
  await recordAudit(
    db,
    { accountId: null, personId: null, name: index % 2 === 0 ? '甲' : '乙', address: '10.0.0.1' },
    {
      action: index < 20 ? 'classroom.observation-finalised' : 'plans.target-set',
      objectKind: 'observation',
      objectId: `object-${index}`,
      outcome: index === 5 ? 'refused' : 'done',
    },
  );

test('pages by key, newest first, without loss', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const { rows, nextCursor } = await list({ cursor, limit: 7, objectKind: 'observation' });
    seen.push(...rows.map(({ id }) => id));
    cursor = nextCursor;
  } while (cursor !== null);
  assert.equal(seen.length, 23);
  assert.deepEqual(seen, seen.toSorted().reverse());
});

test('filters by who, what, which object, outcome and days in China', async () => {
  assert.equal((await list({ actor: '乙', objectKind: 'observation' })).rows.length, 11);
  assert.equal((await list({ action: 'plans' })).rows.length, 3);
  assert.equal((await list({ action: 'plans.target-set' })).rows.length, 3);
  assert.equal((await list({ action: 'plan' })).rows.length, 0, 'a module is not a prefix');
  assert.equal((await list({ objectId: 'object-9' })).rows.length, 1);
  assert.equal((await list({ outcome: 'refused', objectKind: 'observation' })).rows.length, 1);
  const day = (offset: number): string =>
    new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
  const kind = { objectKind: 'observation' };
  assert.equal((await list({ ...kind, fromOn: day(0), toOn: day(0) })).rows.length, 23);
  assert.equal((await list({ ...kind, fromOn: day(1) })).rows.length, 0);
  assert.equal((await list({ ...kind, toOn: day(-1) })).rows.length, 0);
  const injected = await callEndpoint(app, 'accounts.listAuditEntries', { actor: "%' or 1=1 --" }, { token });
  assert.match(injected.text, /"rows":\[\]/);
});

test('the application’s role can add to the log and do nothing else to it', async () => {
  const role = await sql<{ role: string }>`select current_user as role`.execute(db);
  assert.equal(role.rows[0]?.role, 'yanxun_app');
  for (const statement of [
    sql`update platform.audit_entry set actor_name = 'x'`,
    sql`delete from platform.audit_entry`,
    sql`truncate platform.audit_entry`,
    sql`drop table platform.audit_entry`,
    sql`alter table platform.audit_entry disable trigger all`,
  ])
    await assert.rejects(statement.execute(db), /permission denied|must be owner/);
});
