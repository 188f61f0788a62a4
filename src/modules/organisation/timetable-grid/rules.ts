import {
  type ColumnGroup,
  type ColumnHeading,
  type GridHeading,
  groupsOf,
  namesWeekdays,
  readHeading,
  readRowHeading,
} from './blocks/rules.ts';
import { readCell } from './cells/rules.ts';
import type {
  ClassName,
  GridRow,
  TimetableForm,
  UnreadCell,
  WrittenLesson,
  WrittenTimetable,
} from './contract.ts';
import { readListHeading, readListRows } from './list/rules.ts';
import { type GridOwner, parityOf, readOwner } from './title/rules.ts';
import { looksLikeName, plain } from './words/rules.ts';

interface Sheet {
  readonly name: string;
  readonly rows: GridRow[];
}

/** The paragraphs of a Word file: they are titles of the table that follows. */
const paragraphs = '正文';

const sheetsOf = (rows: readonly GridRow[]): Sheet[] => {
  const sheets: Sheet[] = [];
  for (const row of rows) {
    const last = sheets.at(-1);
    if (last?.name === row.table) last.rows.push(row);
    else sheets.push({ name: row.table, rows: [row] });
  }
  return sheets;
};

interface Found {
  readonly forms: Set<TimetableForm>;
  readonly lessons: WrittenLesson[];
  readonly unread: UnreadCell[];
}

/** A title above a grid, with the column it stands in. */
interface Title {
  readonly text: string;
  readonly column: number;
}

const titlesOf = ({ cells }: GridRow): Title[] =>
  cells.flatMap((text, column) => (plain(text) === '' ? [] : [{ text, column }]));

/**
 * Reads a school's timetable in whatever form it was made: a grid per class, a grid per teacher, the table of
 * the whole school (either way round), or a plain list. Forms are told apart by the words of their headings.
 */
export const readTimetable = (rows: readonly GridRow[]): WrittenTimetable => {
  const found: Found = { forms: new Set(), lessons: [], unread: [] };
  let titles: Title[] = [];
  for (const { name, rows: lines } of sheetsOf(rows)) {
    const rest = readSheet(name, lines, name === paragraphs ? [] : titles, found);
    titles = name === paragraphs ? rest : [];
  }
  return { forms: [...found.forms], lessons: found.lessons, unread: found.unread };
};

/** Answers the titles left over at the end. */
const readSheet = (
  name: string,
  rows: readonly GridRow[],
  before: readonly Title[],
  found: Found,
): Title[] => {
  const explicit = namesWeekdays(rows);
  let titles: Title[] = [...before];
  let at = 0;
  for (let row = rows[at]; row !== undefined; row = rows[at]) {
    const list = readListHeading(row);
    const heading = list === null ? readHeading(rows, at, explicit) : null;
    if (list === null && heading === null) {
      titles.push(...titlesOf(row));
      at += 1;
      continue;
    }
    const from = at + (heading?.height ?? 1);
    let to = from;
    while (to < rows.length && !startsTable(rows, to, explicit)) to += 1;
    const body = rows.slice(from, to);
    at = to;
    if (list !== null) {
      const read = readListRows(list, body);
      found.forms.add('list');
      found.lessons.push(...read.lessons);
      found.unread.push(...read.unread);
      titles = [];
    } else if (heading !== null) titles = readGrid(heading, body, { name, titles }, found);
  }
  return titles;
};

const startsTable = (rows: readonly GridRow[], at: number, explicit: boolean): boolean => {
  const row = rows[at];
  return row !== undefined && (readListHeading(row) !== null || readHeading(rows, at, explicit) !== null);
};

interface Surroundings {
  readonly name: string;
  readonly titles: readonly Title[];
}

/** Answers what stands below the grid and is no part of it: titles of the next one. */
const readGrid = (
  heading: GridHeading,
  body: readonly GridRow[],
  { name, titles }: Surroundings,
  found: Found,
): Title[] => {
  const width = Math.max(0, ...body.map(({ cells }) => cells.length));
  const groups = groupsOf(heading, width);
  let below: Title[] = [];
  groups.forEach((group, index) => {
    const first = index === 0 ? 0 : (groups[index - 1]?.columns.at(-1)?.column ?? -1) + 1;
    const last = group.columns.at(-1)?.column ?? 0;
    const own =
      groups.length === 1 ? titles : titles.filter(({ column }) => column >= first && column <= last);
    const corner = group.rowHeads.map((column) => heading.words[column] ?? '');
    const texts = [...own.map(({ text }) => text), ...corner].toReversed().concat(name);
    const left = readGroup(group, body, { words: heading.words, texts }, found);
    if (index === 0) below = left;
  });
  return below;
};

interface Saying {
  readonly words: readonly string[];
  /** Titles and corner, the nearest first, the name of the sheet last. */
  readonly texts: readonly string[];
}

interface Place {
  readonly weekday: number;
  readonly slots: readonly number[];
  readonly owner: GridOwner;
  readonly column: number;
}

interface Lesson {
  readonly place: Place;
  readonly cell: string;
  text: string;
}

const readGroup = (group: ColumnGroup, body: readonly GridRow[], saying: Saying, found: Found): Title[] => {
  const titled = saying.texts.map(readOwner).find((owner) => owner !== null) ?? null;
  const isMaster = group.columns.some(({ className }) => className !== null);
  const owned = group.columns.every(({ weekday, slots }) => weekday !== null && slots !== null);
  const headings = body.map((row) => readRowHeading(row, group, saying.words));
  const lastOfMorning = Math.max(
    0,
    ...halfDays(headings).flatMap((half, index) =>
      half === 'morning' ? (headings[index]?.slots ?? []) : [],
    ),
  );
  const halves = halfDays(headings);
  const lessons = new Map<string, Lesson>();
  const below: Title[] = [];
  let weekday: number | null = null;
  let slots: readonly number[] | null = null;
  let rowOwner: GridOwner | null = null;
  let ownerless = false;
  body.forEach((row, index) => {
    const said = headings[index];
    if (said === undefined) return;
    const isBlank =
      said.weekday === null && said.slots === null && said.className === null && said.other === '';
    if (said.weekday !== null) weekday = said.weekday;
    if (said.slots !== null) {
      const again = halves[index] === 'afternoon' && (said.slots[0] ?? 0) <= lastOfMorning;
      slots = said.slots.map((slot) => slot + (again ? lastOfMorning : 0));
    } else if (said.other !== '' && !owned) slots = null;
    if (said.className !== null) rowOwner = { is: 'class', className: said.className, text: said.classText };
    else if (owned && said.other !== '')
      rowOwner = looksLikeName(said.other.replace(/\s+/gu, ''))
        ? { is: 'teacher', name: said.other.replace(/\s+/gu, ''), subject: null, subjectText: '' }
        : null;
    if (!owned && slots === null && !isBlank) below.push(...titlesOf(row));
    else if (!owned && said.slots !== null) below.length = 0;
    for (const column of group.columns) {
      const text = row.cells[column.column] ?? '';
      if (plain(text) === '') continue;
      const place = placeOf(column, {
        weekday,
        slots,
        owner: owned ? (rowOwner ?? titled) : titled,
        row: rowOwner,
      });
      if (place === null) continue;
      if (place === 'ownerless') {
        ownerless = true;
        continue;
      }
      put(lessons, place, text, row.ref(column.column));
    }
  });
  if (ownerless)
    found.unread.push({
      cell: body[0]?.ref(group.columns[0]?.column ?? 0) ?? '',
      text: saying.texts[0] ?? '',
      reason: '看不出这张表是哪个班、哪位教师的',
    });
  for (const lesson of lessons.values()) take(lesson, parityOf(saying.texts), found);
  if (lessons.size > 0)
    found.forms.add(isMaster || owned ? 'master' : titled?.is === 'teacher' ? 'teacher-grid' : 'class-grid');
  return below;
};

/** 上午 and 下午 hold until the other is said. */
const halfDays = (headings: readonly { readonly half: 'morning' | 'afternoon' | null }[]) => {
  let now: 'morning' | 'afternoon' | null = null;
  return headings.map(({ half }) => {
    if (half !== null) now = half;
    return now;
  });
};

const placeOf = (
  column: ColumnHeading,
  row: {
    readonly weekday: number | null;
    readonly slots: readonly number[] | null;
    readonly owner: GridOwner | null;
    readonly row: GridOwner | null;
  },
): Place | 'ownerless' | null => {
  const weekday = column.weekday ?? row.weekday;
  const slots = column.slots ?? row.slots;
  if (weekday === null || slots === null) return null;
  const owner: GridOwner | null = ownerOf(column, row);
  return owner === null ? 'ownerless' : { weekday, slots, owner, column: column.column };
};

const ownerOf = (
  column: ColumnHeading,
  row: { readonly owner: GridOwner | null; readonly row: GridOwner | null },
): GridOwner | null =>
  column.className === null
    ? (row.row ?? row.owner)
    : { is: 'class', className: column.className, text: column.classText };

/** A second line under a lesson (its teacher) belongs to the same cell. */
const put = (lessons: Map<string, Lesson>, place: Place, text: string, cell: string): void => {
  const key = JSON.stringify(place);
  const known = lessons.get(key);
  if (known === undefined) lessons.set(key, { place, cell, text });
  else if (known.text !== text) known.text = `${known.text}\n${text}`;
};

const take = ({ place, cell, text }: Lesson, parity: WrittenLesson['parity'], found: Found): void => {
  const { owner } = place;
  const read = readCell(text, { namesClasses: owner.is === 'teacher' });
  if (read.unread.length > 0)
    found.unread.push({ cell, text: plain(text), reason: `看不懂“${read.unread.join(' ')}”` });
  for (const entry of read.entries)
    for (const slot of place.slots) {
      const ofClass: { className: ClassName | null; classText: string } =
        owner.is === 'class' ? { className: owner.className, classText: owner.text } : entry;
      const titled = owner.is === 'teacher' && entry.subjectText === '' ? owner : entry;
      found.lessons.push({
        className: ofClass.className,
        classText: ofClass.classText,
        weekday: place.weekday,
        slot,
        parity: entry.parity === 'every' ? parity : entry.parity,
        subject: titled.subject,
        subjectText: titled.subjectText,
        teacher: owner.is === 'teacher' ? owner.name : entry.teacher,
        cell,
      });
    }
};
