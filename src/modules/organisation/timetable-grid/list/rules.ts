import type { WeekParity } from '../../vocabulary/contract.ts';
import type { GridRow, UnreadCell, WrittenLesson } from '../contract.ts';
import {
  joinClassName,
  plain,
  readBareWeekday,
  readClassName,
  readParity,
  readSlots,
  readTaughtSubject,
} from '../words/rules.ts';

type ListColumn = 'class' | 'grade' | 'weekday' | 'slot' | 'subject' | 'teacher' | 'parity';

const headings: readonly (readonly [ListColumn, RegExp])[] = [
  ['class', /^(?:班级?|班级名称|行政班|任教班级)$/u],
  ['grade', /^(?:年级)$/u],
  ['weekday', /^(?:星期几?|周几|礼拜|上课星期)$/u],
  ['slot', /^(?:节次?|第几节|课节|上课节次|节数)$/u],
  ['subject', /^(?:学科|科目|课程|课程名称|任教学科)$/u],
  ['teacher', /^(?:任课教师|任课老师|授课教师|教师|教师姓名|姓名|老师)$/u],
  ['parity', /^(?:单双周|周次|周别)$/u],
];

export type ListColumns = ReadonlyMap<ListColumn, number>;

/** The columns of a plain list (班级 星期 节次 学科 教师) in any order; null when the row is no such heading. */
export const readListHeading = ({ cells }: GridRow): ListColumns | null => {
  const columns = new Map<ListColumn, number>();
  cells.forEach((cell, column) => {
    const word = plain(cell).replace(/\s+/gu, '');
    const kind = headings.find(([, pattern]) => pattern.test(word))?.[0];
    if (kind !== undefined && !columns.has(kind)) columns.set(kind, column);
  });
  const has = (kind: ListColumn): boolean => columns.has(kind);
  return has('class') && has('weekday') && has('slot') && (has('subject') || has('teacher')) ? columns : null;
};

export interface ListRead {
  readonly lessons: readonly WrittenLesson[];
  readonly unread: readonly UnreadCell[];
}

/** Class and weekday may be said once for the rows below. */
export const readListRows = (columns: ListColumns, rows: readonly GridRow[]): ListRead => {
  const lessons: WrittenLesson[] = [];
  const unread: UnreadCell[] = [];
  const above = new Map<ListColumn, string>();
  for (const { cells, ref } of rows) {
    const text = (kind: ListColumn): string => plain(cells[columns.get(kind) ?? -1] ?? '');
    const carried = (kind: ListColumn): string => {
      const own = text(kind);
      if (own !== '') above.set(kind, own);
      return own === '' ? (above.get(kind) ?? '') : own;
    };
    const grade = carried('grade');
    const written = carried('class');
    const classText =
      readClassName(written) === null && grade !== '' ? joinClassName(grade, written) : written;
    const weekdayText = carried('weekday');
    const subjectText = text('subject');
    const teacher = text('teacher')
      .replace(/(?<=..)(?:老师|教师)$/u, '')
      .replace(/\s+/gu, '');
    if (subjectText === '' && teacher === '') continue;
    const weekday = readBareWeekday(weekdayText) ?? readBareWeekday(`周${weekdayText}`);
    const slots = text('slot')
      .split(/[、,，/]/u)
      .flatMap((piece) => readSlots(piece)?.slots ?? []);
    const cell = ref(columns.get('subject') ?? columns.get('teacher') ?? 0);
    if (weekday === null || slots.length === 0) {
      unread.push({
        cell,
        text: [written, weekdayText, text('slot'), subjectText].join(' ').trim(),
        reason: '看不出星期或节次',
      });
      continue;
    }
    const [word, parityInSubject] = splitParity(subjectText);
    const parity: WeekParity = readParity(text('parity')) ?? parityInSubject ?? 'every';
    for (const slot of slots)
      lessons.push({
        className: readClassName(classText),
        classText,
        weekday,
        slot,
        parity,
        subject: readTaughtSubject(word),
        subjectText: word,
        teacher,
        cell,
      });
  }
  return { lessons, unread };
};

const splitParity = (text: string): readonly [string, WeekParity | null] => {
  const [, word = '', week = ''] = /^(.+?)\s*\(?([单双]周?)\)?$/u.exec(text) ?? [];
  const parity = week === '' ? null : readParity(week);
  return parity === null ? [text, null] : [word, parity];
};
