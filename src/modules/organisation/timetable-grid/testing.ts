import { gradeLabels, type Subject, subjectLabels, type WeekParity } from '../vocabulary/contract.ts';
import type { GridRow, TimetableForm, WrittenTimetable } from './contract.ts';

/** A lesson of a made-up timetable. */
export interface PlainLesson {
  readonly grade: number;
  readonly number: number;
  readonly weekday: number;
  readonly slot: number;
  readonly parity: WeekParity;
  readonly subject: Subject;
  readonly teacher: string;
}

/** Everything about the print that must not matter. */
export interface Noise {
  readonly className: number;
  readonly subject: number;
  readonly cell: number;
  readonly weekday: number;
  readonly slot: number;
  /** Order of the five weekdays' columns. */
  readonly days: readonly number[];
  readonly emptyRows: boolean;
  readonly wide: boolean;
}

const pick = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
};

const hans = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

const className = ({ grade, number }: PlainLesson, noise: Noise): string =>
  pick(
    [
      `${hans[grade]}(${number})班`,
      `${hans[grade]}（${number}）`,
      `${gradeLabels[grade]}${number}班`,
      `${gradeLabels[grade]}（${number}）班`,
      `${grade}.${number}`,
      `${grade}0${number}`,
      `${hans[grade]}${number}班`,
      ` ${hans[grade]} ( ${number} ) 班 `,
    ],
    noise.className,
  );

const shortNames: Partial<Record<Subject, string>> = {
  'ethics-and-law': '道法',
  'physical-education': '体育',
  'information-technology': '信息技术',
  'integrated-practice': '综合实践',
};

const subjectName = (subject: Subject, noise: Noise): string => {
  const full = subjectLabels[subject];
  const spaced = full.length === 2 ? `${full[0]}　${full[1]}` : full;
  return pick([full, shortNames[subject] ?? full, spaced], noise.subject);
};

const parityWord: Readonly<Record<WeekParity, string>> = { every: '', odd: '(单)', even: '（双周）' };

const subjectAndTeacher = (lesson: PlainLesson, noise: Noise): string => {
  const subject = subjectName(lesson.subject, noise);
  const parity = parityWord[lesson.parity];
  return pick(
    [
      `${subject} ${lesson.teacher}${parity}`,
      `${subject}\n${lesson.teacher}${parity}`,
      `${subject}（${lesson.teacher}）${parity}`,
      `${subject}${parity} / ${lesson.teacher}`,
      ` ${subject}　${lesson.teacher}老师 ${parity}`,
    ],
    noise.cell,
  );
};

const classAndSubject = (lesson: PlainLesson, noise: Noise): string => {
  const parts = [className(lesson, noise), subjectName(lesson.subject, noise)];
  const parity = parityWord[lesson.parity];
  return pick(
    [
      `${parts.join(' ')}${parity}`,
      `${parts.join('\n')}${parity}`,
      `${parts.toReversed().join(' ')}${parity}`,
    ],
    noise.cell,
  );
};

const weekdayName = (weekday: number, noise: Noise): string => {
  const word = pick(['星期', '周', '礼拜', '星 期 '], noise.weekday);
  return `${word}${hans[weekday]}`;
};

const slotName = (slot: number, noise: Noise): string =>
  pick([`第${slot}节`, String(slot), `第${hans[slot]}节`, `第 ${slot} 节(8:20-9:00)`], noise.slot);

const joined = (lessons: readonly PlainLesson[], say: (lesson: PlainLesson) => string): string =>
  lessons.map(say).join('\n');

export interface MadeTable {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

const slots = [1, 2, 3, 4, 5, 6];
const by = <Key>(
  lessons: readonly PlainLesson[],
  key: (lesson: PlainLesson) => Key,
): Map<Key, PlainLesson[]> => {
  const groups = new Map<Key, PlainLesson[]>();
  for (const lesson of lessons) groups.set(key(lesson), [...(groups.get(key(lesson)) ?? []), lesson]);
  return groups;
};
const at = (lessons: readonly PlainLesson[], weekday: number, slot: number): PlainLesson[] =>
  lessons.filter((lesson) => lesson.weekday === weekday && lesson.slot === slot);

const grid = (
  title: string,
  lessons: readonly PlainLesson[],
  noise: Noise,
  say: (lesson: PlainLesson) => string,
): string[][] => [
  [title],
  ['', '节次', ...noise.days.map((day) => weekdayName(day, noise))],
  ...slots.flatMap((slot) => [
    ...(noise.emptyRows && slot === 5 ? [['', '午休'], []] : []),
    [
      slot <= 4 ? '上午' : '下午',
      slotName(slot, noise),
      ...noise.days.map((day) => joined(at(lessons, day, slot), say)),
    ],
  ]),
  ...(noise.emptyRows ? [[]] : []),
];

/** The same timetable in one of the four forms. */
export const printTimetable = (
  lessons: readonly PlainLesson[],
  form: TimetableForm,
  noise: Noise,
): MadeTable[] => {
  if (form === 'list')
    return [
      {
        name: '清单',
        rows: [
          ['序号', '任课教师', '班 级', '星期', '节次', '学科', '单双周'],
          ...lessons.map((lesson, index) => [
            String(index + 1),
            lesson.teacher,
            className(lesson, noise),
            pick([weekdayName(lesson.weekday, noise), hans[lesson.weekday] ?? ''], noise.cell),
            slotName(lesson.slot, noise),
            subjectName(lesson.subject, noise),
            parityWord[lesson.parity],
          ]),
        ],
      },
    ];
  if (form === 'class-grid') {
    const blocks = [...by(lessons, ({ grade, number }) => `${grade}/${number}`).values()].map((own) =>
      grid(`清河学校${own[0] === undefined ? '' : className(own[0], noise)}课程表`, own, noise, (lesson) =>
        subjectAndTeacher(lesson, noise),
      ),
    );
    return noise.wide
      ? blocks.map((rows, index) => ({ name: `表${index + 1}`, rows }))
      : [{ name: '课表', rows: blocks.flat() }];
  }
  if (form === 'teacher-grid')
    return [
      {
        name: '课表',
        rows: [...by(lessons, ({ teacher }) => teacher)].flatMap(([teacher, own]) =>
          grid(pick([`教师：${teacher}`, `${teacher}老师课表`, teacher], noise.cell), own, noise, (lesson) =>
            classAndSubject(lesson, noise),
          ),
        ),
      },
    ];
  const columns = noise.days.flatMap((day) => slots.map((slot) => ({ day, slot })));
  const classes = [...by(lessons, ({ grade, number }) => `${grade}/${number}`).values()];
  if (noise.wide)
    return [
      {
        name: '总课表',
        rows: [
          ['清河学校总课程表'],
          ['星期', '节次', ...classes.map(([one]) => (one === undefined ? '' : className(one, noise)))],
          ...columns.map(({ day, slot }) => [
            slot === 1 ? weekdayName(day, noise) : '',
            slotName(slot, noise),
            ...classes.map((own) => joined(at(own, day, slot), (lesson) => subjectAndTeacher(lesson, noise))),
          ]),
        ],
      },
    ];
  return [
    {
      name: '总课表',
      rows: [
        ['清河学校总课程表'],
        ['班级', ...columns.map(({ day, slot }) => (slot === 1 ? weekdayName(day, noise) : ''))],
        ['', ...columns.map(({ slot }) => String(slot))],
        ...classes.map((own) => [
          own[0] === undefined ? '' : className(own[0], noise),
          ...columns.map(({ day, slot }) =>
            joined(at(own, day, slot), (lesson) => subjectAndTeacher(lesson, noise)),
          ),
        ]),
      ],
    },
  ];
};

/** Rows as the reader of spreadsheets gives them. */
export const rowsOf = (tables: readonly MadeTable[]): GridRow[] =>
  tables.flatMap(({ name, rows }) =>
    rows.flatMap((cells, index) =>
      cells.every((cell) => cell.trim() === '')
        ? []
        : [
            {
              table: name,
              row: index + 1,
              cells,
              ref: (column: number) => `${name}!${index + 1}/${column + 1}`,
            },
          ],
    ),
  );

/** One sortable line for each lesson read. */
export const linesOf = ({ lessons }: WrittenTimetable): string[] =>
  lessons
    .map(({ className: name, weekday, slot, parity, subject, teacher }) =>
      [
        name === null
          ? '?'
          : 'grade' in name
            ? `${name.grade}(${name.number})`
            : `${name.entryYear}级${name.number}`,
        weekday,
        slot,
        parity,
        subject,
        teacher,
      ].join(' '),
    )
    .toSorted();

export const linesOfPlain = (lessons: readonly PlainLesson[]): string[] =>
  lessons
    .map(({ grade, number, weekday, slot, parity, subject, teacher }) =>
      [`${grade}(${number})`, weekday, slot, parity, subject, teacher].join(' '),
    )
    .toSorted();
