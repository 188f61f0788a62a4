import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays } from '#platform/dates.ts';
import type { RemarkKind } from './contract.ts';
import {
  copiedFrom,
  copiedTexts,
  feedbackDelay,
  type LedgerRecord,
  leastCopiedLength,
  normalise,
  remarksOf,
  similarity,
  spreadOf,
  trigrams,
} from './rules.ts';

const base: LedgerRecord = {
  id: 'a',
  dayOn: '2024-03-20',
  slotFrom: 2,
  slotTo: 2,
  startsAt: null,
  schoolId: 's1',
  classLabel: '三(2)班',
  grade: 3,
  subject: 'mathematics',
  teacherId: 't1',
  teacherName: '苏老师',
  lessons: 1,
  mode: 'live',
  late: false,
  fedBackAt: null,
  text: '',
};

describe('what is worth a second look in two records', () => {
  const other: Partial<LedgerRecord> = { teacherId: 't2', teacherName: '何老师', classLabel: '四(1)班' };
  const cases: readonly (readonly [string, Partial<LedgerRecord>, Partial<LedgerRecord>, RemarkKind[]])[] = [
    ['the same teacher and class in the next slot', {}, { slotFrom: 3, slotTo: 3 }, ['duplicate']],
    ['two slots later', {}, { slotFrom: 4, slotTo: 4 }, []],
    [
      'the same teacher within an hour by the bell',
      { startsAt: 540 },
      { slotFrom: 4, slotTo: 4, startsAt: 600, classLabel: '三(3)班' },
      ['duplicate'],
    ],
    [
      'the same teacher in the next slot after the noon break',
      { slotFrom: 4, slotTo: 4, startsAt: 660 },
      { slotFrom: 5, slotTo: 5, startsAt: 840, classLabel: '三(3)班' },
      [],
    ],
    [
      'the class followed into another subject',
      {},
      { ...other, classLabel: '三(2)班', subject: 'english', slotFrom: 3, slotTo: 3 },
      [],
    ],
    [
      'the same class and subject with another name',
      {},
      { ...other, classLabel: '三(2)班', slotFrom: 3, slotTo: 3 },
      ['duplicate'],
    ],
    ['another day', {}, { dayOn: '2024-03-21', slotFrom: 3, slotTo: 3 }, []],
    [
      'another school in the next slot',
      {},
      { ...other, schoolId: 's2', slotFrom: 3, slotTo: 3 },
      ['overlap'],
    ],
    ['another school after a slot', {}, { ...other, schoolId: 's2', slotFrom: 4, slotTo: 4 }, []],
    [
      'another school after a double period',
      { slotTo: 3 },
      { ...other, schoolId: 's2', slotFrom: 4, slotTo: 4 },
      ['overlap'],
    ],
    [
      'a recording from another school',
      {},
      { ...other, schoolId: 's2', slotFrom: 3, slotTo: 3, mode: 'video' },
      [],
    ],
    ['entered late', {}, { ...other, slotFrom: 6, slotTo: 6, late: true }, ['late']],
  ];
  for (const [what, one, two, kinds] of cases)
    it(what, () => {
      const records = [
        { ...base, ...one },
        { ...base, id: 'b', ...two },
      ];
      for (const order of [records, records.toReversed()]) {
        const found = remarksOf(order);
        assert.deepEqual(
          found.map(({ kind }) => kind),
          kinds,
        );
        for (const { id, otherId, kind } of found) {
          assert.equal(id, 'b');
          assert.equal(otherId, kind === 'late' ? null : 'a');
        }
      }
    });
});

describe('copied text', () => {
  const text = '学生能说出理由，追问引到算理上；建议小组汇报再充分一些。';
  const copies = (one: string, two: string): number =>
    copiedTexts([
      { ...base, text: one },
      { ...base, id: 'b', dayOn: '2024-03-27', text: two },
    ]).length;
  it('is equal but for space, width and signs', () => {
    assert.equal(normalise(' ＡＢ，c。１ '), 'abc1');
    assert.equal(copies(text, `${text.replaceAll('，', ' , ')}！`), 1);
  });
  it('is nearly equal', () => assert.equal(copies(text.repeat(2), `${text.repeat(2)}好`), 1));
  it('is not what differs', () =>
    assert.equal(copies(text, '板书随学生发言生成，任务递进，最后回到生活情境之中。'), 0));
  it(`is not shorter than ${leastCopiedLength}`, () => {
    const short = '好'.padEnd(leastCopiedLength - 1, '一二三四五六七八九十');
    assert.equal(copies(short, short), 0);
    assert.equal(copies(`${short}百`, `${short}百`), 1);
  });

  const phrase = fc.stringMatching(/^[甲乙丙丁戊己]{6,14}$/);
  const written = fc.array(fc.tuple(phrase, phrase, phrase), { minLength: 1, maxLength: 25 });
  it('is found as by comparing each with each', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 0, max: 6 }), (texts, repeats) => {
        const records = [...texts, ...texts.slice(0, repeats)].map(([a, b, c], index) => ({
          ...base,
          id: String(index).padStart(3, '0'),
          dayOn: addDays('2024-03-01', index),
          // Every third copy differs in its last character.
          text: `${a}${b}${c}${index % 3 === 0 ? '末' : ''}`,
        }));
        const grams = records.map(({ text: own }) => trigrams(normalise(own)));
        const naive = records.flatMap(({ id, text: own }, index) => {
          if (Array.from(normalise(own)).length < leastCopiedLength) return [];
          const source = records.findIndex(
            (earlier, at) =>
              at < index &&
              Array.from(normalise(earlier.text)).length >= leastCopiedLength &&
              similarity(grams[at] ?? new Set(), grams[index] ?? new Set()) >= copiedFrom,
          );
          return source < 0 ? [] : [{ kind: 'copied', id, otherId: records[source]?.id }];
        });
        assert.deepEqual(copiedTexts(records), naive);
      }),
    );
  });
  it('similarity is symmetric, within 0 and 1, and 1 for the same', () => {
    fc.assert(
      fc.property(phrase, phrase, (a, b) => {
        const share = similarity(trigrams(a), trigrams(b));
        assert.equal(share, similarity(trigrams(b), trigrams(a)));
        assert.ok(share >= 0 && share <= 1);
        assert.equal(similarity(trigrams(a), trigrams(a)), 1);
      }),
    );
  });
});

const someRecord = fc.record({
  id: fc.uuid(),
  dayOn: fc.integer({ min: 0, max: 40 }).map((days) => addDays('2024-03-01', days)),
  slotFrom: fc.integer({ min: 1, max: 7 }),
  schoolId: fc.constantFrom('s1', 's2'),
  classLabel: fc.constantFrom('三(1)班', '三(2)班'),
  grade: fc.integer({ min: 1, max: 9 }),
  subject: fc.constantFrom('chinese' as const, 'english' as const),
  teacherId: fc.constantFrom('t1', 't2', null),
  lessons: fc.integer({ min: 1, max: 4 }),
  late: fc.boolean(),
  waits: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
});
const someRecords = fc.array(someRecord, { maxLength: 30 }).map((all) =>
  all.map(
    ({ waits, ...one }): LedgerRecord => ({
      ...base,
      ...one,
      slotTo: one.slotFrom,
      teacherName: one.teacherId ?? '代课',
      fedBackAt: waits === null ? null : `${addDays(one.dayOn, waits)}T06:00:00Z`,
    }),
  ),
);

describe('a ledger', () => {
  it('has the same remarks whatever the order of its records, each of two records of a day', () => {
    fc.assert(
      fc.property(someRecords, (records) => {
        const remarks = remarksOf(records);
        assert.deepEqual(remarksOf(records.toReversed()), remarks);
        for (const { kind, id, otherId } of remarks) {
          const [one, other] = [id, otherId].map((wanted) => records.find((row) => row.id === wanted));
          if (kind === 'duplicate' || kind === 'overlap') assert.equal(one?.dayOn, other?.dayOn);
          assert.equal(otherId === null, kind === 'late');
        }
      }),
    );
  });
  it('spreads over grades, subjects and teachers, each summing to the whole', () => {
    fc.assert(
      fc.property(someRecords, (records) => {
        const whole = records.reduce((sum, { lessons }) => sum + lessons, 0);
        for (const list of Object.values(spreadOf(records)))
          assert.equal(
            list.reduce((sum: number, { lessons }: { lessons: number }) => sum + lessons, 0),
            whole,
          );
      }),
    );
  });
  it('has a median delay between the shortest and the longest', () => {
    const days = (...waits: readonly (number | null)[]) =>
      feedbackDelay(
        waits.map((wait) => ({
          ...base,
          fedBackAt: wait === null ? null : `${addDays(base.dayOn, wait)}T06:00:00Z`,
        })),
      );
    assert.deepEqual(days(), { medianDays: null, fedBack: 0, waiting: 0 });
    assert.deepEqual(days(null), { medianDays: null, fedBack: 0, waiting: 1 });
    assert.deepEqual(days(0, 9, 1, null), { medianDays: 1, fedBack: 3, waiting: 1 });
    assert.deepEqual(days(0, 1, 2, 9), { medianDays: 1.5, fedBack: 4, waiting: 0 });
  });
});
