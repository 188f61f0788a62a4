import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActiveAppointment, Actor } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { endTarget, listTargets, setTarget } from './actions.ts';

const { db } = await createTestDatabase();

const aPerson = async (name: string): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.person')
    .values({ id, name, namePinyin: name, nameInitials: name, activeFrom: '2020-01-01' })
    .execute();
  return id;
};

const contextOf = (
  on: Queryable,
  personId: string,
  post: 'principal' | 'research-officer',
): ActionContext<Actor> => {
  const accountId = newId();
  const appointment: ActiveAppointment = {
    id: newId(),
    post,
    bodyId: post === 'principal' ? null : newId(),
    bodyKind: post === 'principal' ? null : 'research-office',
    parentBodyId: null,
    schoolId: post === 'principal' ? newId() : null,
    stage: null,
    subject: null,
    gradeFrom: null,
    gradeTo: null,
  };
  const now = new Date('2024-03-20T02:00:00Z');
  return {
    db: on,
    actor: { accountId, personId, name: '某人', appointments: [appointment], duties: [] },
    origin: { accountId, personId, name: '某人', address: '127.0.0.1' },
    sessionId: newId(),
    mustChangePassword: false,
    request: {
      endpoint: 'test',
      address: '127.0.0.1',
      device: 'test',
      idempotencyKey: newId(),
      now,
      setSessionToken: () => undefined,
    },
    now,
    today: '2024-03-20',
  };
};

const refusedAs =
  (kind: Refusal['kind']) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.kind === kind;

const officer = await aPerson('教研员甲');
const wang = await aPerson('校长王');
const li = await aPerson('校长李');
const key = 'obs.principal.term' as const;
const values = { key, clause: '五(一)4', note: '', fromOn: '2024-03-01', amount: 80, replaces: null };

test('the notice has set 170 for principals', async () => {
  const { rows, maySet } = await listTargets(contextOf(db, officer, 'research-officer'));
  assert.equal(maySet, true);
  const [first] = rows;
  assert.deepEqual(
    [first?.post, first?.amount, first?.clause, first?.toOn, first?.setByName],
    ['principal', 170, '五(一)4', null, null],
  );
});

test('a person gets a number of their own; others do not see it; ending it leaves the history', async () => {
  const context = contextOf(db, officer, 'research-officer');
  const { id } = await setTarget(context, { ...values, holder: { personId: wang } });
  const seenBy = async (personId: string) =>
    (await listTargets(contextOf(db, personId, 'principal'))).rows.map((row) => row.id).includes(id);
  assert.deepEqual([await seenBy(wang), await seenBy(li)], [true, false]);

  const none = await setTarget(context, {
    ...values,
    holder: { personId: wang },
    fromOn: '2024-05-01',
    amount: null,
    replaces: id,
  });
  await endTarget(context, { id: none.id, toOn: '2024-06-01' });
  const rows = (await listTargets(context)).rows.filter(({ personId }) => personId === wang);
  assert.deepEqual(
    rows.map(({ amount, fromOn, toOn }) => [amount, fromOn, toOn]),
    [
      [null, '2024-05-01', '2024-06-01'],
      [80, '2024-03-01', '2024-05-01'],
    ],
  );
  const trail = await db
    .selectFrom('platform.auditEntry')
    .where('objectKind', '=', 'plans.target')
    .select('action')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    trail.map(({ action }) => action),
    ['plans.target-set', 'plans.target-set', 'plans.target-ended'],
  );
});

test('who saw an older target is told, and nothing is written', async () => {
  const context = contextOf(db, officer, 'research-officer');
  const { id } = await setTarget(context, { ...values, holder: { personId: li } });
  await assert.rejects(setTarget(context, { ...values, holder: { personId: li } }), refusedAs('conflict'));
  const rows = (await listTargets(context)).rows.filter(({ personId }) => personId === li);
  assert.deepEqual(
    rows.map((row) => row.id),
    [id],
  );
});

test('a post always owes a number, and its target cannot be ended', async () => {
  const context = contextOf(db, officer, 'research-officer');
  const holder = { post: 'principal' } as const;
  await assert.rejects(setTarget(context, { ...values, holder, amount: null }), refusedAs('invalid'));
  const [post] = (await listTargets(context)).rows;
  await assert.rejects(endTarget(context, { id: post?.id ?? '', toOn: '2024-04-01' }), refusedAs('invalid'));
  await assert.rejects(
    setTarget(context, { ...values, holder: { personId: newId() } }),
    refusedAs('not-found'),
  );
});

test('two people setting the first target of one person at once: one is told', async () => {
  const zhao = await aPerson('校长赵');
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map((amount) =>
      db.transaction().execute((transaction) =>
        setTarget(contextOf(transaction, officer, 'research-officer'), {
          ...values,
          amount,
          holder: { personId: zhao },
        }),
      ),
    ),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') assert.ok(refusedAs('conflict')(outcome.reason));
});
