import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { aMark } from '../testing.ts';
import type { KeptPatrol } from './contract.ts';
import {
  acknowledged,
  blankContent,
  contentOf,
  hasUnsent,
  isDelivered,
  isKeptPatrol,
  keptFrom,
  mergeKept,
  unsentMarks,
  withFinish,
  withMark,
} from './rules.ts';

const id = (kind: number, number: number): string =>
  `00000000-0000-7000-8000-00000000${kind}${String(number).padStart(3, '0')}`;

const blank: KeptPatrol = {
  id: id(1, 1),
  schoolId: id(2, 1),
  schoolName: '学校',
  dayOn: '2024-03-20',
  slot: 2,
  slotText: '第2节',
  offDayReason: '',
  startedAt: '2024-03-20T00:50:00.000Z',
  tiles: [],
  marks: [],
  summary: null,
  finish: null,
  sent: { markIds: [], finish: false },
  receipt: null,
};
const at = '2024-03-20T00:55:00.000Z';
const receipt = { number: 12, at };

type Step = readonly ['tap' | 'undo', number] | readonly ['send'] | readonly ['lost'] | readonly ['reload'];
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('tap' as const, 'undo' as const), fc.integer({ min: 1, max: 4 })),
  fc.constantFrom(['send'] as const, ['lost'] as const, ['reload'] as const),
);

/** As the device keeps it over a reload. */
const reloaded = (patrol: KeptPatrol): KeptPatrol => {
  const kept: unknown = JSON.parse(JSON.stringify(patrol));
  assert.ok(isKeptPatrol(kept));
  return kept;
};

describe('a patrol on a phone', () => {
  it('reaches the server whole, whatever is tapped, lost, reloaded and sent again', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let here = blank;
        let made = 0;
        const server = new Map<string, string>();
        const send = (isAnswered: boolean): void => {
          const marks = unsentMarks(here);
          for (const mark of marks) server.set(mark.id, mark.classId);
          if (isAnswered) here = acknowledged(here, { marks, finish: here.finish !== null }, receipt);
        };
        for (const [what, room = 0] of steps) {
          if (what === 'send' || what === 'lost') send(what === 'send');
          else if (what === 'reload') here = reloaded(here);
          else {
            made += 1;
            const content = blankContent(what === 'tap' ? 'in-order' : 'unseen');
            here = withMark(here, { id: id(4, made), classId: id(3, room), at, ...content });
          }
        }
        here = withFinish(here, { at, summary: '完。' });
        assert.ok(!isDelivered(here));
        send(true);
        assert.ok(isDelivered(here) && !hasUnsent(here));
        for (const mark of here.marks) assert.ok(server.has(mark.id));
      }),
    );
  });

  it('two windows lose nothing to one another', () => {
    const one = withMark(blank, { id: id(4, 1), classId: id(3, 1), at, ...blankContent('in-order') });
    const other = withMark(blank, { id: id(4, 2), classId: id(3, 2), at, ...blankContent('in-order') });
    for (const merged of [mergeKept(one, other), mergeKept(other, one)])
      assert.deepEqual(
        merged.marks.map((mark) => mark.classId),
        [id(3, 1), id(3, 2)],
      );
  });

  it('a patrol of the server is walked on from here with nothing to send again', () => {
    const stop = {
      ...aMark(id(3, 1), { sequence: 7 }),
      classLabel: '三年级(1)班',
      grade: 3,
      subject: null,
      teacherName: '',
      passedOn: false,
    };
    const here = keptFrom({
      id: id(1, 1),
      schoolId: id(2, 1),
      schoolName: '学校',
      patrollerId: id(5, 1),
      patrollerName: '甲',
      dayOn: '2024-03-20',
      halfDay: 'morning',
      slot: 2,
      rooms: 1,
      noted: 0,
      serious: false,
      finished: false,
      receiptNumber: 12,
      summary: '',
      week: 4,
      offDayReason: '',
      startedAt: at,
      finishedAt: null,
      receivedAt: at,
      clockOffSeconds: 0,
      tiles: [],
      stops: [stop],
      withdrawnReason: null,
      may: { edit: true },
    });
    assert.deepEqual(reloaded(here), here);
    assert.equal(hasUnsent(here), false);
    const next = withMark(here, { id: id(4, 9), classId: id(3, 1), at, ...blankContent('unseen') });
    assert.deepEqual(
      next.marks.map(({ sequence }) => sequence),
      [8],
    );
  });

  it('an end that stands is not replaced, and one of nothing is not sent', () => {
    assert.equal(hasUnsent(blank), false);
    const ended = withFinish(blank, { at, summary: '一' });
    assert.equal(withFinish(ended, { at, summary: '二' }).finish?.summary, '一');
    assert.equal(hasUnsent(ended), true);
  });

  it('a sheet left empty leaves the room as it was', () => {
    const nothing = { findings: [], note: ' ', handling: 'reported' as const, taughtSubject: null };
    assert.deepEqual(contentOf(nothing, 'in-order'), blankContent('in-order'));
    assert.equal(contentOf({ ...nothing, note: '后门上锁' }, 'in-order').result, 'noted');
    assert.equal(aMark(id(3, 1)).result, 'in-order');
  });

  it('is not taken from what is no patrol', () => {
    const marked = withMark(blank, { id: id(4, 1), classId: id(3, 1), at, ...blankContent('in-order') });
    assert.ok(isKeptPatrol(marked));
    for (const value of [
      null,
      'x',
      [],
      {},
      { ...marked, slot: '2' },
      { ...marked, marks: [{}] },
      { ...marked, tiles: [null] },
      { ...marked, sent: null },
      { ...marked, summary: 3 },
    ])
      assert.equal(isKeptPatrol(value), false);
  });
});
