import type { Subject } from '#modules/organisation/contract.ts';
import { readGrades, readSubject } from '#modules/organisation/roster/headings/rules.ts';
import type { VolumePart } from '../../textbook/vocabulary/contract.ts';

/** A text as it is kept: no line breaks, no characters that cannot be seen, single spaces. */
export const clean = (text: string): string =>
  text
    .replace(/[\p{Cc}\u00a0\u2000-\u200a\u3000]+/gu, ' ')
    .replace(/[\u200b-\u200d\ufeff\u00ad]/gu, '')
    .replace(/ {2,}/gu, ' ')
    .trim();

/** The beginning of a text, without cutting a character in two. */
export const beginning = (text: string, length: number): string => Array.from(text).slice(0, length).join('');

/** A text as it is compared: widths, spaces and case made one. */
export const comparable = (text: string): string =>
  clean(text).normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

const columnWords = [
  ['subject', /^(?:学科|科目|课程)(?:名称)?$/u],
  ['grade', /^(?:适用|使用)?年级$/u],
  ['publisher', /^(?:教材)?(?:版本|版别|出版社)(?:名称)?$|^教材$/u],
  ['year', /^(?:修订|审定|版本|启用)?(?:年份|年度)$|^(?:修订|审定)年$|^修订版$/u],
  ['part', /^(?:册次|册|册别|上下册|分册|学期|册数)$/u],
  ['unit-number', /^单元(?:序号|号|编号|次序|序)$/u],
  ['unit-hours', /^单元(?:总|计划|建议)?课时数?$/u],
  ['unit', /^单元(?:名称|名|标题|课题|主题|内容)?$|^章节?$/u],
  ['lesson-number', /^课(?:序号|号|次|序|编号)$/u],
  ['lesson', /^课(?:题|名|文|目|题名称|名称|文题目)?$|^(?:教学)?内容$|^节$/u],
  ['hours', /^(?:建议|计划|教学)?课时数?$/u],
] as const;
export type SheetColumn = (typeof columnWords)[number][0];

/** Which column a heading heads; null for any other text. */
export const readColumn = (text: string): SheetColumn | null => {
  const word = comparable(text).replace(/\([^)]*\)|[*:]/gu, '');
  return columnWords.find(([, pattern]) => pattern.test(word))?.[0] ?? null;
};

/** 数学, 初中数学, 生物学 */
export const readTextbookSubject = (text: string): Subject | null =>
  readSubject(comparable(text).replace(/^(?:小学|初中)(?=.)/u, ''));

/** 三年级, 3, 初一; a range is no grade. */
export const readGrade = (text: string): number | null => {
  const range = readGrades(text);
  return range === null || range.from !== range.to || range.topic !== null ? null : range.from;
};

const partOf = (word: string): VolumePart | null => {
  if (/^\(?(?:上(?:册|学期)?|第[一1]学期|秋季?(?:学期)?)\)?$/u.test(word)) return 'first';
  if (/^\(?(?:下(?:册|学期)?|第[二2]学期|春季?(?:学期)?)\)?$/u.test(word)) return 'second';
  return /^\(?(?:全(?:一|1)?册|全)\)?$/u.test(word) ? 'whole' : null;
};

/** 上, 下册, 全一册, 第一学期; 七年级上册 says the grade too. */
export const readPart = (
  text: string,
): { readonly part: VolumePart; readonly grade: number | null } | null => {
  const word = comparable(text);
  const alone = partOf(word);
  if (alone !== null) return { part: alone, grade: null };
  const [, gradeText = '', partText = ''] = /^(.+?)(\(?(?:[上下全第秋春]).*)$/u.exec(word) ?? [];
  const part = partOf(partText);
  const grade = part === null ? null : readGrade(gradeText);
  return part === null || grade === null ? null : { part, grade };
};

/** The names publishers go by; the first is the one that is kept. */
const publishers: readonly (readonly string[])[] = [
  ['统编版', '统编', '部编版', '部编', '部编本', '国家统编', '人教统编版', '人教部编版'],
  ['人教版', '人教', '人民教育出版社'],
  ['冀教版', '冀教', '河北教育出版社'],
  ['北师大版', '北师大', '北京师范大学出版社'],
  ['苏教版', '苏教', '江苏教育出版社', '江苏凤凰教育出版社'],
  ['外研版', '外研', '外研社', '外语教学与研究出版社'],
  ['教科版', '教科', '教育科学出版社'],
  ['湘教版', '湘教', '湖南教育出版社'],
  ['冀少版', '冀少', '河北少年儿童出版社'],
  ['青岛版', '青岛出版社'],
];
const publisherOf = new Map(
  publishers.flatMap((names) => names.map((name): [string, string] => [comparable(name), names[0] ?? name])),
);

/** 人教, 人民教育出版社, 人教版（2024年修订）; any other name is kept as it is written. */
export const readPublisher = (text: string): { readonly publisher: string; readonly year: number | null } => {
  const [, year] = /(?<!\d)((?:19|20)\d{2})(?!\d)/u.exec(text) ?? [];
  const name = clean(
    text.replace(/[(（]?\s*(?<!\d)(?:19|20)\d{2}(?!\d)\s*年?\s*(?:修订版?|审定版?|版)?\s*[)）]?/gu, ' '),
  );
  return {
    publisher: publisherOf.get(comparable(name)) ?? name,
    year: year === undefined ? null : Number(year),
  };
};

export const readYear = (text: string): number | null => {
  const [, year] = /^((?:19|20)\d{2})(?:年?(?:修订|审定|版|修订版)?|\.0)$/u.exec(comparable(text)) ?? [];
  return year === undefined ? null : Number(year);
};

const numerals = '一二三四五六七八九';
const chinese = '[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]';

/** 7, 七, 二十三 */
const numberOf = (word: string): number | null => {
  if (/^\d{1,3}$/u.test(word)) return Number(word);
  const [, tens, units] = /^([一二三四五六七八九]?十)?([一二三四五六七八九])?$/u.exec(word) ?? [];
  if (tens === undefined && units === undefined) return null;
  const ten = tens === undefined ? 0 : tens.length === 1 ? 10 : (numerals.indexOf(tens[0] ?? '') + 1) * 10;
  return ten + (units === undefined ? 0 : numerals.indexOf(units) + 1);
};

const inRange = (number: number | null, top: number): number | null =>
  number !== null && number >= 1 && number <= top ? number : null;

/** The number of a unit or lesson in its column: 3, 三, 第3单元, Unit 3, 3*, 1.3 (the third of unit 1). */
export const readNumber = (text: string): number | null => {
  const word = comparable(text).replace(/[*、.:]+$|^[*]+|(?<=^\d+)\.0$/gu, '');
  const [, found] =
    /^(?:第)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:单元|章|课|节)?$/u.exec(word) ??
    /^(?:unit|module|lesson|section)(\d{1,3})$/u.exec(word) ??
    /^\d{1,2}[.-](\d{1,2})$/u.exec(word) ??
    [];
  return found === undefined ? null : inRange(numberOf(found), 200);
};

const leading = new RegExp(
  `^(?:第\\s*(\\d{1,3}|${chinese})\\s*(?:单元|章|课|节)|(?:unit|module|lesson)\\s*(\\d{1,3})(?!\\d)|(\\d{1,3}|${chinese})\\s*[、.．](?!\\d))[\\s:：、.．·—-]*(.*)$`,
  'iu',
);

/**
 * A title without the number it begins with (第一单元 时分秒 → 1, 时分秒), where that is the number of its column
 * or none stands there. A title that is nothing but its number stays.
 */
export const splitNumber = (
  written: string,
  columnNumber: number | null,
): { readonly number: number | null; readonly title: string } => {
  let number = columnNumber;
  let title = clean(written);
  for (;;) {
    const [, inWords, inEnglish, listed, rest = ''] = leading.exec(title) ?? [];
    const found = inRange(numberOf((inWords ?? inEnglish ?? listed ?? '').replace(/\s+/gu, '')), 200);
    if (found === null || (number !== null && number !== found)) return { number, title };
    number = found;
    if (clean(rest) === '') return { number, title };
    title = clean(rest);
  }
};

/** 2, 2课时, 约2课时, 2.0; undefined for what is no whole number, null where nothing is written. */
export const readHours = (text: string): number | null | undefined => {
  const word = comparable(text);
  if (word === '' || word === '-' || word === '—') return null;
  const [, hours] = /^约?(\d{1,3})(?:\.0+)?(?:个?课时|节课?)?$/u.exec(word) ?? [];
  return hours === undefined || Number(hours) > 400 ? undefined : Number(hours);
};
