import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Queryable } from '#platform/database/database.ts';
import {
  failJob,
  finishJob,
  leaseMs,
  putBackJob,
  releaseJob,
  renewLease,
  type TakenJob,
  takeJob,
} from './jobs.ts';

/** The thing itself cannot be done, and not tomorrow either; `reason` is kept with the job. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
  readonly reason: string;

  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/** Keeps what was done, in the transaction in which the job ends. */
export type KeepResult = (transaction: Queryable) => Promise<void>;

export interface JobHandler {
  readonly kind: string;
  /** Ends soon once the signal is given. Throws `JobFailed` for what will not do. */
  readonly run: (key: string, signal: AbortSignal) => Promise<KeepResult>;
}

/** How often somebody looks whether there is something to do. */
const lookEveryMs = 1_000;
/** When the database is away; a job that failed by itself is not in the way of the next. */
const pauseAfterFaultMs = 10_000;

/** Keeps the lease until `work` has ended; gives the signal when the job is somebody else's. */
const whileLeased = async <Result>(
  db: Database,
  job: TakenJob,
  lost: AbortController,
  work: Promise<Result>,
): Promise<Result> => {
  const timer = setInterval(() => {
    renewLease(db, job).then(
      (renewed) => (renewed ? undefined : lost.abort()),
      // The database is away: the lease runs out by itself, and the end of the job notices.
      (error: unknown) => console.error(`lease of ${job.kind} ${job.key}:`, error),
    );
  }, leaseMs / 3);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
};

const doJob = async (
  db: Database,
  { run }: JobHandler,
  job: TakenJob,
  stopping: AbortSignal,
): Promise<void> => {
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  try {
    const keep = await whileLeased(db, job, lost, run(job.key, signal));
    await db.transaction().execute(async (transaction) => {
      if (await finishJob(transaction, job)) await keep(transaction);
    });
  } catch (error) {
    if (stopping.aborted) return releaseJob(db, job);
    if (lost.signal.aborted) return;
    if (error instanceof JobFailed) return failJob(db, job, error.reason);
    console.error(`job ${job.kind} ${job.key}:`, error);
    await putBackJob(db, job);
  }
};

const work = async (db: Database, handler: JobHandler, stopping: AbortSignal): Promise<void> => {
  const pause = (ms: number): Promise<unknown> =>
    delay(ms, undefined, { signal: stopping, ref: false }).catch(() => undefined);
  while (!stopping.aborted)
    try {
      const job = await takeJob(db, handler.kind);
      if (job === undefined) await pause(lookEveryMs);
      else await doJob(db, handler, job, stopping);
    } catch (error) {
      console.error(`jobs of kind ${handler.kind}:`, error);
      await pause(pauseAfterFaultMs);
    }
};

/** Does jobs, one of each kind at a time. The returned function stops: what is begun goes back into the queue. */
export const startJobs = (db: Database, handlers: readonly JobHandler[]): (() => Promise<void>) => {
  const stopping = new AbortController();
  const running = handlers.map((handler) => work(db, handler, stopping.signal));
  return async () => {
    stopping.abort();
    await Promise.all(running);
  };
};
