import { sql } from 'kysely';
import type { Duty } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { HeldPost } from './contract.ts';

export interface LiveSession {
  readonly id: string;
  readonly accountId: string;
  readonly personId: string | null;
  readonly displayName: string;
  readonly mustChangePassword: boolean;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly duties: Duty[];
}

export interface NewSession {
  readonly accountId: string;
  readonly tokenHash: Buffer;
  readonly idleMinutes: number;
  readonly expiresAt: Date;
  readonly address: string;
  readonly device: string;
  readonly now: Date;
}

export const insertSession = async (db: Queryable, session: NewSession): Promise<string> => {
  const id = newId();
  await db
    .insertInto('accounts.session')
    .values({
      id,
      accountId: session.accountId,
      tokenHash: session.tokenHash,
      idleMinutes: session.idleMinutes,
      expiresAt: session.expiresAt.toISOString(),
      createdAt: session.now.toISOString(),
      lastSeenAt: session.now.toISOString(),
      address: session.address,
      device: session.device,
    })
    .execute();
  return id;
};

/** Not ended, not idle for too long, not past its end, of an account that is not disabled and a person still here. */
export const findLiveSession = (
  db: Queryable,
  tokenHash: Buffer,
  now: Date,
  today: Day,
): Promise<LiveSession | undefined> =>
  db
    .selectFrom('accounts.session as session')
    .innerJoin('accounts.account as account', 'account.id', 'session.accountId')
    .leftJoin('organisation.person as person', 'person.id', 'account.personId')
    .where('session.tokenHash', '=', tokenHash)
    .where('session.endedAt', 'is', null)
    .where('session.expiresAt', '>', now.toISOString())
    .where(
      sql<boolean>`session.last_seen_at + make_interval(mins => session.idle_minutes) > ${now.toISOString()}`,
    )
    .where('account.disabledAt', 'is', null)
    .where((is) => is.or([is('person.activeTo', 'is', null), is('person.activeTo', '>', today)]))
    .select([
      'session.id',
      'session.accountId',
      'account.personId',
      'account.displayName',
      'account.mustChangePassword',
      'session.lastSeenAt',
      'session.expiresAt',
      sql<Duty[]>`array(
        select duty.duty from accounts.duty
        where duty.account_id = account.id and duty.active_from <= ${today}
          and (duty.active_to is null or duty.active_to > ${today})
        order by duty.duty)`.as('duties'),
    ])
    .executeTakeFirst();

export const markSessionSeen = async (db: Queryable, sessionId: string, now: Date): Promise<void> => {
  await db
    .updateTable('accounts.session')
    .set({ lastSeenAt: now.toISOString() })
    .where('id', '=', sessionId)
    .execute();
};

/** Ends sessions of one account; `only` names one of them, `except` spares one. Answers how many ended. */
export const endSessions = async (
  db: Queryable,
  accountId: string,
  now: Date,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> => {
  let query = db
    .updateTable('accounts.session')
    .set({ endedAt: now.toISOString() })
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  if (which.except !== undefined) query = query.where('id', '<>', which.except);
  const result = await query.executeTakeFirst();
  return Number(result.numUpdatedRows);
};

export const markSessionToken = async (
  db: Queryable,
  sessionId: string,
  tokenHash: Buffer,
): Promise<{ expiresAt: string }> =>
  db
    .updateTable('accounts.session')
    .set({ tokenHash })
    .where('id', '=', sessionId)
    .returning('expiresAt')
    .executeTakeFirstOrThrow();

export interface SessionRow {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly address: string;
  readonly device: string;
}

export const listLiveSessions = (db: Queryable, accountId: string, now: Date): Promise<SessionRow[]> =>
  db
    .selectFrom('accounts.session')
    .select(['id', 'createdAt', 'lastSeenAt', 'expiresAt', 'address', 'device'])
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now.toISOString())
    .where(sql<boolean>`last_seen_at + make_interval(mins => idle_minutes) > ${now.toISOString()}`)
    .orderBy('lastSeenAt', 'desc')
    .limit(100)
    .execute();

/** Sessions that ended some time ago serve nobody any more. */
export const removeEndedSessions = async (db: Queryable, before: Date): Promise<void> => {
  await db
    .deleteFrom('accounts.session')
    .where((is) =>
      is.or([is('endedAt', '<', before.toISOString()), is('expiresAt', '<', before.toISOString())]),
    )
    .execute();
};

/** A person's posts with the names of the body and the school they are held in. */
export const listHeldPosts = async (
  db: Queryable,
  personId: string,
  on: Day,
): Promise<Omit<HeldPost, 'label'>[]> =>
  db
    .selectFrom('organisation.appointment as appointment')
    .leftJoin('organisation.body as body', 'body.id', 'appointment.bodyId')
    .leftJoin('organisation.school as school', 'school.id', 'appointment.schoolId')
    .where('appointment.personId', '=', personId)
    .where('appointment.activeFrom', '<=', on)
    .where((is) => is.or([is('appointment.activeTo', 'is', null), is('appointment.activeTo', '>', on)]))
    .select([
      'appointment.id as appointmentId',
      sql<HeldPost['post']>`appointment.post`.as('post'),
      sql<HeldPost['bodyKind']>`body.kind`.as('bodyKind'),
      'body.name as bodyName',
      'appointment.schoolId',
      'school.name as schoolName',
      'appointment.gradeFrom',
      'appointment.gradeTo',
      sql<HeldPost['stage']>`coalesce(appointment.stage, body.stage)`.as('stage'),
      sql<HeldPost['subject']>`coalesce(appointment.subject, body.subject)`.as('subject'),
    ])
    .orderBy('appointment.id')
    .execute();
