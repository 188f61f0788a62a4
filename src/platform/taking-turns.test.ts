import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takingTurns } from './taking-turns.ts';

test('heavy work is done one at a time, in order, and what does not fit in the line is refused', async () => {
  const take = takingTurns(2, '请稍后再试。');
  const done: string[] = [];
  let running = 0;
  const gate = Promise.withResolvers<void>();
  const work =
    (name: string, fails = false) =>
    async () => {
      running += 1;
      assert.equal(running, 1);
      await gate.promise;
      running -= 1;
      done.push(name);
      if (fails) throw new Error('failed');
      return name;
    };
  const first = take(work('first', true));
  const failed = assert.rejects(first, /failed/u);
  const [second, third] = [take(work('second')), take(work('third'))];
  await assert.rejects(take(work('fourth')), { kind: 'conflict', message: '请稍后再试。' });
  gate.resolve();
  await failed;
  assert.deepEqual([await second, await third], ['second', 'third']);
  assert.deepEqual(done, ['first', 'second', 'third']);
  assert.equal(await take(work('fifth')), 'fifth');
});
