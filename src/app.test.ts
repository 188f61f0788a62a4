import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traverseContractProcedures } from '@orpc/server';
import { callEndpoint, givenAccount, signInForTest } from '#modules/accounts/testing.ts';
import { createTestFiles } from '#platform/files/testing.ts';
import { createRouter } from './app.ts';
import { startTestApp } from './app-testing.ts';

const files = createTestFiles();
const { app, database } = await startTestApp();
const { app: demo } = await startTestApp({ database, demo: true });

const endpointsOf = (options: { demo: boolean }): string[] => {
  const names: string[] = [];
  traverseContractProcedures({ router: createRouter({ ...options, files }), path: [] }, ({ path }) => {
    names.push(path.join('.'));
  });
  return names.sort();
};
const endpoints = endpointsOf({ demo: false });
const withoutSession = new Set(['accounts.signIn', 'accounts.readSignInOptions']);
const withOneTimePassword = new Set([
  'accounts.whoAmI',
  'accounts.signOut',
  'accounts.readPasswordRules',
  'accounts.changePassword',
]);

test('every endpoint answers 401 without a session, whatever the input, but for signing in', async () => {
  assert.ok(endpoints.length > 20);
  for (const endpoint of endpoints)
    for (const input of [{}, null, 'x', { id: 1 }]) {
      const { status, text } = await callEndpoint(app, endpoint, input);
      if (withoutSession.has(endpoint)) assert.ok(status === 400 || status === 200, endpoint);
      else {
        assert.equal(status, 401, `${endpoint}: ${text}`);
        assert.match(text, /请重新登录/);
      }
    }
});

test('with a one-time password every endpoint answers 403 but those for changing it', async () => {
  await givenAccount(database.db, { loginName: 'fresh', mustChange: true, duties: ['system'] });
  const token = await signInForTest(app, 'fresh');
  for (const endpoint of endpoints.filter((one) => !withoutSession.has(one))) {
    if (endpoint === 'accounts.signOut') continue;
    const { status, text } = await callEndpoint(app, endpoint, {}, { token });
    if (withOneTimePassword.has(endpoint)) assert.notEqual(status, 403, endpoint);
    else {
      assert.equal(status, 403, `${endpoint}: ${text}`);
      assert.match(text, /请先设置自己的密码/);
    }
  }
  const bye = await callEndpoint(app, 'accounts.signOut', {}, { token });
  assert.equal(bye.status, 200);
});

test('an account without post or duty reads nothing that belongs to administrators', async () => {
  await givenAccount(database.db, { loginName: 'nobody-in-particular' });
  const token = await signInForTest(app, 'nobody-in-particular');
  const own = new Set([...withOneTimePassword, 'accounts.listMySessions', 'accounts.endMySession']);
  for (const endpoint of endpoints)
    if (endpoint.startsWith('accounts.') && !own.has(endpoint) && !withoutSession.has(endpoint)) {
      const { status } = await callEndpoint(app, endpoint, {}, { token });
      assert.equal(status, endpoint === 'accounts.endMyOtherSessions' ? 200 : 403, endpoint);
    }
});

test('a request from another site’s page is refused before anything is read', async () => {
  await givenAccount(database.db, { loginName: 'lured' });
  const token = await signInForTest(app, 'lured');
  const foreign: readonly Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of foreign)
    for (const endpoint of endpoints) {
      const answer = await callEndpoint(app, endpoint, {}, { token, headers });
      assert.equal(answer.status, 403, `${endpoint} ${JSON.stringify(headers)}`);
      assert.match(answer.text, /不是从本系统的页面发出/);
    }
  const own = {
    origin: 'http://yanxun.example:3000',
    host: 'yanxun.example:3000',
    'sec-fetch-site': 'same-origin',
  };
  assert.equal((await callEndpoint(app, 'accounts.whoAmI', {}, { token, headers: own })).status, 200);
});

test('a form post does nothing', async () => {
  await givenAccount(database.db, { loginName: 'posted' });
  const token = await signInForTest(app, 'posted');
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    const response = await app.inject({
      method: 'POST',
      url: '/rpc/accounts/endMyOtherSessions',
      headers: { 'content-type': type, cookie: `yanxun=${token}` },
      payload: '{"json":{}}',
    });
    assert.ok(response.statusCode >= 400 && response.statusCode < 500, `${type}: ${response.statusCode}`);
  }
});

test('signing in without a password exists in the demonstration only', async () => {
  assert.ok(!endpoints.some((endpoint) => endpoint.startsWith('demoSignIn')));
  const role = { role: 'system' };
  assert.equal((await callEndpoint(app, 'demoSignIn.signInAsDemo', role)).status, 404);
  assert.equal(
    (await callEndpoint(demo, 'demoSignIn.signInAsDemo', role)).status,
    404,
    'no such account yet',
  );
  await givenAccount(database.db, { loginName: 'demo-system', duties: ['system'] });
  const answer = await callEndpoint(demo, 'demoSignIn.signInAsDemo', role);
  assert.equal(answer.status, 200);
  assert.match((await callEndpoint(demo, 'accounts.whoAmI', {}, answer)).text, /"demo":true/);
  const listed = await callEndpoint(demo, 'demoSignIn.listDemoAccounts', {});
  assert.match(listed.text, /系统管理员/);
  assert.deepEqual(
    endpointsOf({ demo: true }).filter((endpoint) => !endpoints.includes(endpoint)),
    ['demoSignIn.listDemoAccounts', 'demoSignIn.signInAsDemo'],
  );
});

test('signing in takes the same time for an unknown name as for a wrong password', async () => {
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const elapsed = async (identifier: string, index: number): Promise<number> => {
    const from = performance.now();
    const call = { address: `10.77.0.${index}` };
    await callEndpoint(app, 'accounts.signIn', { identifier, password: 'Wrong-pass-1' }, call);
    return performance.now() - from;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    await givenAccount(database.db, { loginName: `timed-${round}` });
    known.push(await elapsed(`timed-${round}`, round));
    unknown.push(await elapsed(`untimed-${round}`, round));
  }
  // A hundred times apart if the hash were skipped; the margin leaves room for a busy machine.
  const ratio = median(unknown) / median(known);
  assert.ok(ratio > 0.5 && ratio < 2, `unknown ${median(unknown)} ms, known ${median(known)} ms`);
  assert.ok(median(known) > 15, `a password check of ${median(known)} ms costs a guesser too little`);
});
