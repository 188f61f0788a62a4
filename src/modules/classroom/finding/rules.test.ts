import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type FindingAct, findingActs, findingStates, findingSteps } from './contract.ts';
import {
  after,
  isCountedInFigures,
  isOverdue,
  mayFollow,
  openStates,
  problemOfStep,
  type Recorded,
  type Standing,
  standingFrom,
  transitions,
  wayOn,
} from './rules.ts';

const record = (act: FindingAct, given: Partial<Recorded> = {}): Recorded => ({
  act,
  personId: 'officer',
  doneOn: '2024-03-20',
  dayOn: null,
  responsiblePost: null,
  responsibleId: null,
  checkerId: null,
  answerUntil: null,
  ...given,
});
const handedOver = record('hand-over', {
  dayOn: '2024-04-03',
  responsiblePost: 'principal',
  checkerId: 'officer',
  answerUntil: '2024-03-25',
});
const bySchool = { personId: 'principal' };
const wholeWay: readonly Recorded[] = [
  record('find'),
  record('register'),
  handedOver,
  record('accept', bySchool),
  record('plan', bySchool),
  record('report-done', { ...bySchool, doneOn: '2024-04-01' }),
  record('recheck'),
  record('close', { doneOn: '2024-04-05' }),
];

const standing = (events: readonly Recorded[]): Standing => {
  const found = standingFrom(events);
  assert.ok(found, 'the acts follow one another');
  return found;
};

describe('the way of a finding', () => {
  test('state after each act', () => {
    assert.deepEqual(
      wholeWay.map((_, index) => standing(wholeWay.slice(0, index + 1)).state),
      ['found', 'registered', 'handed-over', 'accepted', 'planned', 'done', 'recheck', 'closed'],
    );
  });

  test('the way on leads from each state but the last two, and is allowed there', () => {
    for (const state of findingStates) {
      const act = wayOn[state];
      if (act === null) assert.deepEqual(transitions[state], {});
      else assert.ok(transitions[state][act] !== undefined, state);
    }
  });

  test('sent back it goes on from the measures, with a new deadline and one more time counted', () => {
    const back = standing([
      ...wholeWay.slice(0, 7),
      record('send-back', { dayOn: '2024-04-20', doneOn: '2024-04-05' }),
    ]);
    assert.deepEqual(
      [back.state, back.deadlineOn, back.doneOn, back.sentBack],
      ['sent-back', '2024-04-20', null, 1],
    );
    assert.equal(after(back, record('report-done', bySchool))?.state, 'done');
    assert.equal(after(back, record('plan', bySchool))?.state, 'planned');
    assert.equal(after(back, record('close')), null);
  });

  test('an extension is asked once, and granted moves the deadline', () => {
    const planned = standing(wholeWay.slice(0, 5));
    const asked = after(planned, record('ask-extension', { ...bySchool, dayOn: '2024-04-10' }));
    assert.ok(asked);
    assert.equal(asked.deadlineOn, '2024-04-03');
    assert.equal(mayFollow(asked, 'ask-extension'), false);
    assert.equal(after(asked, record('grant-extension'))?.deadlineOn, '2024-04-10');
    assert.equal(after(asked, record('refuse-extension'))?.deadlineOn, '2024-04-03');
    assert.equal(mayFollow(planned, 'grant-extension'), false);
  });

  test('nobody looks again at one’s own work, and nobody works on what one looks at', () => {
    const swapped = standing([...wholeWay.slice(0, 4), record('change-checker', { checkerId: 'deputy' })]);
    assert.equal(after(swapped, record('plan', { personId: 'deputy' })), null);
    assert.equal(after(swapped, record('change-checker', { checkerId: 'principal' })), null);
    assert.equal(after(standing(wholeWay.slice(0, 6)), record('recheck', { personId: 'deputy' })), null);
    assert.equal(
      after(
        standing(wholeWay.slice(0, 2)),
        record('hand-over', { ...handedOver, responsiblePost: null, responsibleId: 'officer' }),
      ),
      null,
    );
  });
});

const people = ['officer', 'principal', 'dean', 'teacher'] as const;
const anyAct: fc.Arbitrary<Recorded> = fc.record({
  act: fc.constantFrom(...findingActs),
  personId: fc.constantFrom(...people),
  doneOn: fc.constant('2024-03-20'),
  dayOn: fc.option(fc.constantFrom('2024-04-03', '2024-05-03')),
  responsiblePost: fc.option(fc.constantFrom('principal' as const, 'dean' as const)),
  responsibleId: fc.option(fc.constantFrom(...people)),
  checkerId: fc.option(fc.constantFrom(...people)),
  answerUntil: fc.option(fc.constant('2024-03-25')),
});
/** Mostly the way on by the right people, with anything in between. */
const anyWay = fc.array(fc.oneof(anyAct, fc.constantFrom(...wholeWay)), { maxLength: 40 });

/** Takes of a sequence what may come next, and drops the rest. */
const walk = (events: readonly Recorded[]): { taken: Recorded[]; standings: Standing[] } => {
  const first = standing([record('find')]);
  const taken: Recorded[] = [record('find')];
  const standings: Standing[] = [first];
  for (const event of events) {
    const next = after(standings.at(-1) ?? first, event);
    if (next === null) continue;
    taken.push(event);
    standings.push(next);
  }
  return { taken, standings };
};

const firstOf = (taken: readonly Recorded[], act: FindingAct): number => {
  const index = taken.findIndex((one) => one.act === act);
  return index === -1 ? Number.POSITIVE_INFINITY : index;
};

describe('whatever is tried', () => {
  test('no way skips an act', () => {
    const order: readonly FindingAct[] = [
      'find',
      'register',
      'hand-over',
      'accept',
      'plan',
      'report-done',
      'recheck',
    ];
    fc.assert(
      fc.property(anyWay, (events) => {
        const { taken } = walk(events);
        for (const [index, act] of order.slice(1).entries()) {
          const before = order[index];
          if (before !== undefined && taken.some((one) => one.act === act))
            assert.ok(firstOf(taken, before) < firstOf(taken, act), `${act} without ${before}`);
        }
        for (const [index, { act }] of taken.entries())
          if (act === 'close' || act === 'send-back') {
            const since = taken.slice(0, index).findLastIndex((one) => one.act === 'report-done');
            assert.ok(taken.slice(since, index).some((one) => one.act === 'recheck'));
          }
      }),
    );
  });

  test('who looks again is never responsible and never did the work', () => {
    fc.assert(
      fc.property(anyWay, (events) => {
        const { taken, standings } = walk(events);
        for (const { checkerId, responsibleId } of standings)
          if (checkerId !== null) assert.notEqual(checkerId, responsibleId);
        const workers = new Set<string>();
        for (const { act, personId } of taken) {
          if (act === 'accept' || act === 'plan' || act === 'report-done') workers.add(personId);
          if (act === 'recheck' || act === 'close' || act === 'send-back')
            assert.ok(!workers.has(personId), `${personId} looks again at own work`);
        }
      }),
    );
  });

  test('closed and cancelled are final', () => {
    fc.assert(
      fc.property(anyWay, anyAct, (events, more) => {
        const last = walk(events).standings.at(-1);
        if (last?.state === 'closed' || last?.state === 'cancelled') assert.equal(after(last, more), null);
      }),
    );
  });

  test('the standing follows from the acts alone', () => {
    fc.assert(
      fc.property(anyWay, (events) => {
        const { taken, standings } = walk(events);
        assert.deepEqual(standingFrom(taken), standings.at(-1));
      }),
    );
  });

  test('being late is a mark and locks nothing', () => {
    fc.assert(
      fc.property(anyWay, (events) => {
        for (const one of walk(events).standings) {
          const late = isOverdue(one, '2030-01-01');
          if (late) assert.ok(openStates.some((state) => state === one.state));
          if (late && one.state === 'planned')
            assert.ok(after(one, record('report-done', { personId: 'nobody' })) !== null);
        }
      }),
    );
  });
});

test('overdue: past the deadline and not reported in time', () => {
  const at = (events: readonly Recorded[], today: string): boolean => isOverdue(standing(events), today);
  assert.equal(at(wholeWay.slice(0, 5), '2024-04-03'), false);
  assert.equal(at(wholeWay.slice(0, 5), '2024-04-04'), true);
  assert.equal(at(wholeWay.slice(0, 6), '2024-05-01'), false, 'reported on 1 April');
  assert.equal(at(wholeWay, '2024-05-01'), false, 'closed');
  assert.equal(at(wholeWay.slice(0, 2), '2024-05-01'), false, 'not handed over');
});

test('it counts in the district once accepted, or after the days for an answer', () => {
  const at = (count: number, today: string): boolean =>
    isCountedInFigures(standing(wholeWay.slice(0, count)), today);
  assert.equal(at(2, '2025-01-01'), false);
  assert.equal(at(3, '2024-03-25'), false, 'the last day for an answer');
  assert.equal(at(3, '2024-03-26'), true);
  assert.equal(at(4, '2024-03-20'), true);
  assert.equal(at(8, '2024-03-20'), true);
  assert.equal(
    isCountedInFigures(standing([...wholeWay.slice(0, 4), record('cancel')]), '2025-01-01'),
    false,
  );
});

describe('what a step demands', () => {
  const facts = { today: '2024-03-20', deadlineOn: '2024-04-03' };
  test('a sentence where the record would say nothing without it', () => {
    for (const step of findingSteps) {
      const problem = problemOfStep(step, { text: '  ', dayOn: '2024-05-01' }, facts);
      const free = ['register', 'accept', 'close', 'grant-extension'].includes(step);
      assert.equal(problem === null, free, step);
    }
  });
  for (const [what, dayOn, fits] of [
    ['none', null, false],
    ['past', '2024-03-19', false],
    ['not later than now', '2024-04-03', false],
    ['later', '2024-04-04', true],
  ] as const)
    test(`the day of an extension: ${what}`, () => {
      assert.equal(problemOfStep('ask-extension', { text: '仪器未到', dayOn }, facts) === null, fits);
    });
});
