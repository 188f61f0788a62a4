import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '../../../app-testing.ts';
import { ensureFirstAdministrator, recoverAdministrator, sweepAccounts } from '../first-start/actions.ts';
import { callEndpoint, givenAccount, goodPassword, signInForTest } from '../testing.ts';
import { defaultSecurityRules } from './contract.ts';

let now = new Date('2024-03-04T01:00:00Z');
const { app, database } = await startTestApp({ now: () => now });
const { db } = database;
const call = (token: string, endpoint: string, input: unknown) =>
  callEndpoint(app, `accounts.${endpoint}`, input, { token });

let admin = '';
test('the first start makes one administrator, with a random password that is told once', async () => {
  const [one, two] = await Promise.all([
    ensureFirstAdministrator(db, now),
    ensureFirstAdministrator(db, now),
  ]);
  const first = one ?? two;
  assert.ok(first !== null && (one === null) !== (two === null), 'two starts at once make one');
  assert.equal(await ensureFirstAdministrator(db, now), null);
  const muchLater = new Date(now.getTime() + 15 * 86_400_000);
  const renewed = await ensureFirstAdministrator(db, muchLater);
  assert.notEqual(renewed, null, 'expired without one sign-in: a new one');
  assert.notEqual(renewed?.oneTimePassword, first.oneTimePassword);
  const token = await signInForTest(app, 'admin', renewed?.oneTimePassword ?? '');
  const changed = await call(token, 'changePassword', { current: null, next: goodPassword });
  admin = changed.token ?? '';
  const me = await call(admin, 'whoAmI', {});
  assert.match(me.text, /"duties":\["security","system"\]/);
  assert.equal(await ensureFirstAdministrator(db, new Date('2030-01-01T00:00:00Z')), null);
});

test('the first administrator gives security away and keeps the roster; audit goes to a third', async () => {
  const securityId = await givenAccount(db, { loginName: 'second' });
  const auditId = await givenAccount(db, { loginName: 'third' });
  const own = await db
    .selectFrom('accounts.account')
    .select('id')
    .where('loginName', '=', 'admin')
    .executeTakeFirstOrThrow();
  assert.equal((await call(admin, 'grantDuty', { accountId: own.id, duty: 'audit' })).status, 403);
  assert.equal((await call(admin, 'listAuditEntries', {})).status, 403);
  assert.equal((await call(admin, 'grantDuty', { accountId: auditId, duty: 'audit' })).status, 200);
  assert.equal((await call(admin, 'grantDuty', { accountId: auditId, duty: 'security' })).status, 409);
  assert.equal((await call(admin, 'endDuty', { accountId: own.id, duty: 'security' })).status, 409);
  const granted = await call(admin, 'grantDuty', { accountId: securityId, duty: 'security' });
  assert.deepEqual(granted.body, { ended: [{ accountId: own.id, duty: 'security' }] });
  assert.match((await call(admin, 'whoAmI', {})).text, /"duties":\["system"\]/);
  assert.equal((await call(admin, 'grantDuty', { accountId: auditId, duty: 'audit' })).status, 403);

  const second = await signInForTest(app, 'second');
  assert.equal((await call(second, 'endDuty', { accountId: securityId, duty: 'security' })).status, 409);
  assert.equal((await call(second, 'endDuty', { accountId: own.id, duty: 'system' })).status, 409);
  assert.equal((await call(second, 'createAccounts', { schoolId: null, post: null })).status, 403);
  const third = await signInForTest(app, 'third');
  const log = await call(third, 'listAuditEntries', { action: 'accounts.duty-granted' });
  assert.equal(log.status, 200);
  assert.match(log.text, /"keptMonths":6/);
  assert.match(log.text, /security/);
  for (const endpoint of ['grantDuty', 'endDuty', 'unlockAccount', 'changeSecurityRules', 'disableAccount'])
    assert.notEqual((await call(third, endpoint, { accountId: own.id, duty: 'system' })).status, 200);
  assert.equal((await call(second, 'endDuty', { accountId: auditId, duty: 'audit' })).status, 200);
  assert.equal((await call(third, 'listAuditEntries', {})).status, 403, 'at once, in the open session');
});

test('a locked account is listed, unlocked by the security duty only, and audited', async () => {
  const accountId = await givenAccount(db, { loginName: 'jammed' });
  const second = await signInForTest(app, 'second');
  for (let guess = 0; guess < 6; guess += 1)
    await callEndpoint(app, 'accounts.signIn', { identifier: 'jammed', password: 'Wrong-pass-1' });
  assert.match((await call(second, 'listAccounts', { state: 'locked' })).text, /"loginName":"jammed"/);
  assert.equal((await call(admin, 'unlockAccount', { accountId })).status, 403);
  assert.equal((await call(second, 'unlockAccount', { accountId })).status, 200);
  assert.equal((await call(second, 'unlockAccount', { accountId })).status, 409);
  await signInForTest(app, 'jammed');
});

test('sessions of others are seen and ended by the security duty', async () => {
  const accountId = await givenAccount(db, { loginName: 'watched' });
  const token = await signInForTest(app, 'watched');
  const second = await signInForTest(app, 'second');
  assert.equal((await call(admin, 'listSessionsOf', { accountId })).status, 403);
  assert.match((await call(second, 'listSessionsOf', { accountId })).text, /10\.0\.0\.1/);
  const ended = await call(second, 'endSessionsOf', { accountId, sessionId: null });
  assert.deepEqual(ended.body, { ended: 1 });
  assert.equal((await call(token, 'whoAmI', {})).status, 401);
});

test('security rules are changed from today on, within bounds, and not over another’s change', async () => {
  const second = await signInForTest(app, 'second');
  const rules = { ...defaultSecurityRules, failuresBeforeLock: 3 };
  assert.equal((await call(admin, 'changeSecurityRules', { rules, version: 'default' })).status, 403);
  assert.equal((await call(second, 'changeSecurityRules', { rules, version: 'default' })).status, 200);
  assert.equal((await call(second, 'changeSecurityRules', { rules, version: 'default' })).status, 409);
  const weak = { ...rules, minimumLength: 4 };
  assert.equal((await call(second, 'changeSecurityRules', { rules: weak, version: 'default' })).status, 400);
  await givenAccount(db, { loginName: 'three-tries' });
  const guess = { identifier: 'three-tries', password: 'Wrong-pass-1' };
  const statuses = [];
  for (let count = 0; count < 4; count += 1)
    statuses.push((await callEndpoint(app, 'accounts.signIn', guess)).status);
  assert.deepEqual(statuses, [422, 422, 422, 403]);
});

test('the sweep removes what serves nobody and leaves open sessions', async () => {
  const token = await signInForTest(app, 'watched');
  now = new Date(now.getTime() + 60_000);
  await sweepAccounts(db, now);
  assert.equal((await call(token, 'whoAmI', {})).status, 200);
  await sweepAccounts(db, new Date(now.getTime() + 60 * 86_400_000));
  assert.deepEqual(await db.selectFrom('accounts.session').select('id').execute(), []);
  assert.deepEqual(await db.selectFrom('accounts.failedAttempt').select('key').execute(), []);
});

test('an administrator who lost the password gets a new one on the command line, and nobody else does', async () => {
  const loginName = 'lost';
  const accountId = await givenAccount(db, { loginName });
  assert.equal(await recoverAdministrator(db, loginName, now), null, 'holds no duty');
  await db
    .insertInto('accounts.duty')
    .values({ accountId, duty: 'system', activeFrom: '2020-01-01', grantedBy: accountId })
    .execute();
  const session = await signInForTest(app, loginName, goodPassword);
  const recovered = await recoverAdministrator(db, loginName, now);
  assert.equal((await call(session, 'whoAmI', {})).status, 401, 'open sessions end');
  const renewed = await signInForTest(app, loginName, recovered?.oneTimePassword ?? '');
  assert.match((await call(renewed, 'whoAmI', {})).text, /"mustChangePassword":true/);
});
