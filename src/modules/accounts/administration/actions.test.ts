import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { startTestApp } from '../../../app-testing.ts';
import {
  callEndpoint,
  givenAccount,
  givenPerson,
  givenSchool,
  goodPassword,
  signInForTest,
} from '../testing.ts';
import { slip } from './contract.ts';

const now = new Date('2024-03-04T01:00:00Z');
const { app, database } = await startTestApp({ now: () => now });
const { db } = database;
const slipsAnswer = z.object({ slips: z.array(slip), remaining: z.number().optional() });

await givenAccount(db, { loginName: 'sys', duties: ['system'] });
await givenAccount(db, { loginName: 'sec', duties: ['security'] });
await givenAccount(db, { loginName: 'aud', duties: ['audit'] });
const system = await signInForTest(app, 'sys');
const security = await signInForTest(app, 'sec');
const audit = await signInForTest(app, 'aud');

const accountOf = (loginName: string) =>
  db.selectFrom('accounts.account').selectAll().where('loginName', '=', loginName).executeTakeFirstOrThrow();
const call = (token: string, endpoint: string, input: unknown) =>
  callEndpoint(app, `accounts.${endpoint}`, input, { token });

test('accounts for a school’s people: every slip signs in, nobody gets two, and the passwords are kept nowhere', async () => {
  const schoolId = await givenSchool(db, '柳岸小学');
  const twins = await Promise.all([
    givenPerson(db, { name: '柳一舟', pinyin: 'liu yi zhou', schoolId }),
    givenPerson(db, { name: '柳一舟', pinyin: 'liu yi zhou', schoolId }),
  ]);
  await givenPerson(db, { name: '甘露', pinyin: 'gan lu', staffNumber: 'FN7001', schoolId });
  await givenPerson(db, { name: '莫问', pinyin: 'mo wen', phone: '13811112222', schoolId });
  await givenPerson(db, { name: '莫愁', pinyin: 'mo chou', phone: '13833334444', schoolId });
  await givenPerson(db, { name: '莫言路', pinyin: 'mo yan lu', phone: '13833334444', schoolId });
  await givenPerson(db, { name: '外校人' });

  const before = await call(system, 'listRosterWithoutAccount', { schoolId, post: null });
  assert.match(before.text, /"total":6/);
  const answer = await call(system, 'createAccounts', { schoolId, post: null });
  const { slips, remaining } = slipsAnswer.parse(answer.body);
  assert.equal(slips.length, 6);
  assert.equal(remaining, 0);
  assert.deepEqual(
    slips.map(({ signInAs }) => signInAs).sort(),
    ['13811112222', 'FN7001', 'liuyizhou', 'liuyizhou2', 'mochou', 'moyanlu'],
    'a phone of two people is no sign-in name',
  );
  for (const { signInAs, oneTimePassword } of slips) {
    const answered = await callEndpoint(app, 'accounts.signIn', {
      identifier: signInAs,
      password: oneTimePassword,
    });
    assert.deepEqual(answered.body, { mustChangePassword: true }, `${signInAs}: ${answered.text}`);
  }
  const again = slipsAnswer.parse((await call(system, 'createAccounts', { schoolId, post: null })).body);
  assert.deepEqual(again.slips, []);
  const stored = JSON.stringify([
    await db.selectFrom('platform.auditEntry').selectAll().execute(),
    await db.selectFrom('platform.answeredRequest').selectAll().execute(),
    await db.selectFrom('accounts.account').selectAll().execute(),
  ]);
  for (const { oneTimePassword } of slips) assert.ok(!stored.includes(oneTimePassword));
  const created = await db
    .selectFrom('platform.auditEntry')
    .select('objectId')
    .where('action', '=', 'accounts.account-created')
    .execute();
  assert.equal(created.length, 6);
  assert.equal(twins.length, 2);
});

test('a repeated creation is not carried out twice and does not show passwords again', async () => {
  const schoolId = await givenSchool(db, '再按小学');
  await givenPerson(db, { name: '再按一', staffNumber: 'FN-AGAIN', schoolId });
  const key = newId();
  const input = { schoolId, post: null };
  const first = await callEndpoint(app, 'accounts.createAccounts', input, { token: system, key });
  const second = await callEndpoint(app, 'accounts.createAccounts', input, { token: system, key });
  assert.equal(first.status, 200);
  assert.equal(second.status, 409);
  assert.match(second.text, /只显示一次/);
});

test('holders of a post can be chosen', async () => {
  const schoolId = await givenSchool(db, '择岗小学');
  const principal = await givenPerson(db, { name: '择岗长', schoolId });
  await givenPerson(db, { name: '择岗师', schoolId });
  await db
    .insertInto('organisation.appointment')
    .values({
      id: newId(),
      personId: principal,
      schoolId,
      post: 'principal',
      activeFrom: '2024-01-01',
      source: 't',
    })
    .execute();
  const answer = await call(system, 'listRosterWithoutAccount', { schoolId, post: 'principal' });
  assert.match(answer.text, /"total":1/);
  assert.match(answer.text, /择岗长/);
});

test('a reset shows one password once, ends the sessions, and is audited', async () => {
  await givenAccount(db, { loginName: 'forgot' });
  const token = await signInForTest(app, 'forgot');
  const account = await accountOf('forgot');
  const input = { accountId: account.id, version: account.version };
  for (const [who, status] of [
    [security, 403],
    [audit, 403],
    [token, 403],
  ] as const)
    assert.equal((await call(who, 'resetPassword', input)).status, status);
  const answer = await call(system, 'resetPassword', input);
  const password = slipsAnswer.parse(answer.body).slips[0]?.oneTimePassword ?? '';
  assert.match(password, /^[a-z3-9]{4}-[a-z3-9]{4}-[a-z3-9]{4}$/);
  assert.equal((await callEndpoint(app, 'accounts.whoAmI', {}, { token })).status, 401);
  const old = { identifier: 'forgot', password: goodPassword };
  assert.equal((await callEndpoint(app, 'accounts.signIn', old)).status, 422);
  const fresh = { identifier: 'forgot', password };
  assert.deepEqual((await callEndpoint(app, 'accounts.signIn', fresh)).body, { mustChangePassword: true });
  assert.equal(
    (await call(system, 'resetPassword', input)).status,
    409,
    'a page seen before the reset is old',
  );
  const entry = await db
    .selectFrom('platform.auditEntry')
    .selectAll()
    .where('action', '=', 'accounts.password-reset')
    .where('objectId', '=', account.id)
    .executeTakeFirstOrThrow();
  assert.equal(entry.outcome, 'done');
});

test('the roster’s administrator cannot take over another administrator’s account', async () => {
  for (const loginName of ['sec', 'aud']) {
    const account = await accountOf(loginName);
    const input = { accountId: account.id, version: account.version };
    assert.equal((await call(system, 'resetPassword', input)).status, 403);
    assert.equal((await call(system, 'disableAccount', { ...input, reason: '试一试' })).status, 403);
  }
  const own = await accountOf('sys');
  const self = { accountId: own.id, version: own.version };
  assert.equal((await call(system, 'resetPassword', self)).status, 403);
});

test('a disabled account is out at once and back when enabled', async () => {
  await givenAccount(db, { loginName: 'paused' });
  const token = await signInForTest(app, 'paused');
  const account = await accountOf('paused');
  const input = { accountId: account.id, version: account.version };
  assert.equal((await call(system, 'disableAccount', { ...input, reason: '调离' })).status, 200);
  assert.equal((await callEndpoint(app, 'accounts.whoAmI', {}, { token })).status, 401);
  const sign = { identifier: 'paused', password: goodPassword };
  assert.equal((await callEndpoint(app, 'accounts.signIn', sign)).status, 403);
  assert.equal((await call(system, 'enableAccount', input)).status, 409, 'older version');
  const enable = { ...input, version: account.version + 1 };
  assert.equal((await call(system, 'enableAccount', enable)).status, 200);
  assert.equal((await callEndpoint(app, 'accounts.signIn', sign)).status, 200);
});

test('the list filters, pages without loss, masks phones, and refuses a broken cursor', async () => {
  const schoolId = await givenSchool(db, '长卷小学');
  for (let index = 0; index < 12; index += 1)
    await givenPerson(db, {
      name: `长卷${index}`,
      pinyin: `chang juan ${index % 3}`,
      staffNumber: `CJ${index}`,
      phone: `1370000${String(index).padStart(4, '0')}`,
      schoolId,
    });
  await call(system, 'createAccounts', { schoolId, post: null });
  const rowsAnswer = z.object({
    rows: z.array(z.object({ name: z.string(), phone: z.string().nullable(), state: z.string() })),
    nextCursor: z.string().nullable(),
  });
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page = rowsAnswer.parse((await call(system, 'listAccounts', { schoolId, cursor, limit: 5 })).body);
    names.push(...page.rows.map(({ name }) => name));
    for (const row of page.rows) assert.match(row.phone ?? '', /^137\*{4}\d{4}$/);
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.equal(names.length, 12);
  assert.equal(new Set(names).size, 12);
  const found = await call(system, 'listAccounts', { text: 'CJ7' });
  assert.match(found.text, /长卷7/);
  assert.match((await call(system, 'listAccounts', { state: 'disabled' })).text, /"rows":\[\]/);
  assert.match((await call(system, 'listAccounts', { duty: 'audit' })).text, /"loginName":"aud"/);
  for (const broken of ['x', 'W10', Buffer.from('["a","b"]').toString('base64url')])
    assert.ok((await call(system, 'listAccounts', { cursor: broken })).status < 500, broken);
});

test('fields nobody asked for change nothing', async () => {
  const answer = await call(system, 'createSeparateAccount', {
    loginName: 'extra-fields',
    displayName: '多余字段',
    duties: ['audit'],
    duty: 'security',
    mustChangePassword: false,
    passwordHash: 'x',
    id: '00000000-0000-7000-8000-000000000000',
  });
  assert.equal(answer.status, 200);
  const account = await accountOf('extra-fields');
  assert.equal(account.mustChangePassword, true);
  assert.match(account.passwordHash ?? '', /^\$argon2id/);
  assert.notEqual(account.id, '00000000-0000-7000-8000-000000000000');
  const duties = await db
    .selectFrom('accounts.duty')
    .selectAll()
    .where('accountId', '=', account.id)
    .execute();
  assert.deepEqual(duties, []);
});
