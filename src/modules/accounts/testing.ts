import type { FastifyInstance } from 'fastify';
import type { Duty } from '#modules/organisation/contract.ts';
import type { Database } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { isRecord } from '#platform/is-record.ts';
import { hashPassword } from '#platform/password-hash.ts';

export const goodPassword = 'Laoyu-tang.37';

export const givenPerson = async (
  db: Database,
  person: { name: string; staffNumber?: string; phone?: string; schoolId?: string; pinyin?: string },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.person')
    .values({
      id,
      name: person.name,
      namePinyin: person.pinyin ?? 'ceshi',
      nameInitials: 'cs',
      staffNumber: person.staffNumber ?? null,
      phone: person.phone ?? null,
      homeSchoolId: person.schoolId ?? null,
      activeFrom: '2020-01-01',
    })
    .execute();
  return id;
};

export const givenSchool = async (db: Database, name: string): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.school')
    .values({ id, name, kind: 'primary', stages: ['primary'], activeFrom: '2020-01-01' })
    .execute();
  return id;
};

export interface GivenAccount {
  readonly personId?: string;
  readonly loginName?: string;
  readonly name?: string;
  readonly password?: string;
  readonly mustChange?: boolean;
  readonly oneTimeExpiresAt?: string;
  readonly duties?: readonly Duty[];
}

/** An account in use with `goodPassword`, unless said otherwise. */
export const givenAccount = async (db: Database, given: GivenAccount): Promise<string> => {
  const id = newId();
  await db
    .insertInto('accounts.account')
    .values({
      id,
      personId: given.personId ?? null,
      loginName: given.loginName ?? null,
      displayName: given.name ?? '测试账号',
      passwordHash: await hashPassword(given.password ?? goodPassword, { memoryKib: 19_456, passes: 3 }),
      mustChangePassword: given.mustChange ?? false,
      oneTimeExpiresAt: given.oneTimeExpiresAt ?? null,
      passwordChangedAt: '2024-01-01T00:00:00Z',
    })
    .execute();
  for (const duty of given.duties ?? [])
    await db.insertInto('accounts.duty').values({ accountId: id, duty, activeFrom: '2020-01-01' }).execute();
  return id;
};

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The session's token, when the answer set one; empty text when it removed it. */
  readonly token: string | undefined;
  readonly text: string;
}

export interface Call {
  readonly token?: string | undefined;
  readonly address?: string;
  readonly headers?: Record<string, string>;
  /** One of its own unless given. */
  readonly key?: string;
}

/** Calls one endpoint over HTTP as a browser would. */
export const callEndpoint = async (
  app: FastifyInstance,
  endpoint: string,
  input: unknown,
  call: Call = {},
): Promise<Answer> => {
  const response = await app.inject({
    method: 'POST',
    url: `/rpc/${endpoint.replaceAll('.', '/')}`,
    remoteAddress: call.address ?? '10.0.0.1',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': call.key ?? newId(),
      ...(call.token === undefined ? {} : { cookie: `yanxun=${call.token}` }),
      ...call.headers,
    },
    payload: JSON.stringify({ json: input }),
  });
  const parsed: unknown = response.body === '' ? null : JSON.parse(response.body);
  return {
    status: response.statusCode,
    body: isRecord(parsed) && 'json' in parsed ? parsed['json'] : parsed,
    token: response.cookies.find((cookie) => cookie.name === 'yanxun')?.value,
    text: response.body,
  };
};

/** Signs in and answers the session's token. */
export const signInForTest = async (
  app: FastifyInstance,
  identifier: string,
  password: string = goodPassword,
  address = '10.0.0.1',
): Promise<string> => {
  const answer = await callEndpoint(app, 'accounts.signIn', { identifier, password }, { address });
  if (answer.token === undefined) throw new Error(`sign-in failed: ${answer.status} ${answer.text}`);
  return answer.token;
};
