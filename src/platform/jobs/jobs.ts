import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';

/** A piece of work that outlasts a request, about one thing: the same work on the same thing is one job. */
export interface JobName {
  readonly kind: string;
  readonly key: string;
}

export interface TakenJob extends JobName {
  /** Says whose it is, as long as nobody else has taken it up. */
  readonly lease: string;
}

/** A process that does not renew its lease within this time counts as gone. */
export const leaseMs = 30_000;
/** A job that was begun so often and not ended is not begun again: it may be what ended the process. */
const mostAttempts = 3;
export const interrupted = 'interrupted';

const leaseEnd = sql<string>`clock_timestamp() + ${`${leaseMs} milliseconds`}::interval`;

/** In the transaction that needs the work. What is asked for already, or has failed, stays as it is. */
export const askForJob = async (db: Queryable, { kind, key }: JobName): Promise<void> => {
  await db
    .insertInto('platform.job')
    .values({ kind, key })
    .onConflict((target) => target.columns(['kind', 'key']).doNothing())
    .execute();
};

/** A failed one waits again, at the end of the queue; false where there is none. */
export const askAgain = async (db: Queryable, { kind, key }: JobName): Promise<boolean> => {
  const asked = await db
    .updateTable('platform.job')
    .set({ state: 'waiting', reason: null, attempts: 0, askedAt: sql`clock_timestamp()` })
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('state', '=', 'failed')
    .returning('key')
    .executeTakeFirst();
  return asked !== undefined;
};

/** All of a kind that failed for one reason, which no longer holds, wait again. */
export const askAgainForAll = async (db: Queryable, kind: string, reason: string): Promise<void> => {
  await db
    .updateTable('platform.job')
    .set({ state: 'waiting', reason: null, attempts: 0 })
    .where('kind', '=', kind)
    .where('state', '=', 'failed')
    .where('reason', '=', reason)
    .execute();
};

/** The oldest that waits, or whose process is gone; undefined where nothing is to be done. Two never take one. */
export const takeJob = async (db: Queryable, kind: string): Promise<TakenJob | undefined> => {
  const lease = newId();
  const { rows } = await sql<JobName & { state: string }>`
    with next as (
      select kind, key from platform.job
      where kind = ${kind} and (state = 'waiting' or (state = 'running' and leased_until < clock_timestamp()))
      order by asked_at limit 1 for update skip locked)
    update platform.job as job set
      state = case when attempts >= ${mostAttempts} then 'failed' else 'running' end,
      reason = case when attempts >= ${mostAttempts} then ${interrupted} end,
      lease = case when attempts >= ${mostAttempts} then null else ${lease}::uuid end,
      leased_until = case when attempts >= ${mostAttempts} then null else ${leaseEnd} end,
      attempts = attempts + 1
    from next where job.kind = next.kind and job.key = next.key
    returning job.kind, job.key, job.state`.execute(db);
  const [taken] = rows;
  return taken?.state === 'running' ? { kind: taken.kind, key: taken.key, lease } : undefined;
};

const held = (db: Queryable, { kind, key, lease }: TakenJob) =>
  db.updateTable('platform.job').where('kind', '=', kind).where('key', '=', key).where('lease', '=', lease);

/** False: somebody else has taken it up meanwhile, or it failed as one that was begun too often. */
export const renewLease = async (db: Queryable, job: TakenJob): Promise<boolean> =>
  (await held(db, job).set({ leasedUntil: leaseEnd }).returning('key').executeTakeFirst()) !== undefined;

/** In the transaction that holds the result; false where the job is no longer one's own, and the result is not to be kept. */
export const finishJob = async (db: Queryable, { kind, key, lease }: TakenJob): Promise<boolean> => {
  const done = await db
    .deleteFrom('platform.job')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('lease', '=', lease)
    .returning('key')
    .executeTakeFirst();
  return done !== undefined;
};

export const failJob = async (db: Queryable, job: TakenJob, reason: string): Promise<void> => {
  await held(db, job).set({ state: 'failed', reason, lease: null, leasedUntil: null }).execute();
};

/** Back into the queue as if it had not been begun: the server is being stopped. */
export const releaseJob = async (db: Queryable, job: TakenJob): Promise<void> => {
  await held(db, job)
    .set({ state: 'waiting', lease: null, leasedUntil: null, attempts: sql`attempts - 1` })
    .execute();
};

/** To the end of the queue, after a fault that was not its own. */
export const putBackJob = async (db: Queryable, job: TakenJob): Promise<void> => {
  await held(db, job)
    .set({ state: 'waiting', lease: null, leasedUntil: null, askedAt: sql`clock_timestamp()` })
    .execute();
};

export interface JobState extends JobName {
  readonly state: 'waiting' | 'running' | 'failed';
  readonly reason: string | null;
}

/** Of things; what has no job has none to wait for. */
export const listJobStates = (db: Queryable, keys: readonly string[]): Promise<JobState[]> =>
  db
    .selectFrom('platform.job')
    .where(sql<boolean>`key = any(${[...keys]}::text[])`)
    .select(['kind', 'key', sql<JobState['state']>`state`.as('state'), 'reason'])
    .execute();
