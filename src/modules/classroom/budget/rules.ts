import type { Day } from '#platform/dates.ts';
import type { BudgetPurpose } from './vocabulary/contract.ts';

/** `1234.5` yuan → 123450 分; null for what is no amount of at most two decimals. */
export const fenOf = (text: string): number | null => {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim().replaceAll(',', ''));
  if (match === null) return null;
  const [, yuan = '0', cents = ''] = match;
  return Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
};

/** 123450 → `1,234.50`. */
export const yuanText = (fen: number): string => {
  const yuan = String(Math.floor(fen / 100)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return `${yuan}.${String(fen % 100).padStart(2, '0')}`;
};

export const schoolYearName = (schoolYear: number): string => `${schoolYear}—${schoolYear + 1}学年`;

/** By the calendar alone, where no term is entered: a school year begins in September. */
export const schoolYearOn = (dayOn: string): number =>
  Number(dayOn.slice(0, 4)) - (dayOn.slice(5) < '09-01' ? 1 : 0);

interface EnteredSum {
  readonly schoolId: string;
  readonly schoolYear: number;
  readonly dayOn: Day;
  readonly purpose: BudgetPurpose;
  readonly note: string;
  readonly amountFen: number;
}

export const sameEntry = (one: EnteredSum, other: EnteredSum): boolean =>
  one.schoolId === other.schoolId &&
  one.schoolYear === other.schoolYear &&
  one.dayOn === other.dayOn &&
  one.purpose === other.purpose &&
  one.note === other.note &&
  one.amountFen === other.amountFen;
