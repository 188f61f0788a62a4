import { gradeLabels, type Subject } from '#modules/organisation/vocabulary/contract.ts';
import type { HomeworkItem, HomeworkLimit } from './contract.ts';
import type { Standing } from './vocabulary/contract.ts';

export const limitsKey = 'homework.limits';

/** A row of the dated table of limits, for grades from–to, both inside. */
export interface HomeworkBand extends HomeworkLimit {
  readonly gradeFrom: number;
  readonly gradeTo: number;
}

export const limitOfGrade = (bands: readonly HomeworkBand[], grade: number): HomeworkLimit | null => {
  const band = bands.find(({ gradeFrom, gradeTo }) => gradeFrom <= grade && grade <= gradeTo);
  return band === undefined ? null : { minutes: band.minutes, takeHome: band.takeHome, ground: band.ground };
};

export interface Judgement {
  /** Of all written homework of the day. */
  readonly minutes: number;
  readonly takeHomeMinutes: number;
  readonly standing: Standing;
  /** What to say to the person who enters it. */
  readonly sentence: string;
}

const sum = (items: readonly HomeworkItem[]): number => items.reduce((all, { minutes }) => all + minutes, 0);

/** The limit is on the sum over all subjects, so each may be short and the day too long (domain 4.2). */
export const judgeHomework = (
  limit: HomeworkLimit | null,
  grade: number,
  items: readonly HomeworkItem[],
): Judgement => {
  const minutes = sum(items);
  const takeHomeMinutes = sum(items.filter(({ takeHome }) => takeHome));
  const whole = { minutes, takeHomeMinutes };
  const label = gradeLabels[grade] ?? '';
  if (limit !== null && !limit.takeHome && takeHomeMinutes > 0)
    return {
      ...whole,
      standing: 'forbidden',
      sentence: `${label}不得布置带回家的书面作业（${limit.ground}）。请取消“带回家”改为在校内完成，或删去这一项。`,
    };
  if (limit !== null && limit.minutes !== null && minutes > limit.minutes) {
    const none = items.every((item) => item.minutes <= (limit.minutes ?? 0));
    return {
      ...whole,
      standing: 'over',
      sentence: `各科书面作业合计 ${minutes} 分钟，超过${label}每天 ${limit.minutes} 分钟的上限 ${minutes - limit.minutes} 分钟${none ? '（各科单独都没有超过）' : ''}。请与各科老师商量减少。依据：${limit.ground}。`,
    };
  }
  return {
    ...whole,
    standing: 'within',
    sentence:
      limit === null || limit.minutes === null
        ? `各科书面作业合计 ${minutes} 分钟。`
        : `各科书面作业合计 ${minutes} 分钟，未超过每天 ${limit.minutes} 分钟的上限。`,
  };
};

export const sameItems = (one: readonly HomeworkItem[], other: readonly HomeworkItem[]): boolean => {
  const text = (items: readonly HomeworkItem[]): string =>
    items
      .map(({ subject, minutes, takeHome, adaptationId = '' }) =>
        [subject, minutes, takeHome, adaptationId].join(' '),
      )
      .toSorted()
      .join('\n');
  return text(one) === text(other);
};

/** A day's homework with one subject's part as it is now; the other subjects' stay as they are. */
export const withSubject = (items: readonly HomeworkItem[], own: HomeworkItem): HomeworkItem[] =>
  items.some(({ subject }) => subject === own.subject)
    ? items.map((item) => (item.subject === own.subject ? own : item))
    : [...items, own];

/** A row of the form while it is typed. */
export interface TypedRow {
  readonly subject: Subject;
  readonly minutes: string;
  readonly takeHome: boolean;
  readonly adaptationId?: string | undefined;
}

/** Rows with a number of minutes; null where something typed is no whole number from 1 to 300. */
export const itemsOf = (rows: readonly TypedRow[]): HomeworkItem[] | null => {
  const filled = rows.filter(({ minutes }) => minutes.trim() !== '' && minutes.trim() !== '0');
  const items = filled.map(({ subject, minutes, takeHome, adaptationId }) => ({
    subject,
    minutes: /^\d{1,3}$/.test(minutes.trim()) ? Number(minutes) : Number.NaN,
    takeHome,
    ...(adaptationId === undefined ? {} : { adaptationId }),
  }));
  return items.every(({ minutes }) => minutes >= 1 && minutes <= 300) ? items : null;
};
