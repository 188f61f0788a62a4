import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Row } from '../content/contract.ts';
import type { PacingEntry, PacingWeek } from './contract.ts';
import { lastWritableWeek, lessonsInWeek, pacingProblems, shiftWeeks, weekOf, weeksOfTerm } from './rules.ts';

/** Tuesday, 1 September to Friday of the sixth week; 国庆 takes all of week 5. */
const term = {
  startsOn: '2026-09-01',
  endsOn: '2026-10-09',
  specialDays: [
    { dayOn: '2026-09-20', isTeachingDay: true, followsWeekday: 2, note: '补10月6日的课' },
    { dayOn: '2026-09-28', isTeachingDay: false, followsWeekday: null, note: '校运动会' },
    ...['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02'].map((dayOn) => ({
      dayOn,
      isTeachingDay: false,
      followsWeekday: null,
      note: '国庆节放假',
    })),
  ],
} as const;

describe('weeks of a term', () => {
  const weeks = weeksOfTerm(term);
  it('run from the week of the start to that of the end, Monday to Sunday', () => {
    assert.deepEqual(
      weeks.map(({ number, from, to }) => [number, from, to]),
      [
        [1, '2026-09-01', '2026-09-06'],
        [2, '2026-09-07', '2026-09-13'],
        [3, '2026-09-14', '2026-09-20'],
        [4, '2026-09-21', '2026-09-27'],
        [5, '2026-09-28', '2026-10-04'],
        [6, '2026-10-05', '2026-10-09'],
      ],
    );
  });
  it('count teaching days, make-up days too; one without any falls out and says why', () => {
    assert.deepEqual(
      weeks.map(({ teachingDays }) => teachingDays),
      [4, 5, 6, 5, 0, 5],
    );
    assert.deepEqual(weeks[2]?.notes, ['补10月6日的课']);
    assert.deepEqual(weeks[4]?.notes, ['校运动会', '国庆节放假']);
  });
});

const row = (week: string, index = 0): Row => ({
  id: `r${index}`,
  cells: week === '' ? {} : { week, hours: '4' },
});
const guide = (...weeks: string[]): Row[] => weeks.map(row);
const weeksOf = (shifted: Row[] | string): (number | null)[] | string =>
  typeof shifted === 'string' ? shifted : shifted.map(weekOf);

describe('shifting a guide', () => {
  const cases: readonly (readonly [
    string,
    readonly string[],
    number,
    number,
    readonly (number | null)[] | RegExp,
  ])[] = [
    ['a week falls out', ['1', '2', '3', '4'], 3, 1, [1, 2, 4, 5]],
    ['two weeks back again', ['1', '2', '5', '6'], 5, -2, [1, 2, 3, 4]],
    ['joins the week before', ['1', '2', '3'], 3, -1, [1, 2, 2]],
    ['rows without a week stay', ['1', '', 'x', '3'], 2, 2, [1, null, null, 5]],
    ['nothing may overtake what stands before', ['1', '4', '6'], 6, -3, /最早只能移到第4周/],
    ['nor the first week', ['2', '3'], 1, -2, /最早只能移到第1周/],
    ['nor run over the form', ['1', '24'], 24, 2, /超过第25周/],
    ['nothing to move', ['1', '2'], 3, 1, /第3周以后没有安排/],
  ];
  for (const [name, weeks, from, by, expected] of cases)
    it(name, () => {
      const found = weeksOf(shiftWeeks(guide(...weeks), from, by));
      if (expected instanceof RegExp) assert.match(String(found), expected);
      else assert.deepEqual(found, expected);
    });

  const rows = fc
    .array(fc.oneof(fc.constant(''), fc.integer({ min: 1, max: lastWritableWeek }).map(String)), {
      maxLength: 30,
    })
    .map((weeks) => guide(...weeks));
  const shift = fc.tuple(
    fc.integer({ min: 1, max: 25 }),
    fc.integer({ min: -10, max: 10 }).filter((by) => by !== 0),
  );

  it('moves only weeks, only from that week on, keeps their order, and stays within the form', () => {
    fc.assert(
      fc.property(rows, shift, (before, [from, by]) => {
        const after = shiftWeeks(before, from, by);
        if (typeof after === 'string') return;
        assert.equal(after.length, before.length);
        const pairs = before.map((one, index) => [weekOf(one), weekOf(after[index] ?? one)] as const);
        before.forEach((one, index) => {
          const { week: _before, ...rest } = one.cells;
          const { week: _after, ...restAfter } = after[index]?.cells ?? {};
          assert.deepEqual([after[index]?.id, restAfter], [one.id, rest]);
        });
        for (const [was, is] of pairs) {
          assert.equal(is, was === null || was < from ? was : was + by);
          assert.ok(is === null || (is >= 1 && is <= lastWritableWeek));
          for (const [otherWas, otherIs] of pairs)
            if (was !== null && is !== null && otherWas !== null && otherIs !== null && was < otherWas)
              assert.ok(is <= otherIs);
        }
      }),
    );
  });

  it('later and earlier again is as before', () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 10 }),
        (before, from, by) => {
          const later = shiftWeeks(before, from, by);
          if (typeof later === 'string') return;
          assert.deepEqual(shiftWeeks(later, from + by, -by), before);
        },
      ),
    );
  });
});

describe('the guide against the calendar', () => {
  const entry = (week: number | null, hours: number | null = 4): PacingEntry => ({
    id: 'r',
    week,
    text: '',
    hours,
    note: '',
  });
  const week = (number: number, rest: Partial<PacingWeek> = {}): PacingWeek => ({
    number,
    from: '2026-09-07',
    to: '2026-09-13',
    teachingDays: 5,
    notes: [],
    lessons: 4,
    entries: [],
    ...rest,
  });
  const cases: readonly (readonly [string, PacingWeek[], PacingEntry[], RegExp | null])[] = [
    ['fits', [week(1, { entries: [entry(1)] })], [], null],
    [
      'a week that falls out is planned',
      [week(5, { teachingDays: 0, notes: ['国庆节放假'], entries: [entry(5)] })],
      [],
      /第5周不上课（国庆节放假），却排了内容。请从第5周起后移1周/,
    ],
    ['a week that falls out and is empty', [week(5, { teachingDays: 0 })], [], null],
    ['more than a week holds', [week(2, { entries: [entry(2), entry(2, 1)] })], [], /约4课时，排了5课时/],
    ['no timetable is known', [week(2, { lessons: null, entries: [entry(2, 20)] })], [], null],
    [
      'after the end of the term',
      [week(1)],
      [entry(22), entry(23)],
      /有2项排在本学期1周以外（第22周、第23周）/,
    ],
    ['no week written', [week(1)], [entry(null)], /有1项没有写周次/],
  ];
  for (const [name, weeks, outside, sentence] of cases)
    it(name, () => {
      const said = pacingProblems(weeks, outside);
      assert.equal(said.length, sentence === null ? 0 : 1);
      assert.match(said[0]?.sentence ?? '', sentence ?? /^$/);
    });

  it('a short week holds fewer lessons, by its teaching days', () => {
    assert.deepEqual(
      [lessonsInWeek(5, 5), lessonsInWeek(5, 3), lessonsInWeek(4, 0), lessonsInWeek(null, 5)],
      [5, 3, 0, null],
    );
  });
});
