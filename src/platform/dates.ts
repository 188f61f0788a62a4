/** A calendar day as `YYYY-MM-DD`. Days never pass through `Date`, so no time zone can shift them. */
export type Day = string;

const DAY_MS = 86_400_000;
/** There is no year 0000; PostgreSQL refuses it. */
const dayPattern = /^(?!0000)(\d{4})-(\d{2})-(\d{2})$/;

export const isDay = (text: string): boolean => {
  if (!dayPattern.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

const toEpochDay = (day: Day): number => {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
};

const fromEpochDay = (epochDay: number): Day => new Date(epochDay * DAY_MS).toISOString().slice(0, 10);

export const addDays = (day: Day, count: number): Day => fromEpochDay(toEpochDay(day) + count);

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => toEpochDay(to) - toEpochDay(from);

/** ISO weekday: 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): number => ((toEpochDay(day) + 3) % 7) + 1;

/** Every day from `from` to `to`, both inclusive. */
export const eachDay = (from: Day, to: Day): Day[] => {
  const first = toEpochDay(from);
  return Array.from({ length: Math.max(0, toEpochDay(to) - first + 1) }, (_, index) =>
    fromEpochDay(first + index),
  );
};

/** The calendar day in China (UTC+8, no summer time) at an instant. */
export const chinaDay = (instant: Date): Day =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Clock time in China at an instant, `HH:MM`. */
export const chinaClock = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);

export const weekdayLabels: Readonly<Record<number, string>> = {
  1: '周一',
  2: '周二',
  3: '周三',
  4: '周四',
  5: '周五',
  6: '周六',
  7: '周日',
};

/** `2024-01-26` → `2024年1月26日` (GB/T 9704-2012: no leading zeros). */
export const chineseDate = (day: Day): string => {
  const [, year, month, date] = dayPattern.exec(day) ?? [];
  return `${year}年${Number(month)}月${Number(date)}日`;
};
