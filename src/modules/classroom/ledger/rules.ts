import type { Subject } from '#modules/organisation/contract.ts';
import type { Day } from '#platform/dates.ts';
import { chinaDay, daysBetween } from '#platform/dates.ts';
import type { Mode } from '../contract.ts';
import type { RemarkKind } from './contract.ts';

/** A counted record of one observer, as the ledger reads it. */
export interface LedgerRecord {
  readonly id: string;
  readonly dayOn: Day;
  readonly slotFrom: number;
  readonly slotTo: number;
  /** By the bell, minutes after midnight; null without a bell table. */
  readonly startsAt: number | null;
  readonly schoolId: string;
  readonly classLabel: string;
  readonly grade: number;
  readonly subject: Subject;
  readonly teacherId: string | null;
  readonly teacherName: string;
  readonly lessons: number;
  readonly mode: Mode;
  readonly late: boolean;
  readonly fedBackAt: string | null;
  /** The three sections together. */
  readonly text: string;
}

export interface Remark {
  readonly kind: RemarkKind;
  /** The later record. */
  readonly id: string;
  /** The earlier record it is compared with; null for a late entry. */
  readonly otherId: string | null;
}

/** What identifies a remark, so that an explanation finds it again. */
export const remarkKey = ({ kind, id, otherId }: Remark): string => `${kind}/${id}/${otherId ?? ''}`;

/** Letters, characters and digits alone, width and case made equal. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

export const trigrams = (text: string): ReadonlySet<string> => {
  const characters = Array.from(text);
  return new Set(characters.slice(0, -2).map((_, index) => characters.slice(index, index + 3).join('')));
};

/** Jaccard's share of common 3-grams (the measure of pg_trgm): 1 for equal sets, 0 for nothing in common. */
export const similarity = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  if (one.size + other.size === 0) return 1;
  const common = one.intersection(other).size;
  return common / (one.size + other.size - common);
};

/** Shorter texts say too little to tell a copy from a habit of speech. */
export const leastCopiedLength = 20;
export const copiedFrom = 0.9;

const inOrder = (records: readonly LedgerRecord[]): LedgerRecord[] =>
  records.toSorted(
    (a, b) => a.dayOn.localeCompare(b.dayOn) || a.slotFrom - b.slotFrom || a.id.localeCompare(b.id),
  );

/**
 * Each record whose text is equal or nearly equal to an earlier one, with the earliest such record.
 * Only records that share one of their rarest 3-grams are compared: with a share of 0.9, sets of n must have
 * one of any n − ⌈0.9 n⌉ + 1 in common (prefix filter of Chaudhuri, Ganti and Kaushik, 2006).
 */
export const copiedTexts = (records: readonly LedgerRecord[]): Remark[] => {
  const texts = inOrder(records).flatMap(({ id, text }) => {
    const plain = normalise(text);
    return Array.from(plain).length < leastCopiedLength ? [] : [{ id, grams: trigrams(plain) }];
  });
  const frequency = new Map<string, number>();
  for (const { grams } of texts)
    for (const gram of grams) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
  const rarest = (grams: ReadonlySet<string>): string[] =>
    [...grams]
      .toSorted((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0) || (a < b ? -1 : 1))
      .slice(0, grams.size - Math.ceil(copiedFrom * grams.size) + 1);
  const seen = new Map<string, number[]>();
  return texts.flatMap(({ id, grams }, index): Remark[] => {
    const prefix = rarest(grams);
    const candidates = new Set(prefix.flatMap((gram) => seen.get(gram) ?? []));
    for (const gram of prefix) seen.set(gram, [...(seen.get(gram) ?? []), index]);
    const source = [...candidates]
      .toSorted((a, b) => a - b)
      .map((candidate) => texts[candidate])
      .find((earlier) => earlier !== undefined && similarity(earlier.grams, grams) >= copiedFrom);
    return source === undefined ? [] : [{ kind: 'copied', id, otherId: source.id }];
  });
};

const slotsApart = (a: LedgerRecord, b: LedgerRecord): number =>
  Math.max(a.slotFrom, b.slotFrom) - Math.min(a.slotTo, b.slotTo);

const isSameTeacher = (a: LedgerRecord, b: LedgerRecord): boolean =>
  a.teacherId === null
    ? b.teacherId === null && a.teacherName === b.teacherName
    : a.teacherId === b.teacherId;

/** An hour by the bell; without bells the next slot. */
const isWithinHour = (a: LedgerRecord, b: LedgerRecord): boolean =>
  a.startsAt === null || b.startsAt === null
    ? slotsApart(a, b) <= 1
    : Math.abs(a.startsAt - b.startsAt) <= 60;

/**
 * Perhaps one lesson entered twice: the same teacher within an hour, or the same class in the next slot.
 * A class followed into another teacher's lesson of another subject is plainly another lesson.
 */
const isDuplicate = (a: LedgerRecord, b: LedgerRecord): boolean =>
  (isSameTeacher(a, b) && isWithinHour(a, b)) ||
  (a.schoolId === b.schoolId &&
    a.classLabel === b.classLabel &&
    slotsApart(a, b) <= 1 &&
    (isSameTeacher(a, b) || a.subject === b.subject));

/** Nobody is at two schools without a break between; a recording can be seen anywhere. */
const isImpossible = (a: LedgerRecord, b: LedgerRecord): boolean =>
  a.schoolId !== b.schoolId && slotsApart(a, b) <= 1 && a.mode === 'live' && b.mode === 'live';

/** Everything worth a second look in one observer's records, by day. */
export const remarksOf = (records: readonly LedgerRecord[]): Remark[] => {
  const ordered = inOrder(records);
  const ofDay = Map.groupBy(ordered, ({ dayOn }) => dayOn);
  const pairs = [...ofDay.values()].flatMap((day) =>
    day.flatMap((later, index) => day.slice(0, index).map((earlier) => ({ earlier, later }))),
  );
  return [
    ...pairs.flatMap(({ earlier, later }): Remark[] => [
      ...(isDuplicate(earlier, later)
        ? [{ kind: 'duplicate' as const, id: later.id, otherId: earlier.id }]
        : []),
      ...(isImpossible(earlier, later)
        ? [{ kind: 'overlap' as const, id: later.id, otherId: earlier.id }]
        : []),
    ]),
    ...copiedTexts(ordered),
    ...ordered.flatMap(({ id, late }): Remark[] => (late ? [{ kind: 'late', id, otherId: null }] : [])),
  ];
};

export interface Spread {
  readonly grades: readonly { readonly grade: number; readonly lessons: number }[];
  readonly subjects: readonly { readonly subject: Subject; readonly lessons: number }[];
  readonly teachers: readonly {
    readonly teacherId: string | null;
    readonly teacherName: string;
    readonly lessons: number;
  }[];
}

const sum = (records: readonly LedgerRecord[]): number =>
  records.reduce((total, { lessons }) => total + lessons, 0);

/** Each list sums to the lessons of all records. */
export const spreadOf = (records: readonly LedgerRecord[]): Spread => ({
  grades: [...Map.groupBy(records, ({ grade }) => grade)]
    .map(([grade, own]) => ({ grade, lessons: sum(own) }))
    .toSorted((a, b) => a.grade - b.grade),
  subjects: [...Map.groupBy(records, ({ subject }) => subject)]
    .map(([subject, own]) => ({ subject, lessons: sum(own) }))
    .toSorted((a, b) => a.subject.localeCompare(b.subject)),
  teachers: [...Map.groupBy(records, ({ teacherId, teacherName }) => teacherId ?? teacherName).values()]
    .flatMap((own) => {
      const [first] = own;
      return first === undefined
        ? []
        : [{ teacherId: first.teacherId, teacherName: first.teacherName, lessons: sum(own) }];
    })
    .toSorted((a, b) => a.teacherName.localeCompare(b.teacherName, 'zh-Hans-CN-u-co-pinyin')),
});

export interface FeedbackDelay {
  /** From the lesson's day to the day it was fed back; null when nothing was. */
  readonly medianDays: number | null;
  readonly fedBack: number;
  readonly waiting: number;
}

export const feedbackDelay = (records: readonly LedgerRecord[]): FeedbackDelay => {
  const days = records
    .flatMap(({ dayOn, fedBackAt }) =>
      fedBackAt === null ? [] : [Math.max(0, daysBetween(dayOn, chinaDay(new Date(fedBackAt))))],
    )
    .toSorted((a, b) => a - b);
  const [low, high] = [days[Math.floor((days.length - 1) / 2)], days[Math.floor(days.length / 2)]];
  return {
    medianDays: low === undefined || high === undefined ? null : (low + high) / 2,
    fedBack: days.length,
    waiting: records.length - days.length,
  };
};
