import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { IdentifierMatch } from './rules.ts';

/** Everything a typed identifier could mean; people who have left the district are not found. */
export const listIdentifierMatches = async (
  db: Queryable,
  identifier: string,
  on: Day,
): Promise<IdentifierMatch[]> => {
  const { rows } = await sql<IdentifierMatch>`
    select 'login-name' as kind, account.id as account_id
    from accounts.account
    left join organisation.person on person.id = account.person_id
    where account.login_name = ${identifier}
      and (person.id is null or person.active_to is null or person.active_to > ${on})
    union all
    select case when person.staff_number = ${identifier} then 'staff-number'
                when person.phone = ${identifier} then 'phone' else 'name' end,
           account.id
    from organisation.person
    left join accounts.account on account.person_id = person.id
    where (person.staff_number = ${identifier} or person.phone = ${identifier} or person.name = ${identifier})
      and (person.active_to is null or person.active_to > ${on})
  `.execute(db);
  return rows;
};

export interface SignInAccount {
  readonly id: string;
  readonly personId: string | null;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly mustChangePassword: boolean;
  readonly oneTimeExpiresAt: string | null;
  readonly passwordChangedAt: string | null;
  readonly disabledAt: string | null;
  readonly holdsDuty: boolean;
}

export const findSignInAccount = (
  db: Queryable,
  accountId: string,
  on: Day,
): Promise<SignInAccount | undefined> =>
  db
    .selectFrom('accounts.account')
    .where('id', '=', accountId)
    .select([
      'id',
      'personId',
      'displayName',
      'passwordHash',
      'mustChangePassword',
      'oneTimeExpiresAt',
      'passwordChangedAt',
      'disabledAt',
      sql<boolean>`exists (
        select from accounts.duty
        where duty.account_id = account.id and duty.active_from <= ${on}
          and (duty.active_to is null or duty.active_to > ${on}))`.as('holdsDuty'),
    ])
    .executeTakeFirst();

export interface AttemptKey {
  readonly kind: 'account' | 'unknown-name';
  readonly key: string;
}

/**
 * Counts one attempt before its password is looked at. `admitted: false` means locked: then nothing is counted
 * and the password must not be looked at. One statement, so that parallel guesses cannot pass together.
 */
export const countAttempt = async (
  db: Queryable,
  { kind, key }: AttemptKey,
  limit: { readonly failures: number; readonly minutes: number },
  now: Date,
): Promise<{ admitted: boolean; lockedUntil: string | null }> => {
  const at = now.toISOString();
  const count = sql`case
    when attempt.locked_until is not null
      or attempt.last_failed_at <= ${at}::timestamptz - make_interval(mins => ${limit.minutes}) then 1
    else attempt.failed_count + 1 end`;
  const counted = await sql<{ lockedUntil: string | null }>`
    insert into accounts.failed_attempt as attempt (kind, key, failed_count, last_failed_at)
    values (${kind}, ${key}, 1, ${at})
    on conflict (kind, key) do update set
      failed_count = ${count},
      last_failed_at = ${at},
      locked_until = case when ${count} >= ${limit.failures}
        then ${at}::timestamptz + make_interval(mins => ${limit.minutes}) end
    where attempt.locked_until is null or attempt.locked_until <= ${at}
    returning locked_until
  `.execute(db);
  const row = counted.rows[0];
  if (row !== undefined) return { admitted: true, lockedUntil: row.lockedUntil };
  const locked = await db
    .selectFrom('accounts.failedAttempt')
    .select('lockedUntil')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst();
  return { admitted: false, lockedUntil: locked?.lockedUntil ?? null };
};

export const removeAttempts = async (db: Queryable, { kind, key }: AttemptKey): Promise<boolean> => {
  const result = await db
    .deleteFrom('accounts.failedAttempt')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
};

/** How fast an address's bucket empties. */
const drainedPerSecond = 1 / 3;

/** Adds one attempt to a network's bucket; answers the seconds to wait when it is full, else 0. */
export const loadNetwork = async (
  db: Queryable,
  network: string,
  burst: number,
  now: Date,
): Promise<number> => {
  const at = now.toISOString();
  const drained = sql`greatest(0, load.level
    - ${drainedPerSecond} * greatest(0, extract(epoch from ${at}::timestamptz - load.updated_at))::float8)`;
  const result = await sql`
    insert into accounts.address_load as load (network, level, updated_at)
    values (network(${network}::inet), 1, ${at})
    on conflict (network) do update set level = ${drained} + 1, updated_at = ${at}
    where ${drained} + 1 <= ${burst}::float8
    returning level
  `.execute(db);
  return result.rows.length > 0 ? 0 : Math.ceil(1 / drainedPerSecond);
};

/** A success does not count against the address it came from. */
export const unloadNetwork = async (db: Queryable, network: string): Promise<void> => {
  await sql`update accounts.address_load set level = greatest(0, level - 1)
    where network = network(${network}::inet)`.execute(db);
};

/** Forgets counters that have long lost their meaning. */
export const removeStaleCounters = async (db: Queryable, before: Date): Promise<void> => {
  const at = before.toISOString();
  await db
    .deleteFrom('accounts.failedAttempt')
    .where('lastFailedAt', '<', at)
    .where((is) => is.or([is('lockedUntil', 'is', null), is('lockedUntil', '<', at)]))
    .execute();
  await db.deleteFrom('accounts.addressLoad').where('updatedAt', '<', at).execute();
};

export const markSignedIn = async (
  db: Queryable,
  accountId: string,
  set: { readonly at: Date; readonly mustChangePassword: boolean },
): Promise<void> => {
  await db
    .updateTable('accounts.account')
    .set({ lastSignedInAt: set.at.toISOString(), mustChangePassword: set.mustChangePassword })
    .where('id', '=', accountId)
    .execute();
};
