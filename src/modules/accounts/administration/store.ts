import { sql } from 'kysely';
import type { Duty } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { likeLiteral } from '#platform/database/like.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { decodeCursor, encodeCursor } from '#platform/keyset.ts';
import type { TargetAccount } from '../policy.ts';
import type { AccountState, RosterFilter } from './contract.ts';

export interface AccountFilter {
  readonly text: string;
  readonly schoolId: string | null;
  readonly state: AccountState | null;
  readonly duty: Duty | null;
}

const activeDuties = (on: Day) => sql<Duty[]>`array(
  select duty.duty from accounts.duty
  where duty.account_id = account.id and duty.active_from <= ${on}
    and (duty.active_to is null or duty.active_to > ${on})
  order by duty.duty)`;

const sortKey = sql<string>`coalesce(person.name_pinyin, account.login_name::text, '')`;

/** By pinyin, then id. */
export const listAccountRows = async (
  db: Queryable,
  filter: AccountFilter & { readonly cursor: string | null; readonly limit: number },
  now: Date,
  today: Day,
) => {
  const at = now.toISOString();
  let query = db
    .selectFrom('accounts.account as account')
    .leftJoin('organisation.person as person', 'person.id', 'account.personId')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .leftJoin('accounts.failedAttempt as attempt', (join) =>
      join
        .on('attempt.kind', '=', 'account')
        .on((on) => on(sql<string>`account.id::text`, '=', on.ref('attempt.key')))
        .on('attempt.lockedUntil', '>', at),
    )
    .select([
      'account.id',
      'account.personId',
      'account.displayName as name',
      'account.loginName',
      'person.staffNumber',
      'person.phone',
      'school.name as schoolName',
      'account.disabledAt',
      'account.disabledReason',
      'attempt.lockedUntil',
      'account.oneTimeExpiresAt',
      'account.lastSignedInAt',
      'account.version',
      activeDuties(today).as('duties'),
      sortKey.as('sortKey'),
    ]);
  if (filter.text !== '') {
    const part = `%${likeLiteral(filter.text)}%`;
    query = query.where((is) =>
      is.or([
        is('account.displayName', 'like', part),
        is('person.namePinyin', 'like', part.toLowerCase()),
        is('person.staffNumber', '=', filter.text),
        is('person.phone', '=', filter.text),
        is('account.loginName', 'like', part),
      ]),
    );
  }
  if (filter.schoolId !== null) query = query.where('person.homeSchoolId', '=', filter.schoolId);
  if (filter.duty !== null) query = query.where(sql<boolean>`${filter.duty} = any(${activeDuties(today)})`);
  if (filter.state === 'disabled') query = query.where('account.disabledAt', 'is not', null);
  if (filter.state !== null && filter.state !== 'disabled')
    query = query.where('account.disabledAt', 'is', null);
  if (filter.state === 'locked') query = query.where('attempt.lockedUntil', 'is not', null);
  if (filter.state === 'first-password') query = query.where('account.oneTimeExpiresAt', 'is not', null);
  if (filter.state === 'in-use')
    query = query.where('account.oneTimeExpiresAt', 'is', null).where('attempt.lockedUntil', 'is', null);
  if (filter.cursor !== null) {
    const after = decodeCursor(filter.cursor, ['sortKey', 'id']);
    query = query.where(sql<boolean>`(${sortKey}, account.id) > (${after.sortKey}, ${after.id}::uuid)`);
  }
  const found = await query
    .orderBy(sortKey)
    .orderBy('account.id')
    .limit(filter.limit + 1)
    .execute();
  const rows = found.slice(0, filter.limit);
  const last = found.length > rows.length ? rows.at(-1) : undefined;
  return {
    rows: rows.map(({ sortKey: _sorted, ...row }) => row),
    nextCursor: last === undefined ? null : encodeCursor([last.sortKey, last.id]),
  };
};

const onRoster = (today: Day) =>
  sql<boolean>`person.active_from <= ${today} and (person.active_to is null or person.active_to > ${today})`;

export const countRosterBySchool = (db: Queryable, today: Day) =>
  db
    .selectFrom('organisation.person as person')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .leftJoin('accounts.account as account', 'account.personId', 'person.id')
    .where(onRoster(today))
    .groupBy(['school.id', 'school.name'])
    .select([
      'school.id as schoolId',
      sql<string>`coalesce(school.name, '未登记学校')`.as('schoolName'),
      sql<number>`count(*)`.as('people'),
      sql<number>`count(account.id)`.as('withAccount'),
    ])
    .orderBy('school.name')
    .execute();

const withoutAccount = (db: Queryable, filter: RosterFilter, today: Day) => {
  let query = db
    .selectFrom('organisation.person as person')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .leftJoin('accounts.account as account', 'account.personId', 'person.id')
    .where('account.id', 'is', null)
    .where(onRoster(today));
  if (filter.schoolId !== null) query = query.where('person.homeSchoolId', '=', filter.schoolId);
  if (filter.post !== null)
    query = query.where(
      sql<boolean>`exists (
        select from organisation.appointment
        where appointment.person_id = person.id and appointment.post = ${filter.post}
          and appointment.active_from <= ${today}
          and (appointment.active_to is null or appointment.active_to > ${today}))`,
    );
  return query;
};

export const countPeopleWithoutAccount = async (
  db: Queryable,
  filter: RosterFilter,
  today: Day,
): Promise<number> => {
  const row = await withoutAccount(db, filter, today)
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
};

/** By school, then pinyin: the order in which slips are cut and handed out. */
export const listPeopleWithoutAccount = (db: Queryable, filter: RosterFilter, today: Day, limit: number) =>
  withoutAccount(db, filter, today)
    .select([
      'person.id as personId',
      'person.name',
      'person.namePinyin',
      'person.staffNumber',
      'person.phone',
      'school.name as schoolName',
    ])
    .orderBy('school.name')
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .limit(limit)
    .execute();

/** Staff numbers and phones that more than one person of the roster has. */
export const listSharedIdentifiers = async (db: Queryable, identifiers: readonly string[], today: Day) => {
  const { rows } = await sql<{ identifier: string }>`
    select person.phone as identifier from organisation.person as person
    where person.phone = any(${identifiers}) and ${onRoster(today)}
    group by person.phone having count(*) > 1
  `.execute(db);
  return new Set(rows.map((row) => row.identifier));
};

/** Login names in use, in small letters. */
export const listLoginNames = async (db: Queryable): Promise<Set<string>> => {
  const rows = await db
    .selectFrom('accounts.account')
    .select('loginName')
    .where('loginName', 'is not', null)
    .execute();
  return new Set(rows.map((row) => (row.loginName ?? '').toLowerCase()));
};

export interface NewAccount {
  readonly personId: string | null;
  readonly loginName: string | null;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly oneTimeExpiresAt: Date;
}

/** Answers the account's id, or `undefined` where the person has one by now. */
export const insertAccount = async (db: Queryable, account: NewAccount): Promise<string | undefined> => {
  const row = await db
    .insertInto('accounts.account')
    .values({ id: newId(), ...account, oneTimeExpiresAt: account.oneTimeExpiresAt.toISOString() })
    .onConflict((target) => target.column('personId').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
};

export interface ManagedAccount extends TargetAccount {
  readonly displayName: string;
  readonly loginName: string | null;
  readonly staffNumber: string | null;
  readonly phone: string | null;
  readonly schoolName: string | null;
  readonly disabledAt: string | null;
  readonly version: number;
}

/** One account, locked for the transaction. */
export const findManagedAccount = (
  db: Queryable,
  accountId: string,
  today: Day,
): Promise<ManagedAccount | undefined> =>
  db
    .selectFrom('accounts.account as account')
    .leftJoin('organisation.person as person', 'person.id', 'account.personId')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .where('account.id', '=', accountId)
    .select([
      'account.id',
      'account.displayName',
      'account.loginName',
      'person.staffNumber',
      'person.phone',
      'school.name as schoolName',
      'account.disabledAt',
      'account.version',
      activeDuties(today).as('duties'),
    ])
    .forUpdate('account')
    .executeTakeFirst();

/** `reason: null` enables the account again. */
export const markDisabled = async (
  db: Queryable,
  accountId: string,
  set: { readonly at: Date; readonly reason: string } | null,
): Promise<void> => {
  await db
    .updateTable('accounts.account')
    .set((is) => ({
      disabledAt: set === null ? null : set.at.toISOString(),
      disabledReason: set?.reason ?? null,
      version: is('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .execute();
};

export const countVersion = async (db: Queryable, accountId: string): Promise<void> => {
  await db
    .updateTable('accounts.account')
    .set((is) => ({ version: is('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute();
};
