import type { ClassName, GridRow } from '../contract.ts';
import {
  type HalfDay,
  joinClassName,
  plain,
  readBareWeekday,
  readClassName,
  readHalfDay,
  readSlots,
  readWeekday,
} from '../words/rules.ts';

/** What the headings over a column say of every cell below. */
export interface ColumnHeading {
  readonly column: number;
  readonly weekday: number | null;
  readonly slots: readonly number[] | null;
  readonly className: ClassName | null;
  readonly classText: string;
}

export interface GridHeading {
  readonly columns: readonly ColumnHeading[];
  /** Rows the heading takes. */
  readonly height: number;
  /** What stands over a column that is not a lesson's. */
  readonly words: readonly string[];
}

type Kind = 'weekday' | 'slot' | 'class';

const squeezed = (text: string): string => plain(text).replace(/\s+/gu, '');
const isBareNumeral = (text: string): boolean => /^[一二三四五六日天]$/u.test(squeezed(text));
const headingWord = /^(?:星期|周|礼拜|节次?|课节|时间|班级?|年级|教师|姓名|课程)/u;

const distinct = (values: readonly (number | null)[]): number =>
  new Set(values.filter((value) => value !== null)).size;

/** Which kind of heading a row is; `explicit`: the table names weekdays in full somewhere. */
const kindOf = ({ cells }: GridRow, explicit: boolean): Kind | null => {
  if (distinct(cells.map(readWeekday)) >= 2) return 'weekday';
  const filled = cells.filter((cell) => squeezed(cell) !== '');
  if (!explicit && distinct(cells.map((cell) => (isBareNumeral(cell) ? readBareWeekday(cell) : null))) >= 3)
    return 'weekday';
  const slots = cells.map((cell) => readSlots(cell)?.slots[0] ?? null);
  if (distinct(slots) >= 3 && slots.filter((slot) => slot !== null).length * 2 > filled.length) return 'slot';
  const classes = cells.filter((cell) => readClassName(cell) !== null).length;
  const isHeading = filled.some((cell) => headingWord.test(squeezed(cell)) && readWeekday(cell) === null);
  return classes >= 2 && isHeading && classes + 3 >= filled.length ? 'class' : null;
};

export const namesWeekdays = (rows: readonly GridRow[]): boolean =>
  rows.some(({ cells }) => cells.some((cell) => readWeekday(cell) !== null));

/** The heading of a grid that begins in a row; null when none does. */
export const readHeading = (rows: readonly GridRow[], at: number, explicit: boolean): GridHeading | null => {
  const kinds: Kind[] = [];
  const lines: GridRow[] = [];
  for (let row = rows[at]; row !== undefined; row = rows[at + lines.length]) {
    const kind = kindOf(row, explicit);
    if (kind === null || kinds.includes(kind)) break;
    kinds.push(kind);
    lines.push(row);
  }
  if (lines.length === 0) return null;
  const width = Math.max(...lines.map(({ cells }) => cells.length));
  const headings = new Map<number, ColumnHeading>();
  lines.forEach((line, index) => {
    let last: string | null = null;
    for (let column = 0; column < width; column += 1) {
      const text: string = line.cells[column] ?? '';
      const isLast = index === lines.length - 1;
      // A heading merged over several columns stands in the first; a lower row says how far it reaches.
      const said: string = squeezed(text) === '' && last !== null && !isLast ? last : text;
      last = squeezed(said) === '' ? null : said;
      const before = headings.get(column);
      const heading = headed(column, kinds[index] ?? 'weekday', said, before);
      if (heading !== null) headings.set(column, heading);
    }
  });
  const columns = [...headings.values()].toSorted((one, other) => one.column - other.column);
  const lowest = lines.at(-1);
  const taken = columns.filter(({ column }) => {
    const kind = kinds.at(-1);
    return lines.length === 1 || (kind !== undefined && isHeaded(lowest?.cells[column] ?? '', kind));
  });
  const words = Array.from({ length: width }, (_, column) =>
    lines
      .map(({ cells }) => squeezed(cells[column] ?? ''))
      .join(' ')
      .trim(),
  );
  return taken.length === 0 ? null : { columns: taken, height: lines.length, words };
};

const isHeaded = (text: string, kind: Kind): boolean => {
  if (kind === 'weekday') return readBareWeekday(text) !== null;
  return kind === 'slot' ? readSlots(text) !== null : readClassName(text) !== null;
};

const headed = (
  column: number,
  kind: Kind,
  text: string,
  before: ColumnHeading | undefined,
): ColumnHeading | null => {
  const empty = before ?? { column, weekday: null, slots: null, className: null, classText: '' };
  if (kind === 'weekday') {
    const weekday = readBareWeekday(text);
    return weekday === null ? null : { ...empty, weekday };
  }
  if (kind === 'slot') {
    const slots = readSlots(text)?.slots ?? null;
    return slots === null ? null : { ...empty, slots };
  }
  const className = readClassName(text);
  return className === null ? null : { ...empty, className, classText: plain(text) };
};

/** Columns of one block; two blocks side by side repeat their headings. */
export interface ColumnGroup {
  readonly columns: readonly ColumnHeading[];
  /** Columns that head the rows of this block. */
  readonly rowHeads: readonly number[];
}

export const groupsOf = ({ columns, words }: GridHeading, width: number): ColumnGroup[] => {
  const groups: ColumnHeading[][] = [];
  let seen = new Set<string>();
  for (const heading of columns) {
    const { weekday, slots, className } = heading;
    const key = JSON.stringify([weekday, slots, className]);
    if (groups.length === 0 || seen.has(key)) {
      groups.push([]);
      seen = new Set();
    }
    seen.add(key);
    groups.at(-1)?.push(heading);
  }
  const taken = new Set(columns.map(({ column }) => column));
  const free = Array.from({ length: Math.max(width, words.length) }, (_, column) => column).filter(
    (column) => !taken.has(column),
  );
  if (groups.length === 1) return groups.map((group) => ({ columns: group, rowHeads: free }));
  let from = 0;
  return groups.map((group) => {
    const to = group.at(-1)?.column ?? from;
    const own = free.filter((column) => column >= from && column <= to);
    from = to + 1;
    const first = groups[0]?.[0]?.column ?? 0;
    return { columns: group, rowHeads: own.length > 0 ? own : free.filter((column) => column < first) };
  });
};

/** What the cells before (or behind) the lessons of a row say. */
export interface RowHeading {
  readonly weekday: number | null;
  readonly slots: readonly number[] | null;
  readonly half: HalfDay | null;
  readonly className: ClassName | null;
  readonly classText: string;
  /** Any other text, e.g. the name of a teacher, or 大课间. */
  readonly other: string;
}

const clock = /^[\d:\s\-~—–至到]+$/u;
const countWord = /^(?:序号|编号|序)$/u;

export const readRowHeading = (
  { cells }: GridRow,
  { columns, rowHeads }: ColumnGroup,
  words: readonly string[],
): RowHeading => {
  const needsWeekday = columns.every(({ weekday }) => weekday === null);
  const needsSlot = columns.every(({ slots }) => slots === null);
  let heading: RowHeading = {
    weekday: null,
    slots: null,
    half: null,
    className: null,
    classText: '',
    other: '',
  };
  let gradeText = '';
  for (const column of rowHeads) {
    const text = cells[column] ?? '';
    const word = words[column] ?? '';
    if (squeezed(text) === '' || countWord.test(word)) continue;
    const isWeekdays = /^(?:星期|周|礼拜)/u.test(word);
    const weekday = isWeekdays ? readBareWeekday(text) : readWeekday(text);
    const slot = needsSlot && !isWeekdays && !word.startsWith('班') ? readSlots(text) : null;
    const half = readHalfDay(text);
    const className = readClassName(
      gradeText !== '' && word.startsWith('班') ? joinClassName(gradeText, text) : text,
    );
    if (needsWeekday && weekday !== null) heading = { ...heading, weekday };
    else if (slot !== null && heading.slots === null)
      heading = { ...heading, slots: slot.slots, half: slot.half ?? heading.half };
    else if (half !== null) heading = { ...heading, half };
    else if (className !== null) heading = { ...heading, className, classText: plain(text) };
    else if (word.startsWith('年级')) gradeText = text;
    else if (weekday === null && slot === null && !clock.test(plain(text)))
      heading = { ...heading, other: heading.other === '' ? plain(text) : heading.other };
  }
  return heading;
};
