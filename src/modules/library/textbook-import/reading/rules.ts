import { stageOfGrade } from '../../edition-choice/rules.ts';
import { lessonName, unitName } from '../../textbook/rules.ts';
import type { UnreadRow, WrittenEntry, WrittenTextbooks, WrittenUnit, WrittenVolume } from '../contract.ts';
import {
  beginning,
  clean,
  comparable,
  readColumn,
  readGrade,
  readHours,
  readNumber,
  readPart,
  readPublisher,
  readTextbookSubject,
  readYear,
  type SheetColumn,
  splitNumber,
} from '../words/rules.ts';

/** A row of a sheet, as `platform/spreadsheet` gives it. */
export interface SheetRow {
  readonly table: string;
  readonly cells: readonly string[];
  readonly ref: (column: number) => string;
}

type Columns = ReadonlyMap<SheetColumn, number>;

const needed: readonly (readonly [string, (columns: Columns) => boolean])[] = [
  ['学科', (columns) => columns.has('subject')],
  ['版本', (columns) => columns.has('publisher')],
  ['册次', (columns) => columns.has('part')],
  ['单元', (columns) => columns.has('unit') || columns.has('unit-number')],
];

const readHeading = (cells: readonly string[]): Columns => {
  const columns = new Map<SheetColumn, number>();
  cells.forEach((cell, index) => {
    const kind = cell.length > 20 ? null : readColumn(cell);
    if (kind !== null && !columns.has(kind)) columns.set(kind, index);
  });
  return columns;
};

const missingIn = (columns: Columns): string[] =>
  needed.flatMap(([name, has]) => (has(columns) ? [] : [name]));

const levels = ['subject', 'grade', 'publisher', 'year', 'part'] as const;
type Level = (typeof levels)[number];
/** What a new value makes of no use: another subject has its own grades and editions, another edition its own year. */
const forgets: Readonly<Record<Level, readonly Level[]>> = {
  subject: ['grade', 'publisher', 'year', 'part'],
  grade: [],
  publisher: ['year'],
  year: [],
  part: [],
};

interface OpenUnit extends WrittenEntry {
  plannedHours: number | null;
  readonly lessons: WrittenEntry[];
}
interface OpenVolume extends WrittenVolume {
  readonly units: OpenUnit[];
}

const longestTitle = 100;
const longestPublisher = 30;
/** More than any book has; each is compared with each. */
const mostEntries = 150;
const mostVolumes = 1000;
const sums = /^(?:合计|小计|总计|共计)[:：]?$/u;
const remark = /^(?:注|说明|备注)[:：]/u;

/**
 * Reads lists of textbooks. A blank cell says what the cell above says. As soon as another subject, grade, edition,
 * year or volume is written, the unit of the row above no longer holds: the first row has to name its unit.
 */
export const readTextbooks = (
  rows: Iterable<SheetRow>,
): WrittenTextbooks & { readonly missing: readonly string[] } => {
  const volumes: OpenVolume[] = [];
  const unread: UnreadRow[] = [];
  let columns: Columns | null = null;
  let table: string | null = null;
  let missing = needed.map(([name]) => name);
  let above = new Map<Level, string>();
  let unitAbove: { readonly number: string; readonly title: string } | null = null;

  for (const row of rows) {
    if (row.table !== table) {
      table = row.table;
      columns = null;
    }
    const heading = readHeading(row.cells);
    const lacks = missingIn(heading);
    if (lacks.length < missing.length || lacks.length === 0) missing = lacks.length === 0 ? [] : lacks;
    if (lacks.length === 0) {
      columns = heading;
      above = new Map();
      unitAbove = null;
      continue;
    }
    if (columns === null) continue;
    const own = columns;
    const text = (kind: SheetColumn): string => clean(row.cells[own.get(kind) ?? -1] ?? '');
    const texts = [...own.keys()].map(text).filter((one) => one !== '');
    const isSum = texts.length < 4 && texts.some((one) => sums.test(one));
    const isRemark = texts.length === 1 && remark.test(texts[0] ?? '');
    if (texts.length === 0 || isSum || isRemark) continue;
    for (const level of levels) {
      const here = text(level);
      if (here === '' || comparable(here) === comparable(above.get(level) ?? '')) continue;
      for (const forgotten of forgets[level]) above.delete(forgotten);
      above.set(level, here);
      unitAbove = null;
    }
    const unitHere = { number: text('unit-number'), title: text('unit') };
    if (unitHere.number !== '' || unitHere.title !== '') unitAbove = unitHere;
    const cell = row.ref(own.get('lesson') ?? own.get('unit') ?? 0);
    const leave = (reason: string, volume: number | null): void => {
      unread.push({ text: beginning(texts.join(' '), 120), reason, cell, volume });
    };

    const place = readPlace(above);
    if (typeof place === 'string') {
      leave(place, null);
      continue;
    }
    const at = volumes.findIndex(
      (one) =>
        one.subject === place.subject &&
        one.grade === place.grade &&
        one.publisher === place.publisher &&
        one.revisionYear === place.revisionYear &&
        one.part === place.part,
    );
    if (at === -1 && volumes.length === mostVolumes) {
      leave('文件里的册太多，请拆成几个文件', null);
      continue;
    }
    const index = at === -1 ? volumes.length : at;
    const volume = volumes[index] ?? { ...place, cell, units: [] };
    if (at === -1) volumes.push(volume);
    const problem = readEntry(volume, { text, unitAbove, cell });
    if (problem !== null) leave(problem, index);
  }
  return { volumes, unread, missing };
};

/** The volume a row belongs to, or why that is not clear. */
const readPlace = (above: ReadonlyMap<Level, string>): Omit<WrittenVolume, 'cell' | 'units'> | string => {
  const said = (level: Level): string => above.get(level) ?? '';
  const subject = readTextbookSubject(said('subject'));
  if (subject === null) return said('subject') === '' ? '没有写学科' : `没有看懂学科“${said('subject')}”`;
  const partRead = readPart(said('part'));
  if (partRead === null)
    return said('part') === '' ? '没有写册次' : `没有看懂册次“${said('part')}”，请写成上册、下册或全一册`;
  const grade = partRead.grade ?? readGrade(said('grade'));
  if (grade === null) return said('grade') === '' ? '没有写年级' : `没有看懂年级“${said('grade')}”`;
  const { publisher, year } = readPublisher(said('publisher'));
  if (publisher === '') return '没有写版本，例如人教版';
  if (publisher.length > longestPublisher) return `版本的名称太长，请不超过${longestPublisher}字`;
  const revisionYear = said('year') === '' ? year : readYear(said('year'));
  if (said('year') !== '' && revisionYear === null) return `没有看懂修订年“${said('year')}”，请写成四位数字`;
  return { subject, stage: stageOfGrade(grade), grade, publisher, revisionYear, part: partRead.part };
};

interface EntryTexts {
  readonly text: (kind: SheetColumn) => string;
  readonly unitAbove: { readonly number: string; readonly title: string } | null;
  readonly cell: string;
}

type Named = Pick<WrittenEntry, 'number' | 'title'>;

/** The number and title of a unit or lesson, or why they are not clear. */
const readNamed = (numberText: string, titleText: string, what: '单元' | '课'): Named | string => {
  const number = readNumber(numberText);
  if (numberText !== '' && number === null && titleText !== '')
    return `没有看懂${what}序号“${numberText}”，请写成数字，没有序号的留空`;
  const alone = number === null ? numberText : `第${number}${what}`;
  const named = splitNumber(titleText === '' ? alone : titleText, number);
  return named.title.length > longestTitle ? `${what}的名称太长，请不超过${longestTitle}字` : named;
};

/** Adds a row's unit and lesson to its volume; the sentence says why it could not. */
const readEntry = (volume: OpenVolume, { text, unitAbove, cell }: EntryTexts): string | null => {
  if (unitAbove === null) return '没有写单元';
  const unitNamed = readNamed(unitAbove.number, unitAbove.title, '单元');
  if (typeof unitNamed === 'string') return unitNamed;
  const lessonText = text('lesson');
  const lessonNumber = text('lesson-number');
  const hasLesson = lessonText !== '' || lessonNumber !== '';
  const hours = readHours(text('hours'));
  const unitHours = readHours(text('unit-hours'));
  if (hours === undefined) return `没有看懂课时“${text('hours')}”，请写成整数`;
  if (unitHours === undefined) return `没有看懂单元课时“${text('unit-hours')}”，请写成整数`;
  const lessonNamed = hasLesson ? readNamed(lessonNumber, lessonText, '课') : null;
  if (typeof lessonNamed === 'string') return lessonNamed;

  const unit = unitIn(volume, unitNamed, cell);
  if (typeof unit === 'string') return unit;
  const ofUnit = unitHours ?? (hasLesson ? null : hours);
  if (unit.plannedHours === null) unit.plannedHours = ofUnit;
  if (lessonNamed === null) return null;
  const sameNumber = unit.lessons.find(({ number }) => number !== null && number === lessonNamed.number);
  if (sameNumber !== undefined)
    return `${unitName(unit)}里已经有${lessonName(sameNumber)}，课序号${sameNumber.number}写了两次`;
  const same = unit.lessons.some(
    ({ number, title }) =>
      comparable(title) === comparable(lessonNamed.title) && (number === null || lessonNamed.number === null),
  );
  if (same) return `${unitName(unit)}里“${lessonNamed.title}”写了两次`;
  if (unit.lessons.length === mostEntries) return `${unitName(unit)}的课超过${mostEntries}课`;
  unit.lessons.push({ ...lessonNamed, plannedHours: hours, cell });
  return null;
};

/** The unit as it stands in the volume already, else a new one at its end. */
const unitIn = (volume: OpenVolume, named: Named, cell: string): OpenUnit | string => {
  const key = comparable(named.title);
  const known = volume.units.find(
    ({ number, title }) =>
      comparable(title) === key && (number === named.number || number === null || named.number === null),
  );
  if (known !== undefined) return known;
  const sameNumber = volume.units.find(({ number }) => number !== null && number === named.number);
  if (sameNumber !== undefined)
    return `第${sameNumber.number}单元前面写的是“${sameNumber.title}”，这一行写的是“${named.title}”`;
  if (volume.units.length === mostEntries) return `这一册的单元超过${mostEntries}个`;
  const unit: OpenUnit = { ...named, plannedHours: null, cell, lessons: [] };
  volume.units.push(unit);
  return unit;
};

export const countWritten = ({ volumes }: Pick<WrittenTextbooks, 'volumes'>): number =>
  volumes.reduce(
    (sum, { units }) =>
      sum + units.reduce((inner, { lessons }: WrittenUnit) => inner + 1 + lessons.length, 0),
    0,
  );
