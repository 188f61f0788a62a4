import { readSubject } from '../../roster/headings/rules.ts';
import { normaliseText } from '../../roster/names/rules.ts';
import { subjectByName } from '../../subject-words/rules.ts';
import type { Subject, WeekParity } from '../../vocabulary/contract.ts';
import type { ClassName } from '../contract.ts';

const numerals = '一二三四五六七八九十';

/** Half-width signs and single spaces; lines are kept. */
export const plain = (text: string): string => normaliseText(text.normalize('NFKC'));

const bare = (text: string): string => plain(text).replace(/\s+/gu, '');

/** 三 → 3, 十二 → 12, 7 → 7; null for anything else. */
const numberOf = (text: string): number | null => {
  if (/^\d{1,2}$/u.test(text)) return Number(text);
  const [, tens, units] = /^([一二三四五六七八九]?十)?([一二三四五六七八九])?$/u.exec(text) ?? [];
  if (tens === undefined && units === undefined) return null;
  const ten = tens === undefined ? 0 : tens.length === 1 ? 10 : (numerals.indexOf(tens[0] ?? '') + 1) * 10;
  return ten + (units === undefined ? 0 : numerals.indexOf(units) + 1);
};

/** 星期一, 周二, 礼拜天, 星期3; 1 Monday … 7 Sunday. */
export const readWeekday = (text: string): number | null => {
  const [, day = ''] = /^(?:星期|周|礼拜)([一二三四五六日天1-7])$/u.exec(bare(text)) ?? [];
  return day === '' ? null : weekdayOfNumeral(day);
};

const weekdayOfNumeral = (day: string): number | null => {
  if (day === '日' || day === '天') return 7;
  const number = numberOf(day);
  return number !== null && number >= 1 && number <= 7 ? number : null;
};

/** In a heading or a column of weekdays also 一, 二 … 日. */
export const readBareWeekday = (text: string): number | null =>
  readWeekday(text) ?? (/^[一二三四五六日天]$/u.test(bare(text)) ? weekdayOfNumeral(bare(text)) : null);

export type HalfDay = 'morning' | 'afternoon';
export const readHalfDay = (text: string): HalfDay | null => {
  const word = bare(text);
  if (word === '上午') return 'morning';
  return word === '下午' ? 'afternoon' : null;
};

export interface SlotName {
  readonly half: HalfDay | null;
  readonly slots: readonly number[];
}

const clockTimes = /\(?\d{1,2}:\d{2}(?:\s*[-~—–至到]+\s*\d{1,2}:\d{2})?\)?/gu;

/** 第1节, 第一节, 3, 上午第2节, 1-2节, 第1节(8:20-9:00); null for 早读 and the like. */
export const readSlots = (text: string): SlotName | null => {
  const word = bare(plain(text).replace(clockTimes, ''));
  const [, half, from, to] =
    /^(上午|下午)?(?:第)?([一二三四五六七八九十]{1,2}|\d{1,2})(?:节)?(?:[-—–~、至到,](?:第)?([一二三四五六七八九十]{1,2}|\d{1,2}))?(?:节课?|课)?$/u.exec(
      word,
    ) ?? [];
  const first = from === undefined ? null : numberOf(from);
  const last = to === undefined ? first : numberOf(to);
  if (first === null || last === null || first < 1 || last > 20 || last < first || last - first > 3)
    return null;
  return {
    half: half === '上午' ? 'morning' : half === '下午' ? 'afternoon' : null,
    slots: Array.from({ length: last - first + 1 }, (_, index) => first + index),
  };
};

const gradeOf = (text: string): number | null => {
  const number = numberOf(text);
  return number !== null && number >= 1 && number <= 9 ? number : null;
};

/** Ways to write a class, the longest first; `g` a grade, `j` 初一 …, `y` a year of entry, `n` the number. */
const classForms: readonly string[] = [
  String.raw`(?<y>(?:20)?\d{2})[级届]\(?(?<n1>\d{1,2}|[一二三四五六七八九十]{1,3})\)?班`,
  String.raw`初(?<j>[一二三])(?:年级|年)?\s?[(.\-·]?(?<n2>\d{1,2}|[一二三四五六七八九十]{1,3})\)?班?`,
  String.raw`(?<g1>[一二三四五六七八九1-9])年级?\s?[(.\-·]?(?<n3>\d{1,2}|[一二三四五六七八九十]{1,3})\)?班?`,
  String.raw`(?<g2>[一二三四五六七八九1-9])\((?<n4>\d{1,2}|[一二三四五六七八九十]{1,3})\)班?`,
  String.raw`(?<g3>[一二三四五六七八九])[.\-·]?(?<n5>\d{1,2})班?`,
  String.raw`(?<g4>[一二三四五六七八九])[.\-·]?(?<n6>[一二三四五六七八九十]{1,2})班`,
  String.raw`(?<g5>[1-9])[.\-·](?<n7>\d{1,2})班?(?![\d:])`,
  String.raw`(?<g6>[1-9])(?<n8>[0-2]\d)(?!\d)班?`,
  String.raw`(?<g7>[1-9])(?<n9>[1-9])班`,
];
/** Not inside a date, a clock time or another number, and not a lesson's place in the day (第一…). */
const before = String.raw`(?<![\d.:第])`;
const classPattern = classForms.join('|');
const wholeClass = new RegExp(`^(?:${classPattern})$`, 'u');
const someClass = new RegExp(`${before}(?:${classPattern})`, 'gu');

const classOf = (groups: Readonly<Record<string, string | undefined>>): ClassName | null => {
  const found = (letter: string): string | undefined =>
    Object.entries(groups).find(([name, value]) => name.startsWith(letter) && value !== undefined)?.[1];
  const number = numberOf(found('n') ?? '');
  if (number === null || number < 1 || number > 60) return null;
  const year = found('y');
  if (year !== undefined)
    return { entryYear: year.length === 2 ? 2000 + Number(year) : Number(year), number };
  const junior = found('j');
  const grade = junior === undefined ? gradeOf(found('g') ?? '') : numerals.indexOf(junior) + 7;
  return grade === null ? null : { grade, number };
};

/** 三(2)班, 三年级2班, 3.2, 302, 七1班, 初一(2)班, 2021级2班. */
export const readClassName = (text: string): ClassName | null => {
  const found = wholeClass.exec(bare(text));
  return found?.groups === undefined ? null : classOf(found.groups);
};

/** 三年级 with the number in a column of its own. */
export const joinClassName = (gradeText: string, numberText: string): string => {
  const number = bare(numberText).replace(/[()班]/gu, '');
  return numberOf(number) === null ? numberText : `${bare(gradeText)}(${number})班`;
};

export interface FoundClass {
  readonly className: ClassName;
  readonly text: string;
}

/** Every class named in a text, and the text without them: a space where each stood. */
export const takeClassNames = (
  text: string,
): { readonly classes: readonly FoundClass[]; readonly rest: string } => {
  const classes: FoundClass[] = [];
  const rest = text.replace(/\s*([()])\s*/gu, '$1').replace(someClass, (...found) => {
    const groups: unknown = found.at(-1);
    const written = found[0];
    const className = isGroups(groups) ? classOf(groups) : null;
    if (className === null) return written;
    classes.push({ className, text: written });
    return ` #${classes.length - 1}# `;
  });
  return { classes, rest };
};

const isGroups = (value: unknown): value is Readonly<Record<string, string | undefined>> =>
  typeof value === 'object' && value !== null;

const shortSubjects: readonly (readonly [string, Subject])[] = [
  ['语', 'chinese'],
  ['数', 'mathematics'],
  ['英', 'english'],
  ['物', 'physics'],
  ['化', 'chemistry'],
  ['政', 'ethics-and-law'],
  ['史', 'history'],
  ['地', 'geography'],
  ['生', 'biology'],
  ['科', 'science'],
  ['体', 'physical-education'],
  ['音', 'music'],
  ['美', 'fine-art'],
  ['劳', 'labour'],
];
const otherSubjects: readonly (readonly [string, Subject])[] = [
  // One hour a week of calligraphy belongs to Chinese in grades 3 to 6.
  ['书法', 'chinese'],
  ['写字', 'chinese'],
  ['道德', 'ethics-and-law'],
  ['综合', 'integrated-practice'],
  ['综实', 'integrated-practice'],
  // The class and team meeting is part of integrated practice.
  ['班会', 'integrated-practice'],
  ['班队', 'integrated-practice'],
  ['班队会', 'integrated-practice'],
  ['主题班会', 'integrated-practice'],
  ['少先队', 'integrated-practice'],
  ['地方', 'local-course'],
  ['地课', 'local-course'],
  ['校本', 'school-course'],
];
const aliases = new Map<string, Subject>([...shortSubjects, ...otherSubjects]);

/** A subject in any of its usual spellings. */
export const readTaughtSubject = (text: string): Subject | null => {
  const word = bare(text).replace(/(?<=..)课$/u, '');
  return readSubject(word) ?? aliases.get(word) ?? null;
};

/** Spellings of two characters and more, to be found at the edge of a text; the longest first. */
const edgeSpellings: readonly string[] = [
  ...subjectByName.keys(),
  ...otherSubjects.map(([word]) => word),
].toSorted((one, other) => other.length - one.length);

/** 语文张三, 张三语文 → the subject and the rest; null when no subject stands at an edge. */
export const splitSubject = (word: string): { readonly subject: string; readonly rest: string } | null => {
  const head = edgeSpellings.find((spelling) => word.startsWith(spelling));
  if (head !== undefined) return { subject: head, rest: word.slice(head.length).replace(/^课(?=.)/u, '') };
  const tail = edgeSpellings.find((spelling) => word.endsWith(spelling));
  return tail === undefined ? null : { subject: tail, rest: word.slice(0, -tail.length) };
};

const noLesson =
  /^(?:早读|晨读|午读|午写|晚读|自习|晚自习|早自习|大课间|课间操?|眼保?健?操|眼操|午休|午餐|午饭|课后服务|课后延时|延时服务|延时|社团|社团活动|放学|升旗|升旗仪式|例会|教研|教研活动|无|空|[-—–/\\.*×x]+)$/u;
/** What stands in a timetable and is no lesson of a subject. */
export const isNoLesson = (text: string): boolean => noLesson.test(bare(text));

/** (单), 单周, 双:; a bare 单 only by itself, since 单 is also a surname. */
export const readParity = (word: string): WeekParity | null => {
  const found = /^(?:每)?(单|双)周?$/u.exec(bare(word).replace(/[():]/gu, ''));
  if (found === null) return null;
  return found[1] === '单' ? 'odd' : 'even';
};

/** A heading over a whole table: …课表（单周）. */
export const parityOfTitle = (text: string): WeekParity => {
  const word = bare(text);
  if (/单双周/u.test(word)) return 'every';
  if (/单周|\(单\)/u.test(word)) return 'odd';
  return /双周|\(双\)/u.test(word) ? 'even' : 'every';
};

const personName = /^(?:\p{Script=Han}{2,4}|\p{Script=Han}+(?:·\p{Script=Han}+)+)$/u;
export const looksLikeName = (text: string): boolean => personName.test(text);
