import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { traverseContractProcedures } from '@orpc/server';
import { z } from 'zod';
import { callEndpoint, givenAccount, signInForTest } from '#modules/accounts/testing.ts';
import { aBody, anAppointment, aPerson, aSchool, aTerm } from '#modules/classroom/testing.ts';
import { createTestFiles } from '#platform/files/testing.ts';
import { newId } from '#platform/ids.ts';
import { isRecord } from '#platform/is-record.ts';
import { createRouter } from './app.ts';
import { startTestApp } from './app-testing.ts';

const { app, database } = await startTestApp();
const { db } = database;

const schemas = new Map<string, unknown>();
traverseContractProcedures(
  { router: createRouter({ demo: false, files: createTestFiles() }), path: [] },
  ({ contract, path }) => {
    const { inputSchema } = contract['~orpc'];
    if (inputSchema instanceof z.ZodType)
      schemas.set(path.join('.'), z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }));
  },
);

/** Ids of rows that exist, by the name of the field, so that a call gets past "not found". */
const known: Record<string, string> = {};

/** A value that fits a schema; where several would, the first. */
const sample = (schema: unknown, name = ''): unknown => {
  if (!isRecord(schema)) return null;
  if ('const' in schema) return schema['const'];
  const [first] = [schema['enum'], schema['anyOf'], schema['oneOf']].find(Array.isArray) ?? [];
  if (Array.isArray(schema['enum'])) return first;
  if (first !== undefined) return sample(first, name);
  switch (schema['type']) {
    case 'object': {
      const properties = isRecord(schema['properties']) ? schema['properties'] : {};
      return Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, sample(one, key)]));
    }
    case 'array':
      return [sample(schema['items'], name)];
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1));
    case 'boolean':
      return true;
    case 'string':
      if (schema['format'] === 'uuid') return known[name] ?? newId();
      if (schema['format'] === 'date') return '2024-03-20';
      return name === 'month' ? '2024-03' : name === 'phone' ? '13800000000' : '文字文字';
    default:
      return null;
  }
};

type Path = readonly (string | number)[];

const leaves = (value: unknown, path: Path = []): (readonly [Path, unknown])[] => {
  if (Array.isArray(value))
    return [[path, value], ...value.flatMap((one, index) => leaves(one, [...path, index]))];
  if (isRecord(value)) return Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]));
  return [[path, value]];
};

const replaced = (value: unknown, [head, ...rest]: Path, by: unknown): unknown => {
  if (head === undefined) return by;
  if (Array.isArray(value))
    return value.map((one, index) => (index === head ? replaced(one, rest, by) : one));
  return isRecord(value) ? { ...value, [head]: replaced(value[head], rest, by) } : value;
};

const hostileTexts = [
  '文\0字',
  '\ud800',
  '%_\\',
  "'; select 1 --",
  '-'.repeat(36),
  '0000-01-01',
  '9999-12-31',
  '0000-01',
  '9999-12',
  '0000-00-00_00000000-0000-7000-8000-000000000000',
  '9999-99-99_------------------------------------',
  `zhang|${'-'.repeat(36)}`,
  Buffer.from(JSON.stringify(['x', '-'.repeat(36)])).toString('base64url'),
  Buffer.from(JSON.stringify(['9999-99-99', '01900000-0000-7000-8000-000000000000'])).toString('base64url'),
  'x',
  '長'.repeat(300_000),
];
const hostileNumbers = [0, -0, -1, 1.5, 2 ** 31, 2 ** 53 - 1, 1e308];
const hostileArrays = (one: unknown): unknown[] => [[], Array.from({ length: 70_000 }, () => one ?? 1)];

const hostile = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return hostileArrays(value[0]);
  if (typeof value === 'number') return hostileNumbers;
  return typeof value === 'string' ? [...hostileTexts, newId()] : [newId(), '\0', 2 ** 53 - 1];
};

const tokens: string[] = [];
before(async () => {
  const school = await aSchool(db, { name: '第一学校' });
  const officer = await aPerson(db, { name: '全能', schoolId: school.id, subjects: ['mathematics'] });
  const other = await aPerson(db, { name: '旁人', schoolId: school.id });
  const { id: termId } = await aTerm(db);
  const { id: groupId } = await db
    .selectFrom('organisation.body')
    .select('id')
    .where('kind', '=', 'leading-group')
    .executeTakeFirstOrThrow();
  const { id: officeId } = await db
    .selectFrom('organisation.body')
    .select('id')
    .where('kind', '=', 'research-office')
    .executeTakeFirstOrThrow();
  await anAppointment(db, officer.id, { post: 'principal', schoolId: school.id });
  await anAppointment(db, officer.id, { post: 'head', bodyId: groupId });
  await anAppointment(db, officer.id, { post: 'research-officer', bodyId: officeId });
  const consortium = await aBody(db, { kind: 'consortium', stage: 'primary' });
  Object.assign(known, {
    schoolId: school.id,
    personId: other.id,
    teacherId: other.id,
    termId,
    bodyId: officeId,
  });
  Object.assign(known, { homeSchoolId: school.id, consortiumId: consortium });
  await givenAccount(db, { loginName: 'officer', personId: officer.id });
  await givenAccount(db, { loginName: 'keeper', duties: ['system', 'security', 'audit'] });
  tokens.push(await signInForTest(app, 'keeper'), await signInForTest(app, 'officer'));
});

/** What would end the test's own sessions, or costs a password hash a call, is left out. */
const leftOut = /^accounts\.(sign|end|changePassword|createAccounts|createSeparate|resetPassword|grantDuty)/;

/** The administrator where that account may at all, else the person with the posts. */
const whoMay = async (endpoint: string): Promise<string | undefined> => {
  if (leftOut.test(endpoint)) return undefined;
  for (const token of tokens)
    if ((await callEndpoint(app, endpoint, 'x', { token })).status !== 403) return token;
  return undefined;
};

/** Without the optional fields beside the one that is spoilt, so that it is what decides. */
const only = (schema: unknown, whole: unknown, [head]: Path): unknown => {
  if (!isRecord(schema) || !isRecord(whole)) return whole;
  const required = new Set<unknown>(Array.isArray(schema['required']) ? schema['required'] : []);
  return Object.fromEntries(Object.entries(whole).filter(([key]) => key === head || required.has(key)));
};

test('no endpoint breaks on any field, whatever stands in it', { timeout: 600_000 }, async (context) => {
  const bugs: string[] = [];
  // The log of bugs is what this test is about; it prints its own list.
  context.mock.method(console, 'error', (_text: string, error: unknown) => {
    bugs.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  });
  const found: string[] = [];
  for (const [endpoint, schema] of schemas) {
    const whole = sample(schema);
    const token = await whoMay(endpoint);
    if (token === undefined) continue;
    for (const [path, value] of [[[], undefined] as const, ...leaves(whole)])
      for (const by of path.length === 0 ? [whole, [], 'x', null] : hostile(value)) {
        bugs.length = 0;
        const input = replaced(only(schema, whole, path), path, by);
        if ((await callEndpoint(app, endpoint, input, { token })).status < 500) continue;
        found.push(`${endpoint} ${path.join('.')} = ${JSON.stringify(by)?.slice(0, 60)}: ${bugs[0]}`);
      }
  }
  assert.deepEqual([...new Set(found)], []);
});

test('an address with what the database cannot keep is refused, on every way a file goes', async () => {
  const [, officer = ''] = tokens;
  const [keeper = ''] = tokens;
  const headers = (token: string) => ({
    cookie: `yanxun=${token}`,
    'content-type': 'application/octet-stream',
    'idempotency-key': newId(),
  });
  for (const spoilt of ['%00', '%E6%96%87%00', '0000-01-01', '-'.repeat(36)]) {
    for (const url of [
      `/files/circulars/${spoilt}/docx`,
      `/files/circulars/${spoilt}/pdf`,
      `/files/organisation/appendix/${spoilt}`,
      `/files/organisation/appendix/1?on=${spoilt}`,
    ]) {
      const { statusCode } = await app.inject({ url, headers: { cookie: `yanxun=${officer}` } });
      assert.ok(statusCode >= 400 && statusCode < 500, `${url}: ${statusCode}`);
    }
    const url = `/files/organisation/roster?name=${spoilt}&kind=${spoilt}&on=${spoilt}&fileName=${spoilt}`;
    const { statusCode } = await app.inject({ method: 'POST', url, headers: headers(keeper), payload: 'x' });
    assert.ok(statusCode < 500, `${url}: ${statusCode}`);
  }
});
