import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  acknowledged,
  begun,
  edited,
  finished,
  isDelivered,
  overridden,
  type Parcel,
  refused,
  reopened,
  retried,
  withAttempt,
} from './outbox.ts';

const same = (one: string, other: string): boolean => one === other;

/** The server's side of the bargain: one answer for each key, a version for each change, no change from a stale one. */
const aServer = () => {
  const answers = new Map<string, number>();
  const applied: string[] = [];
  let version = 0;
  let text = '';
  let isFinished = false;
  return {
    take: ({ key, step, version: from, body }: NonNullable<Parcel<string>['attempt']>): number | null => {
      const known = answers.get(key);
      if (known !== undefined) return known;
      if (from !== version || isFinished) return null;
      if (step === 'finish') isFinished = true;
      else text = body;
      applied.push(`${step} ${body}`);
      version += 1;
      answers.set(key, version);
      return version;
    },
    elsewhere: (body: string): void => {
      text = body;
      version += 1;
    },
    stands: () => ({ version, text, isFinished, applied }),
  };
};

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), body: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finish' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answer lost' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('request lost' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edited while sent' as const), body: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reload' as const) }) },
);

describe('a record on its way', () => {
  it('is neither lost nor done twice, whatever is edited, sent, lost and reloaded in which order', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        const server = aServer();
        let parcel: Parcel<string> = begun(0, '');
        let typed = '';
        let keys = 0;
        let wasFinished = false;
        const send = (arrives: boolean, answered: boolean, meanwhile?: string): void => {
          keys += 1;
          const sent = withAttempt(parcel, `key ${keys}`);
          if (sent === null) return;
          parcel = sent;
          const answer = arrives ? server.take(sent.attempt) : null;
          if (meanwhile !== undefined) {
            parcel = edited(parcel, meanwhile);
            typed = meanwhile;
          }
          if (!arrives || !answered) return;
          assert.notEqual(answer, null, 'one device never meets a conflict with itself');
          parcel = acknowledged(parcel, sent.attempt.key, answer ?? 0, same);
        };
        for (const one of operations) {
          // What is finished on the server is corrected elsewhere; here the story ends.
          if (server.stands().isFinished) break;
          if (one.kind === 'edit') {
            parcel = edited(parcel, one.body);
            typed = one.body;
          } else if (one.kind === 'finish') parcel = finished(parcel);
          else if (one.kind === 'reopen') parcel = reopened(parcel);
          else if (one.kind === 'send') send(true, true);
          else if (one.kind === 'answer lost') send(true, false);
          else if (one.kind === 'request lost') send(false, false);
          else if (one.kind === 'edited while sent' && parcel.attempt?.step !== 'finish' && !parcel.finish)
            send(true, true, one.body);
          else if (one.kind === 'reload') parcel = JSON.parse(JSON.stringify(parcel));
          assert.equal(parcel.body, typed);
          wasFinished = parcel.finish || server.stands().isFinished;
        }
        for (let round = 0; round < 4; round += 1) send(true, true);
        const { text, isFinished, applied } = server.stands();
        assert.equal(isDelivered(parcel), true);
        if (typed !== '' || applied.length > 0) assert.equal(text, typed);
        assert.equal(isFinished, wasFinished);
        assert.equal(applied.filter((one) => one.startsWith('finish')).length, isFinished ? 1 : 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('sends an attempt again as it was, though more has been written since', () => {
    const first = withAttempt(edited(begun(0, ''), '一'), 'a');
    assert.ok(first);
    const again = withAttempt(edited(first, '一二'), 'b');
    assert.deepEqual(again?.attempt, { key: 'a', step: 'save', version: 0, body: '一' });
    const then = withAttempt(acknowledged(again ?? first, 'a', 1, same), 'c');
    assert.deepEqual(then?.attempt, { key: 'c', step: 'save', version: 1, body: '一二' });
  });

  it('stays, with its sentence, when it is refused, and is tried again once changed or by wish', () => {
    const sent = withAttempt(finished(begun(3, '一')), 'a');
    assert.ok(sent);
    const held = refused(sent, 'a', { kind: 'refused', sentence: '同一节课不能记两次。' }, same);
    assert.equal(isDelivered(held), false);
    assert.equal(withAttempt(held, 'b'), null);
    assert.equal(withAttempt(retried(held), 'b')?.attempt.step, 'finish');
    assert.equal(withAttempt(edited(held, '二'), 'b')?.attempt.step, 'save');
  });

  it('refused for what it no longer says, goes on with what it says now', () => {
    const sent = withAttempt(edited(begun(0, ''), '错'), 'a');
    assert.ok(sent);
    const held = refused(edited(sent, '对'), 'a', { kind: 'refused', sentence: '请改正。' }, same);
    assert.equal(withAttempt(held, 'b')?.attempt.body, '对');
  });

  it('changed on another device, waits for a choice and never overwrites', () => {
    const server = aServer();
    const made = withAttempt(edited(begun(0, ''), '手机'), 'a');
    assert.ok(made);
    const known = acknowledged(made, 'a', server.take(made.attempt) ?? 0, same);
    server.elsewhere('平板');
    const late = withAttempt(edited(known, '手机二'), 'b');
    assert.ok(late);
    assert.equal(server.take(late.attempt), null);
    const newer = { version: 2, state: 'draft', savedAt: '', body: '平板' };
    const held = refused(late, 'b', { kind: 'conflict', newer }, same);
    for (const still of [held, edited(held, '手机三'), retried(held), finished(held)])
      assert.equal(withAttempt(still, 'c'), null);
    assert.equal(server.stands().text, '平板');
    const chosen = withAttempt(overridden(held, 2), 'c');
    assert.ok(chosen);
    server.take(chosen.attempt);
    assert.equal(server.stands().text, '手机二');
  });
});
