import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { timetableForms } from './contract.ts';
import { readTimetable } from './rules.ts';
import { linesOf, linesOfPlain, type Noise, type PlainLesson, printTimetable, rowsOf } from './testing.ts';

const teachers = ['王芳', '李小明', '欧阳春', '赵国强', '单小双', '周一鸣', '文心'] as const;
const subjects = [
  'chinese',
  'mathematics',
  'english',
  'ethics-and-law',
  'physical-education',
  'information-technology',
  'integrated-practice',
  'music',
] as const;

const noise: fc.Arbitrary<Noise> = fc.record({
  className: fc.nat(7),
  subject: fc.nat(2),
  cell: fc.nat(4),
  weekday: fc.nat(3),
  slot: fc.nat(3),
  days: fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }),
  emptyRows: fc.boolean(),
  wide: fc.boolean(),
});

const lesson: fc.Arbitrary<PlainLesson> = fc.record({
  grade: fc.constantFrom(1, 3, 6, 7),
  number: fc.integer({ min: 1, max: 3 }),
  weekday: fc.integer({ min: 1, max: 5 }),
  slot: fc.integer({ min: 1, max: 6 }),
  parity: fc.constantFrom('every', 'every', 'odd', 'even'),
  subject: fc.constantFrom(...subjects),
  teacher: fc.constantFrom(...teachers),
});

/** No class and no teacher has two lessons at once. */
const timetable = fc.array(lesson, { minLength: 2, maxLength: 60 }).map((lessons) => {
  const taken = new Set<string>();
  return lessons.filter(({ grade, number, teacher, weekday, slot, parity }) => {
    const weeks = parity === 'every' ? ['odd', 'even'] : [parity];
    const keys = weeks.flatMap((week) => [
      `${grade}/${number} ${weekday} ${slot} ${week}`,
      `${teacher} ${weekday} ${slot} ${week}`,
    ]);
    if (keys.some((key) => taken.has(key))) return false;
    for (const key of keys) taken.add(key);
    return true;
  });
});

describe('a timetable printed in any form, with any noise, reads back the same', () => {
  for (const form of timetableForms)
    it(form, () => {
      fc.assert(
        fc.property(timetable, noise, (lessons, print) => {
          // A master table that is headed by classes needs two of them to be told from a grid.
          const classes = new Set(lessons.map(({ grade, number }) => `${grade}/${number}`));
          fc.pre(form !== 'master' || classes.size >= 2);
          const read = readTimetable(rowsOf(printTimetable(lessons, form, print)));
          assert.deepEqual(read.unread, []);
          assert.deepEqual(linesOf(read), linesOfPlain(lessons));
          assert.deepEqual(read.forms, [form]);
        }),
        { numRuns: 300 },
      );
    });
});

const read = (...rows: readonly (readonly string[])[]) => readTimetable(rowsOf([{ name: '课表', rows }]));

describe('what stands in real files', () => {
  const cases: readonly (readonly [string, readonly (readonly string[])[], readonly string[]])[] = [
    [
      'the class in the corner, subjects alone, a break between',
      [
        ['三(2)班', '星期一', '星期二'],
        ['1', '语文', '数学'],
        ['大课间', '跑操', '跑操'],
        ['2', '自习', '书法'],
      ],
      ['3(2) 1 1 every chinese ', '3(2) 2 1 every mathematics ', '3(2) 2 2 every chinese '],
    ],
    [
      'afternoon slots counted anew',
      [
        ['七年级1班课程表'],
        ['', '节次', '周一', '周二'],
        ['上午', '1', '语文 王芳', '数学 李明'],
        ['上午', '2', '数学 李明', '语文 王芳'],
        ['下午', '1', '物理 赵强', ''],
      ],
      [
        '7(1) 1 1 every chinese 王芳',
        '7(1) 1 2 every mathematics 李明',
        '7(1) 1 3 every physics 赵强',
        '7(1) 2 1 every mathematics 李明',
        '7(1) 2 2 every chinese 王芳',
      ],
    ],
    [
      'the teacher in the row below the subject',
      [['初一(1)班'], ['节次', '星期一', '星期二'], ['第一节', '语文', '英语'], ['', '王芳', '李明']],
      ['7(1) 1 1 every chinese 王芳', '7(1) 2 1 every english 李明'],
    ],
    [
      'odd and even weeks in one cell',
      [
        ['2021级2班'],
        ['节次', '星期一', '星期二'],
        ['1', '音乐(单)/美术(双)', '音乐 王芳/美术 李明 (单双周)'],
        ['2', '单周：劳动 双周：科学', '语文课'],
      ],
      [
        '2021级2 1 1 even fine-art ',
        '2021级2 1 1 odd music ',
        '2021级2 1 2 even science ',
        '2021级2 1 2 odd labour ',
        '2021级2 2 1 even fine-art 李明',
        '2021级2 2 1 odd music 王芳',
        '2021级2 2 2 every chinese ',
      ],
    ],
    [
      'a teacher’s grid whose title says the subject; weekdays down, slots across',
      [
        ['李明（英语）课表'],
        ['星期', '第1节', '第2节', '第3节'],
        ['星期一', '七(1)', '', '702'],
        ['星期二', '', '7.3', ''],
      ],
      ['7(1) 1 1 every english 李明', '7(2) 1 3 every english 李明', '7(3) 2 2 every english 李明'],
    ],
    [
      'two classes side by side',
      [
        ['一年级1班', '', '', '', '一年级2班', '', ''],
        ['节次', '周一', '周二', '', '节次', '周一', '周二'],
        ['1', '语文', '数学', '', '1', '数学', '语文'],
      ],
      [
        '1(1) 1 1 every chinese ',
        '1(1) 2 1 every mathematics ',
        '1(2) 1 1 every mathematics ',
        '1(2) 2 1 every chinese ',
      ],
    ],
    [
      'weekdays by numeral alone, grade and class in two columns',
      [
        ['年级', '班', '星期', '节次', '学科', '教师'],
        ['三年级', '2班', '一', '1、2', '语文', '王 芳'],
        ['', '', '二', '3', '数学', '李明'],
      ],
      ['3(2) 1 1 every chinese 王芳', '3(2) 1 2 every chinese 王芳', '3(2) 2 3 every mathematics 李明'],
    ],
    [
      'a subject nobody knows keeps its teacher',
      [
        ['三(2)班', '星期一', '星期二'],
        ['1', '心理健康 王芳', '语文'],
      ],
      ['3(2) 1 1 every  王芳', '3(2) 2 1 every chinese '],
    ],
  ];
  for (const [name, rows, lines] of cases)
    it(name, () => {
      const { lessons, unread, forms } = read(...rows);
      assert.deepEqual([linesOf({ lessons, unread, forms }), unread], [[...lines], []]);
    });

  it('a grid that is nobody’s is said to be so', () => {
    const { lessons, unread } = read(['节次', '星期一', '星期二'], ['1', '语文', '数学']);
    assert.deepEqual([lessons.length, unread.length], [0, 1]);
  });

  it('text that is no timetable gives nothing', () => {
    assert.deepEqual(read(['姓名', '电话'], ['王芳', '1']), { forms: [], lessons: [], unread: [] });
  });
});
