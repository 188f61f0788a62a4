import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '../../../app-testing.ts';
import {
  type Answer,
  callEndpoint,
  givenAccount,
  givenPerson,
  goodPassword,
  signInForTest,
} from '../testing.ts';

const now = new Date('2024-03-04T01:00:00Z');
const { app, database } = await startTestApp({ now: () => now });

const change = (token: string, current: string | null, next: string, key?: string): Promise<Answer> =>
  callEndpoint(
    app,
    'accounts.changePassword',
    { current, next },
    key === undefined ? { token } : { token, key },
  );
const signInStatus = async (identifier: string, password: string): Promise<number> =>
  (await callEndpoint(app, 'accounts.signIn', { identifier, password })).status;
const whoAmIStatus = async (token: string): Promise<number> =>
  (await callEndpoint(app, 'accounts.whoAmI', {}, { token })).status;

test('a first password replaces the one-time one, whose slip is then worth nothing', async () => {
  await givenAccount(database.db, {
    loginName: 'first',
    password: 'abcdefgh3456',
    mustChange: true,
    oneTimeExpiresAt: '2024-04-01T00:00:00Z',
  });
  const token = await signInForTest(app, 'first', 'abcd-efgh-3456');
  assert.equal((await change(token, null, 'abcd-EFGH-3456')).status, 422, 'the slip again');
  const answer = await change(token, null, goodPassword);
  assert.deepEqual(answer.body, { outcome: 'changed' }, answer.text);
  assert.equal(await whoAmIStatus(token), 401, 'the old token is dead');
  assert.equal(await whoAmIStatus(answer.token ?? ''), 200);
  const me = await callEndpoint(app, 'accounts.whoAmI', {}, { token: answer.token });
  assert.match(me.text, /"mustChangePassword":false/);
  assert.equal(await signInStatus('first', 'abcd-efgh-3456'), 422);
  assert.equal(await signInStatus('first', goodPassword), 200);
});

test('changing a password asks for the present one, and ends the other sessions', async () => {
  await givenAccount(database.db, { loginName: 'changer' });
  const here = await signInForTest(app, 'changer');
  const there = await signInForTest(app, 'changer');
  const refused = await change(here, 'Not-mine-99', 'Another-fish.58');
  assert.match(refused.text, /现在的密码不对/);
  assert.equal((await change(here, null, 'Another-fish.58')).body instanceof Object, true);
  assert.match((await change(here, null, 'Another-fish.58')).text, /refused/);
  assert.equal(await whoAmIStatus(there), 200);
  const answer = await change(here, goodPassword, 'Another-fish.58');
  assert.deepEqual(answer.body, { outcome: 'changed' });
  assert.equal(await whoAmIStatus(there), 401);
  assert.equal(await whoAmIStatus(here), 401);
  assert.equal(await whoAmIStatus(answer.token ?? ''), 200);
  assert.equal(await signInStatus('changer', goodPassword), 422);
});

test('guesses at the present password are counted like guesses at sign-in, also at once', async () => {
  await givenAccount(database.db, { loginName: 'stolen' });
  const token = await signInForTest(app, 'stolen');
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => change(token, `Guess-${index}-x`, 'Another-fish.58')),
  );
  assert.equal(answers.filter(({ text }) => text.includes('现在的密码不对')).length, 5);
  assert.equal(answers.filter(({ text }) => text.includes('次数太多')).length, 7);
  assert.equal(await signInStatus('stolen', goodPassword), 403);
});

test('the rules are told, and a password against them is refused with what is wrong', async () => {
  const personId = await givenPerson(database.db, {
    name: '裴云舟',
    pinyin: 'pei yun zhou',
    staffNumber: 'FN88231',
  });
  await givenAccount(database.db, { personId, name: '裴云舟' });
  const token = await signInForTest(app, 'FN88231');
  const rules = await callEndpoint(app, 'accounts.readPasswordRules', {}, { token });
  assert.deepEqual(rules.body, { minimumLength: 8, kindsRequired: 3, maximumAgeDays: null });
  for (const [next, expected] of [
    ['short1A', /至少要 8/],
    ['My-PeiYunZhou-1', /拼音/],
    ['My-fn88231-x', /工号/],
    ['Password123', /太常见/],
    [goodPassword, /不能与现在的密码相同/],
  ] as const) {
    const answer = await change(token, goodPassword, next);
    assert.equal(answer.status, 422, next);
    assert.match(answer.text, expected);
  }
});

test('the same request twice changes once', async () => {
  await givenAccount(database.db, { loginName: 'double-tap' });
  const token = await signInForTest(app, 'double-tap');
  const key = '018e0000-0000-7000-8000-000000000001';
  const first = await change(token, goodPassword, 'Another-fish.58', key);
  const again = await change(first.token ?? '', goodPassword, 'Another-fish.58', key);
  assert.deepEqual(again.body, first.body);
});
