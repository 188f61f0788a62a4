import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, randomSecretCost } from '#platform/password-hash.ts';
import { startTestApp } from '../../../app-testing.ts';
import { type Answer, callEndpoint, givenAccount, givenPerson, goodPassword } from '../testing.ts';

let now = new Date('2024-03-04T01:00:00Z');
const { app, database } = await startTestApp({ now: () => now });

const signIn = (identifier: string, password: string, address = '10.0.0.1'): Promise<Answer> =>
  callEndpoint(app, 'accounts.signIn', { identifier, password }, { address });

test('staff number, phone, login name and a name nobody shares all sign in; a shared name says what to use', async () => {
  const personId = await givenPerson(database.db, {
    name: '陶小满',
    staffNumber: 'FN1001',
    phone: '13800001001',
  });
  await givenAccount(database.db, { personId, loginName: 'taoxm', name: '陶小满' });
  for (const identifier of [
    'FN1001',
    '13800001001',
    'TaoXM',
    '陶小满',
    '陶 小满',
    '１３８００００１００１',
  ]) {
    const answer = await signIn(identifier, goodPassword);
    assert.equal(answer.status, 200, `${identifier}: ${answer.text}`);
    assert.match(answer.token ?? '', /^[\w-]{43}$/);
  }
  await givenPerson(database.db, { name: '陶小满' });
  const shared = await signIn('陶小满', goodPassword);
  assert.equal(shared.status, 422);
  assert.match(shared.text, /有同名的人，请改用工号或手机号/);
  assert.equal((await signIn('FN1001', goodPassword)).status, 200);
});

test('an unknown name and a wrong password get the same status and the same body', async () => {
  await givenAccount(database.db, { loginName: 'same-body' });
  const wrong = await signIn('same-body', 'Wrong-pass-1');
  const unknown = await signIn('nobody-of-this-name', 'Wrong-pass-1');
  assert.equal(wrong.status, 422);
  assert.equal(unknown.status, wrong.status);
  assert.equal(unknown.text, wrong.text);
  assert.equal(wrong.token, undefined);
});

test('25 guesses at once: exactly the set number looked at, locked, and the right password refused until the lock ends', async () => {
  const accountId = await givenAccount(database.db, { loginName: 'raced' });
  await givenAccount(database.db, { loginName: 'not-touched' });
  const answers = await Promise.all(
    Array.from({ length: 25 }, (_, index) => signIn('raced', `Guess-${index}-x`, `10.1.0.${index}`)),
  );
  assert.equal(answers.filter(({ text }) => text.includes('登录名或密码不对')).length, 5);
  assert.equal(
    answers.filter(({ status, text }) => status === 403 && text.includes('已暂停登录')).length,
    20,
  );
  const entries = await database.db
    .selectFrom('platform.auditEntry')
    .select(['after'])
    .where('objectId', '=', accountId)
    .where('action', '=', 'accounts.sign-in-refused')
    .execute();
  assert.equal(
    entries.filter(({ after: what }) => JSON.stringify(what).includes('wrong-password')).length,
    5,
  );

  const locked = await signIn('raced', goodPassword, '10.1.1.1');
  assert.equal(locked.status, 403);
  assert.match(locked.text, /请在 09:15 以后再试/);
  assert.equal((await signIn('not-touched', goodPassword)).status, 200);
  now = new Date(now.getTime() + 15 * 60_000);
  assert.equal((await signIn('raced', goodPassword)).status, 200, 'the lock ends by itself');
});

test('a name nobody has is locked like any other', async () => {
  const texts = [];
  for (let guess = 0; guess < 6; guess += 1) texts.push((await signIn('ghost', 'Wrong-pass-1')).text);
  assert.match(texts[4] ?? '', /登录名或密码不对/);
  assert.match(texts[5] ?? '', /已暂停登录/);
});

test('a success forgets earlier failures', async () => {
  await givenAccount(database.db, { loginName: 'forgetful' });
  for (let round = 0; round < 3; round += 1) {
    for (let guess = 0; guess < 4; guess += 1)
      assert.equal((await signIn('forgetful', 'Wrong-pass-1')).status, 422);
    assert.equal((await signIn('forgetful', goodPassword)).status, 200);
  }
});

test('many names tried from one address are slowed; another address is not, and successes do not count', async () => {
  const address = '10.9.9.9';
  await givenAccount(database.db, { loginName: 'busy-school' });
  for (let morning = 0; morning < 70; morning += 1)
    assert.equal((await signIn('busy-school', goodPassword, address)).status, 200, `sign-in ${morning}`);
  const answers = [];
  for (let guess = 0; guess < 62; guess += 1)
    answers.push(await signIn(`spray-${guess}`, 'Spring-2024', address));
  assert.equal(answers[59]?.status, 422);
  assert.equal(answers[61]?.status, 403);
  assert.match(answers[61]?.text ?? '', /请 3 秒后再试/);
  assert.equal((await signIn('busy-school', goodPassword, '10.9.9.8')).status, 200);
  now = new Date(now.getTime() + 3000);
  assert.equal((await signIn('busy-school', goodPassword, address)).status, 200, 'slowed, not shut');
});

test('a one-time password works until it expires, with capitals, blanks and hyphens as people type them', async () => {
  await givenAccount(database.db, {
    loginName: 'newcomer',
    mustChange: true,
    oneTimeExpiresAt: new Date(now.getTime() + 86_400_000).toISOString(),
  });
  await database.db
    .updateTable('accounts.account')
    .set({ passwordHash: await hashPassword('abcdefgh3456', randomSecretCost) })
    .where('loginName', '=', 'newcomer')
    .execute();
  for (const typed of ['abcd-efgh-3456', 'ABCD EFGH 3456']) {
    const answer = await signIn('newcomer', typed);
    assert.deepEqual(answer.body, { mustChangePassword: true }, answer.text);
  }
  now = new Date(now.getTime() + 2 * 86_400_000);
  const late = await signIn('newcomer', 'abcd-efgh-3456');
  assert.equal(late.status, 403);
  assert.match(late.text, /已过期/);
  assert.equal(late.token, undefined);
});

test('a disabled account says so only to who knows its password', async () => {
  const id = await givenAccount(database.db, { loginName: 'gone' });
  await database.db
    .updateTable('accounts.account')
    .set({ disabledAt: now.toISOString() })
    .where('id', '=', id)
    .execute();
  assert.match((await signIn('gone', 'Wrong-pass-1')).text, /登录名或密码不对/);
  assert.match((await signIn('gone', goodPassword)).text, /已停用/);
});

test('an account without a password, and a person who has left, cannot sign in', async () => {
  const id = await givenAccount(database.db, { loginName: 'no-password' });
  await database.db
    .updateTable('accounts.account')
    .set({ passwordHash: null })
    .where('id', '=', id)
    .execute();
  assert.equal((await signIn('no-password', goodPassword)).status, 422);
  const personId = await givenPerson(database.db, { name: '离任人', staffNumber: 'FN-LEFT' });
  await givenAccount(database.db, { personId });
  assert.equal((await signIn('FN-LEFT', goodPassword)).status, 200);
  await database.db
    .updateTable('organisation.person')
    .set({ activeTo: '2024-03-01' })
    .where('id', '=', personId)
    .execute();
  assert.equal((await signIn('FN-LEFT', goodPassword)).status, 422);
});

test('a password too old must be changed where a maximum age is set', async () => {
  await givenAccount(database.db, { loginName: 'aged' });
  assert.deepEqual((await signIn('aged', goodPassword)).body, { mustChangePassword: false });
  await database.db
    .insertInto('platform.setting')
    .values({
      id: '01890000-0000-7000-8000-000000000001',
      key: 'accounts.security',
      value: JSON.stringify({ maximumAgeDays: 30 }),
      fromOn: '2024-01-01',
      clause: 'test',
    })
    .execute();
  assert.deepEqual((await signIn('aged', goodPassword)).body, { mustChangePassword: true });
});

test('neither password nor typed name of a failed sign-in stands in the audit log', async () => {
  await signIn('typed-into-the-wrong-field', 'Secret-guess-77');
  const entries = await database.db.selectFrom('platform.auditEntry').selectAll().execute();
  const text = JSON.stringify(entries);
  assert.ok(entries.length > 50);
  assert.ok(!text.includes('Secret-guess-77') && !text.includes(goodPassword));
  assert.ok(!text.includes('typed-into-the-wrong-field'));
});
