import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createTestDatabase } from '#platform/testing.ts';
import {
  askAgain,
  askForJob,
  failJob,
  finishJob,
  interrupted,
  listJobStates,
  renewLease,
  takeJob,
} from './jobs.ts';
import { JobFailed, type JobHandler, startJobs } from './worker.ts';

const { db } = await createTestDatabase();

const ask = async (kind: string, ...keys: string[]): Promise<void> => {
  for (const key of keys) await askForJob(db, { kind, key });
};
const stateOf = async (kind: string, key: string): Promise<string> => {
  const state = (await listJobStates(db, [key])).find((job) => job.kind === kind);
  return state === undefined ? 'gone' : (state.reason ?? state.state);
};
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await delay(20);
};
/** As if the process that holds it were gone for long. */
const loseLease = (key: string) =>
  db
    .updateTable('platform.job')
    .set({ leasedUntil: '2020-01-01T00:00:00Z' })
    .where('key', '=', key)
    .execute();

describe('jobs', () => {
  it('are one for one thing, and are taken by one, the oldest first', async () => {
    await ask('order', 'first', 'second', 'first');
    const taken = await Promise.all([1, 2, 3].map(() => takeJob(db, 'order')));
    assert.deepEqual(new Set(taken.map((job) => job?.key)), new Set(['first', 'second', undefined]));
    await ask('in order', 'older', 'newer');
    assert.equal((await takeJob(db, 'in order'))?.key, 'older');
    assert.equal(await takeJob(db, 'another kind'), undefined);
  });

  it('of a process that is gone are taken again, and what that process brings late is not kept', async () => {
    await ask('lease', 'lost');
    const before = await takeJob(db, 'lease');
    assert.ok(before);
    assert.equal(await takeJob(db, 'lease'), undefined);
    assert.equal(await renewLease(db, before), true);
    await loseLease('lost');
    const after = await takeJob(db, 'lease');
    assert.equal(after?.key, 'lost');
    assert.equal(await renewLease(db, before), false);
    assert.equal(await finishJob(db, before), false);
    await failJob(db, before, 'late');
    assert.equal(await stateOf('lease', 'lost'), 'running');
    assert.equal(await finishJob(db, after), true);
    assert.equal(await stateOf('lease', 'lost'), 'gone');
  });

  it('at which the process ended three times are not begun again until somebody asks', async () => {
    await ask('deadly', 'it');
    for (let time = 0; time < 3; time += 1) {
      assert.ok(await takeJob(db, 'deadly'));
      await loseLease('it');
    }
    assert.equal(await takeJob(db, 'deadly'), undefined);
    assert.equal(await stateOf('deadly', 'it'), interrupted);
    await ask('deadly', 'it');
    assert.equal(await stateOf('deadly', 'it'), interrupted);
    assert.equal(await askAgain(db, { kind: 'deadly', key: 'it' }), true);
    assert.ok(await takeJob(db, 'deadly'));
  });

  it('are done by several processes, each once; a bad one is marked and is not in the way', async () => {
    const done: string[] = [];
    const keys = Array.from({ length: 12 }, (_, at) => `thing ${at}`);
    const handler: JobHandler = {
      kind: 'work',
      run: async (key) => {
        if (key === 'thing 3') throw new JobFailed('broken');
        await delay(5);
        return async () => {
          done.push(key);
          await Promise.resolve();
        };
      },
    };
    await ask('work', ...keys);
    const stops = [startJobs(db, [handler]), startJobs(db, [handler])];
    await until(async () => (await listJobStates(db, keys)).every(({ state }) => state === 'failed'));
    await Promise.all(stops.map((stop) => stop()));
    assert.deepEqual(done.toSorted(), keys.filter((key) => key !== 'thing 3').toSorted());
    assert.equal(await stateOf('work', 'thing 3'), 'broken');
  });

  it('that are under way when the server is stopped wait for its next start, as if they had not been begun', async () => {
    await ask('stopped', 'long');
    const begun = Promise.withResolvers<undefined>();
    const stop = startJobs(db, [
      {
        kind: 'stopped',
        run: async (_key, signal) => {
          begun.resolve(undefined);
          await delay(600_000, undefined, { signal });
          return () => Promise.resolve();
        },
      },
    ]);
    await begun.promise;
    await stop();
    const row = await db
      .selectFrom('platform.job')
      .select(['state', 'attempts'])
      .where('key', '=', 'long')
      .executeTakeFirst();
    assert.deepEqual(row, { state: 'waiting', attempts: 0 });
  });

  it('keep nothing where keeping the result fails, and are tried again', async () => {
    await ask('fault', 'it');
    let tries = 0;
    const stop = startJobs(db, [
      {
        kind: 'fault',
        run: () =>
          Promise.resolve(async (transaction) => {
            await askForJob(transaction, { kind: 'left by a fault', key: 'it' });
            tries += 1;
            if (tries === 1) throw new Error('expected by the test');
          }),
      },
    ]);
    await until(async () => (await stateOf('fault', 'it')) === 'gone');
    await stop();
    assert.equal(tries, 2);
    assert.equal(await stateOf('left by a fault', 'it'), 'waiting');
  });
});
