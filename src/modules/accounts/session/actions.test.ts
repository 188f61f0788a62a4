import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { newId } from '#platform/ids.ts';
import { secretTokenHash } from '#platform/secret-token.ts';
import { startTestApp } from '../../../app-testing.ts';
import {
  callEndpoint,
  givenAccount,
  givenPerson,
  givenSchool,
  goodPassword,
  signInForTest,
} from '../testing.ts';

const MINUTE = 60_000;
let now = new Date('2024-03-04T01:00:00Z');
const later = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * MINUTE);
};
const { app, database } = await startTestApp({ now: () => now });

const statusOf = async (token: string, endpoint = 'accounts.whoAmI'): Promise<number> =>
  (await callEndpoint(app, endpoint, {}, { token })).status;

test('only the hash of a token is kept, and each sign-in has a token of its own', async () => {
  await givenAccount(database.db, { loginName: 'hashed' });
  const one = await signInForTest(app, 'hashed');
  const two = await signInForTest(app, 'hashed');
  assert.notEqual(one, two);
  const rows = await database.db.selectFrom('accounts.session').selectAll().execute();
  assert.ok(!JSON.stringify(rows).includes(one));
  assert.ok(rows.some(({ tokenHash }) => tokenHash.equals(secretTokenHash(one))));
});

test('the cookie is out of reach of scripts and other sites, and bound to HTTPS behind it', async () => {
  await givenAccount(database.db, { loginName: 'cookie' });
  const { app: secure } = await startTestApp({
    database,
    publicUrl: 'https://yanxun.example',
    now: () => now,
  });
  const post = (server: FastifyInstance) =>
    server.inject({
      method: 'POST',
      url: '/rpc/accounts/signIn',
      headers: { 'content-type': 'application/json' },
      payload: { json: { identifier: 'cookie', password: goodPassword } },
    });
  const plain = String((await post(app)).headers['set-cookie']);
  assert.match(plain, /^yanxun=.*HttpOnly.*SameSite=Lax/);
  const bound = String((await post(secure)).headers['set-cookie']);
  assert.match(bound, /^__Host-yanxun=.*Path=\/.*HttpOnly.*Secure.*SameSite=Lax/);
});

test('sign-out kills the session on the server', async () => {
  await givenAccount(database.db, { loginName: 'leaver' });
  const token = await signInForTest(app, 'leaver');
  assert.equal(await statusOf(token), 200);
  const answer = await callEndpoint(app, 'accounts.signOut', {}, { token });
  assert.equal(answer.status, 200);
  assert.equal(answer.token, '');
  assert.equal(await statusOf(token), 401);
});

test('idle and absolute end: twelve idle hours for teachers, thirty idle minutes for administrators', async () => {
  await givenAccount(database.db, { loginName: 'teacher-idle' });
  await givenAccount(database.db, { loginName: 'admin-idle', duties: ['system'] });
  const teacher = await signInForTest(app, 'teacher-idle');
  const administrator = await signInForTest(app, 'admin-idle');
  later(29);
  assert.equal(await statusOf(administrator), 200);
  later(29);
  assert.equal(await statusOf(administrator), 200, 'use keeps it open');
  later(31);
  assert.equal(await statusOf(administrator), 401);
  assert.equal(await statusOf(teacher), 200);
  later(721);
  assert.equal(await statusOf(teacher), 401);
  const again = await signInForTest(app, 'teacher-idle');
  for (let hour = 0; hour < 167; hour += 8) {
    assert.equal(await statusOf(again), 200, `after ${hour} h`);
    later(480);
  }
  assert.equal(await statusOf(again), 401, 'a week is the end, however busy');
});

test('last use is written once a minute at most', async () => {
  const accountId = await givenAccount(database.db, { loginName: 'seen' });
  const token = await signInForTest(app, 'seen');
  const lastSeen = async (): Promise<string> =>
    (
      await database.db
        .selectFrom('accounts.session')
        .select('lastSeenAt')
        .where('accountId', '=', accountId)
        .executeTakeFirstOrThrow()
    ).lastSeenAt;
  const first = await lastSeen();
  later(0.5);
  await statusOf(token);
  assert.equal(await lastSeen(), first);
  later(0.6);
  await statusOf(token);
  assert.equal(await lastSeen(), now.toISOString());
});

test('my sessions are listed and ended at once; another person’s is not found', async () => {
  await givenAccount(database.db, { loginName: 'two-devices' });
  await givenAccount(database.db, { loginName: 'stranger' });
  const here = await signInForTest(app, 'two-devices');
  const there = await signInForTest(app, 'two-devices');
  const stranger = await signInForTest(app, 'stranger');
  const list = await callEndpoint(app, 'accounts.listMySessions', {}, { token: here });
  assert.equal(list.text.match(/"id"/g)?.length, 2);
  const other = await database.db
    .selectFrom('accounts.session')
    .select('id')
    .where('tokenHash', '=', secretTokenHash(there))
    .executeTakeFirstOrThrow();
  const input = { sessionId: other.id };
  assert.equal((await callEndpoint(app, 'accounts.endMySession', input, { token: stranger })).status, 404);
  assert.equal(await statusOf(there), 200);
  assert.equal((await callEndpoint(app, 'accounts.endMySession', input, { token: here })).status, 200);
  assert.equal(await statusOf(there), 401);
  const third = await signInForTest(app, 'two-devices');
  const ended = await callEndpoint(app, 'accounts.endMyOtherSessions', {}, { token: here });
  assert.deepEqual(ended.body, { ended: 1 });
  assert.equal(await statusOf(third), 401);
  assert.equal(await statusOf(here), 200);
});

test('an appointment or duty that ended yesterday gives nothing today, in open sessions too', async () => {
  const schoolId = await givenSchool(database.db, '青禾小学');
  const personId = await givenPerson(database.db, { name: '程知微', schoolId });
  const accountId = await givenAccount(database.db, { personId, loginName: 'chengzw', duties: ['audit'] });
  await database.db
    .insertInto('organisation.appointment')
    .values({ id: newId(), personId, schoolId, post: 'principal', activeFrom: '2024-01-01', source: 'test' })
    .execute();
  const token = await signInForTest(app, 'chengzw');
  const before = await callEndpoint(app, 'accounts.whoAmI', {}, { token });
  assert.match(before.text, /青禾小学 校长/);
  assert.match(before.text, /审计管理员/);
  assert.equal(await statusOf(token, 'accounts.listAuditEntries'), 200);
  const today = now.toISOString().slice(0, 10);
  await database.db
    .updateTable('organisation.appointment')
    .set({ activeTo: today })
    .where('personId', '=', personId)
    .execute();
  await database.db
    .updateTable('accounts.duty')
    .set({ activeTo: today })
    .where('accountId', '=', accountId)
    .execute();
  const afterwards = await callEndpoint(app, 'accounts.whoAmI', {}, { token });
  assert.equal(afterwards.status, 200);
  assert.ok(!afterwards.text.includes('校长') && !afterwards.text.includes('审计'));
  assert.equal(await statusOf(token, 'accounts.listAuditEntries'), 403);
});

test('a token nobody was given opens nothing', async () => {
  for (const token of ['', 'x', 'a'.repeat(43), 'a'.repeat(500), "' or 1=1 --"])
    assert.equal(await statusOf(encodeURIComponent(token)), 401);
});
