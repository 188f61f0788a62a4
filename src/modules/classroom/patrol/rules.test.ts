import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { StopMark } from './contract.ts';
import { finish, stopMark } from './contract.ts';
import { inCorridorOrder, movedBy, placeLabel, sortByPlace } from './corridor/rules.ts';
import {
  clockOffSeconds,
  dayOfPatrol,
  dayProblem,
  halfDayOf,
  isProblem,
  isSentLater,
  isSerious,
  mergeStops,
  nextSequence,
  summaryLine,
  sumStops,
} from './rules.ts';
import { aMark } from './testing.ts';
import { type FindingKind, findingGroups, findingKinds } from './vocabulary/contract.ts';
import { weekAround } from './week/rules.ts';

const classA = '00000000-0000-7000-8000-00000000000a';

/** Marks of few classes with few sequences, so that ties happen; the id decides the content. */
const marks: fc.Arbitrary<StopMark[]> = fc.array(
  fc
    .record({
      room: fc.integer({ min: 1, max: 4 }),
      sequence: fc.integer({ min: 1, max: 4 }),
      tie: fc.nat(3),
    })
    .map(({ room, sequence, tie }) =>
      aMark(`00000000-0000-7000-8000-00000000000${room}`, {
        id: `00000000-0000-7000-8000-0000000${room}${sequence}00${tie}`,
        sequence,
        note: `${room}/${sequence}/${tie}`,
        result: 'noted',
      }),
    ),
  { maxLength: 12 },
);

describe('merging stops', () => {
  it('is commutative, associative and idempotent, and keeps one mark for each class', () => {
    fc.assert(
      fc.property(marks, marks, marks, (a, b, c) => {
        const merged = mergeStops(a, b);
        assert.deepEqual(merged, mergeStops(b, a));
        assert.deepEqual(mergeStops(merged, c), mergeStops(a, mergeStops(b, c)));
        assert.deepEqual(mergeStops(merged, merged), merged);
        assert.deepEqual(mergeStops(merged, a), merged);
        assert.equal(new Set(merged.map(({ classId }) => classId)).size, merged.length);
        for (const mark of [...a, ...b])
          assert.ok(merged.some((kept) => kept.classId === mark.classId && kept.sequence >= mark.sequence));
      }),
    );
  });

  it('a mark made next is newer than everything its maker had seen', () => {
    fc.assert(
      fc.property(marks, marks, (seen, unseen) => {
        const made = aMark(classA.replace(/a$/, '1'), { sequence: nextSequence(seen), note: 'made' });
        assert.ok(mergeStops(seen, [made]).includes(made));
        assert.ok(mergeStops(unseen, mergeStops(seen, [made])).length > 0);
      }),
    );
  });
});

const noted = (...kinds: FindingKind[]) => ({
  result: 'noted' as const,
  findings: kinds.map((kind) => ({ kind, count: null })),
  note: '',
});

describe('what a stop is', () => {
  const cases: readonly [string, Parameters<typeof isProblem>[0], boolean, boolean][] = [
    ['in order', { result: 'in-order', findings: [], note: '' }, false, false],
    ['taken back', { result: 'unseen', findings: [], note: '' }, false, false],
    ['late', noted('teacher-late'), true, false],
    ['a swapped lesson', noted('lesson-swapped'), false, false],
    ['a highlight', noted('highlight'), false, false],
    ['a highlight beside noise', noted('highlight', 'disorder'), true, false],
    ['an event', noted('abnormal-event'), true, true],
    ['corporal punishment', noted('corporal-punishment'), true, true],
    ['disguised punishment', noted('disguised-punishment'), true, true],
    ['a sentence alone', { result: 'noted', findings: [], note: '后门上锁' }, true, false],
  ];
  for (const [what, content, problem, serious] of cases)
    it(`${what}: ${problem ? 'a problem' : 'no problem'}${serious ? ', serious' : ''}`, () => {
      assert.equal(isProblem(content), problem);
      assert.equal(isSerious(content), serious);
    });

  it('every kind stands in exactly one group', () => {
    assert.deepEqual(findingGroups.flatMap(({ kinds }) => kinds).toSorted(), findingKinds.toSorted());
  });

  it('sums and the summary line leave out what was taken back', () => {
    const stops = [
      noted('teacher-late'),
      noted('teacher-late', 'highlight'),
      { result: 'in-order' as const, findings: [], note: '' },
      { result: 'unseen' as const, findings: [], note: '' },
    ];
    assert.deepEqual(sumStops(stops), {
      rooms: 3,
      inOrder: 1,
      noted: 2,
      kinds: [
        { kind: 'teacher-late', stops: 2 },
        { kind: 'highlight', stops: 1 },
      ],
    });
    assert.equal(summaryLine(stops), '巡课 3 间，正常 1 间；迟到 2，亮点 1。');
    assert.equal(summaryLine([]), '巡课 0 间，正常 0 间。');
  });
});

describe('what a phone may send of a stop', () => {
  const cases: readonly [string, object, boolean][] = [
    ['in order', {}, true],
    ['in order with a finding', { findings: [{ kind: 'phone', count: null }] }, false],
    ['in order with a sentence', { note: '很好' }, false],
    ['taken back with a handling', { result: 'unseen', handling: 'reported' }, false],
    ['noted with nothing', { result: 'noted' }, false],
    ['noted with blanks', { result: 'noted', note: '  ' }, false],
    ['noted with a sentence', { result: 'noted', note: '后门上锁' }, true],
    ['a finding twice', { ...noted('phone', 'phone') }, false],
    ['a pupil count of none', { ...noted(), findings: [{ kind: 'sleeping', count: 0 }] }, false],
    ['a phone that forgot the time', { at: '1970-01-01T00:03:00.000Z' }, true],
    ['a year the database does not know', { at: '0000-01-01T00:00:00.000Z' }, false],
    ['no sequence', { sequence: 0 }, false],
  ];
  for (const [what, mark, fits] of cases)
    it(`${what}: ${fits ? 'taken' : 'refused'}`, () => {
      assert.equal(stopMark.safeParse({ ...aMark(classA), ...mark }).success, fits);
    });
  it('a name fits in no count', () => {
    const withName = { ...aMark(classA), ...noted(), findings: [{ kind: 'sleeping', count: '张小明' }] };
    assert.equal(stopMark.safeParse(withName).success, false);
    assert.equal(finish.safeParse({ at: '2024-03-20T01:00:00Z', sequence: 1 }).success, false);
  });
});

describe('the day of a patrol', () => {
  const call = (dayOn: string, startedAt: string, sentAt: string, receivedAt: string) =>
    dayOfPatrol({ dayOn, startedAt, sentAt, receivedAt });
  it('clocks within five minutes agree', () => {
    assert.equal(clockOffSeconds('2024-03-20T01:00:00Z', '2024-03-20T01:04:59Z'), 0);
    assert.equal(clockOffSeconds('2024-03-20T04:00:00Z', '2024-03-20T01:00:00Z'), -3 * 3600);
  });
  const cases: readonly [string, string, string][] = [
    [
      'a right clock',
      call('2024-03-20', '2024-03-20T00:50:00Z', '2024-03-20T01:00:00Z', '2024-03-20T01:00:01Z'),
      '2024-03-20',
    ],
    [
      'three hours ahead, the same day',
      call('2024-03-20', '2024-03-20T03:50:00Z', '2024-03-20T04:00:00Z', '2024-03-20T01:00:00Z'),
      '2024-03-20',
    ],
    [
      'three hours ahead late in the evening: the phone already says tomorrow',
      call('2024-03-21', '2024-03-20T16:30:00Z', '2024-03-20T16:40:00Z', '2024-03-20T13:40:00Z'),
      '2024-03-20',
    ],
    [
      'a phone that says 1970',
      call('1970-01-01', '1970-01-01T00:10:00Z', '1970-01-01T00:20:00Z', '2024-03-20T01:00:00Z'),
      '2024-03-20',
    ],
    [
      'walked on Monday with a right clock, sent on Wednesday',
      call('2024-03-18', '2024-03-18T01:00:00Z', '2024-03-20T01:00:00Z', '2024-03-20T01:00:00Z'),
      '2024-03-18',
    ],
    [
      'another day chosen on purpose',
      call('2024-03-19', '2024-03-20T00:50:00Z', '2024-03-20T01:00:00Z', '2024-03-20T01:00:00Z'),
      '2024-03-19',
    ],
    [
      'begun after it was sent: not later than now',
      call('2024-03-25', '2024-03-25T01:00:00Z', '2024-03-20T01:00:00Z', '2024-03-20T01:00:00Z'),
      '2024-03-20',
    ],
  ];
  for (const [what, found, expected] of cases) it(what, () => assert.equal(found, expected));

  it('refuses tomorrow, what is older than 30 days, and a day off without a reason', () => {
    const facts = { today: '2024-03-20', isTeachingDay: true, offDayReason: '' };
    assert.equal(dayProblem('2024-03-20', facts), null);
    assert.equal(dayProblem('2024-02-19', facts), null);
    assert.match(dayProblem('2024-03-21', facts) ?? '', /不能晚于今天/);
    assert.match(dayProblem('2024-02-18', facts) ?? '', /30 天以内/);
    const off = { ...facts, isTeachingDay: false };
    assert.match(dayProblem('2024-03-16', off) ?? '', /写明巡课的原因/);
    assert.equal(dayProblem('2024-03-16', { ...off, offDayReason: '周六补课' }), null);
  });

  it('half-days by the bell, weeks from Monday, sent later by the day', () => {
    const bells = [
      { slot: 4, startsAt: '11:00' },
      { slot: 5, startsAt: '11:50' },
      { slot: 6, startsAt: '14:00' },
    ];
    assert.deepEqual(
      [4, 5, 6, 7].map((slot) => halfDayOf(bells, slot)),
      ['morning', 'morning', 'afternoon', 'afternoon'],
    );
    assert.equal(halfDayOf([], 4), 'morning');
    assert.deepEqual(weekAround('2024-03-24'), { from: '2024-03-18', to: '2024-03-24' });
    assert.equal(isSentLater('2024-03-20', '2024-03-20T15:59:00Z'), false);
    assert.equal(isSentLater('2024-03-20', '2024-03-20T16:01:00Z'), true);
  });
});

describe('the corridor', () => {
  it('goes by building, floor and room as one walks; what has no place comes last', () => {
    const rooms = [
      { building: '东楼', floor: 2, room: '210' },
      { building: '', floor: null, room: '' },
      { building: '东楼', floor: 2, room: '29' },
      { building: '东楼', floor: 1, room: '101' },
    ];
    assert.deepEqual(sortByPlace(rooms).map(placeLabel), ['东楼 1层 101', '东楼 2层 29', '东楼 2层 210', '']);
  });
  it('loses no class and makes none, whatever order the school has entered', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 9 }).map(String));
    fc.assert(
      fc.property(ids, ids, (classes, order) => {
        const given = classes.map((id) => ({ id }));
        const sorted = inCorridorOrder(given, order).map(({ id }) => id);
        assert.deepEqual(sorted.toSorted(), classes.toSorted());
        const known = sorted.filter((id) => order.includes(id));
        assert.deepEqual(
          known,
          order.filter((id) => classes.includes(id)),
        );
      }),
    );
  });
  it('moves one place, and nothing at the ends', () => {
    assert.deepEqual(movedBy(['a', 'b', 'c'], 1, -1), ['b', 'a', 'c']);
    assert.deepEqual(movedBy(['a', 'b', 'c'], 2, 1), ['a', 'b', 'c']);
  });
});
