import { chineseDate, type Day, isDay } from '#platform/dates.ts';
import { invalid } from '#platform/refusal.ts';
import type { DocumentNumber, HeadingLevel } from './document.ts';

/** `丰教研字〔2024〕16号`: hexagonal brackets, no 第, no leading zero. */
export const formatDocumentNumber = ({ series, year, number }: DocumentNumber): string =>
  `${series}〔${year}〕${number}号`;

const documentNumberPattern = /^(.+?)\s*[〔[(（【［]\s*(\d{4})\s*[〕\])）】］]\s*第?\s*0*(\d{1,9})\s*号$/u;

/** Reads also what older documents print: `[2024]`, `（2024）`, `第16号`, `016号`, full-width digits. Null: not a number. */
export const parseDocumentNumber = (text: string): DocumentNumber | null => {
  const narrow = text
    .trim()
    .replace(/[０-９]/gu, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) - 0xfee0));
  const match = documentNumberPattern.exec(narrow);
  if (!match) return null;
  const [, series = '', year, number] = match;
  return { series: series.trim(), year: Number(year), number: Number(number) };
};

/** `2024-01-26` → `2024年1月26日`. */
export const formatDate = (day: Day): string => {
  if (!isDay(day)) throw invalid('日期应写成“2024-01-26”的样子，并且是日历上有的一天。', { day });
  return chineseDate(day);
};

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1–99 in Chinese numerals; beyond that plain digits, which no heading reaches. */
export const chineseNumeral = (value: number): string => {
  if (value < 1 || value > 99) return String(value);
  const tens = Math.floor(value / 10);
  const head = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return `${head}${digits[value % 10]}`;
};

const headingLabel = (level: HeadingLevel, value: number): string => {
  if (level === 1) return `${chineseNumeral(value)}、`;
  if (level === 2) return `（${chineseNumeral(value)}）`;
  return level === 3 ? `${value}.` : `（${value}）`;
};

/** A fresh count for one text: each call numbers the next heading, a higher level starts the lower ones again. */
export const headingCounter = (): ((level: HeadingLevel) => string) => {
  const counts = [0, 0, 0, 0];
  return (level) => {
    const value = (counts[level - 1] ?? 0) + 1;
    counts[level - 1] = value;
    counts.fill(0, level);
    return headingLabel(level, value);
  };
};
