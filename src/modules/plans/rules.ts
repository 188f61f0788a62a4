import type { Post } from '#modules/organisation/contract.ts';
import type { Day } from '#platform/dates.ts';
import type { Pace, TargetKey } from './contract.ts';

/** A target as the rules see it; `toOn` is the first day it no longer holds. */
export interface DatedTarget {
  readonly id: string;
  readonly key: TargetKey;
  readonly post: Post | null;
  readonly personId: string | null;
  readonly amount: number | null;
  readonly fromOn: Day;
  readonly toOn: Day | null;
  readonly clause: string;
}

export const holdsOn = (target: Pick<DatedTarget, 'fromOn' | 'toOn'>, on: Day): boolean =>
  target.fromOn <= on && (target.toOn === null || on < target.toOn);

/** A person's own target comes before that of the post; null when neither holds on the day. */
export const targetFor = <T extends DatedTarget>(
  targets: readonly T[],
  key: TargetKey,
  holder: { readonly personId: string; readonly posts: readonly Post[] },
  on: Day,
): T | null => {
  const holding = targets.filter((one) => one.key === key && holdsOn(one, on));
  return (
    holding.find((one) => one.personId === holder.personId) ??
    holding.find((one) => one.post !== null && holder.posts.includes(one.post)) ??
    null
  );
};

/** Unrounded: round only what is printed. 0 for a term without teaching days. */
export const expectedBy = (amount: number, elapsedTeachingDays: number, totalTeachingDays: number): number =>
  totalTeachingDays === 0
    ? 0
    : (amount * Math.min(elapsedTeachingDays, totalTeachingDays)) / totalTeachingDays;

export interface Progress {
  readonly done: number;
  readonly amount: number;
  readonly elapsedTeachingDays: number;
  readonly totalTeachingDays: number;
}

const teachingDaysAWeek = 5;

/** Within one week's share of the expected number counts as on pace: nobody observes in equal portions. */
export const paceOf = ({ done, amount, elapsedTeachingDays, totalTeachingDays }: Progress): Pace => {
  if (done >= amount) return 'reached';
  if (elapsedTeachingDays <= 0) return 'not-begun';
  const difference = done - expectedBy(amount, elapsedTeachingDays, totalTeachingDays);
  const weeksShare = expectedBy(amount, teachingDaysAWeek, totalTeachingDays);
  if (difference > weeksShare) return 'ahead';
  return difference < -weeksShare ? 'behind' : 'on';
};

/** How many a week of five teaching days from now on; null when no teaching day is left. */
export const perWeekNeeded = ({
  done,
  amount,
  elapsedTeachingDays,
  totalTeachingDays,
}: Progress): number | null => {
  if (done >= amount) return 0;
  const daysLeft = totalTeachingDays - elapsedTeachingDays;
  return daysLeft <= 0 ? null : ((amount - done) * teachingDaysAWeek) / daysLeft;
};

/** Says where one stands without praise or blame. */
export const paceSentence = (progress: Progress): string => {
  const needed = perWeekNeeded(progress);
  const difference = Math.abs(
    progress.done -
      Math.round(expectedBy(progress.amount, progress.elapsedTeachingDays, progress.totalTeachingDays)),
  );
  const rest =
    needed === null ? '本学期教学日已结束。' : `余下教学日平均每周约 ${Math.ceil(needed)} 节即可完成。`;
  const sentences: Readonly<Record<Pace, string>> = {
    reached: `已达到本学期的 ${progress.amount} 节。`,
    'not-begun': `学期尚未开始；平均每周约 ${Math.ceil(needed ?? 0)} 节。`,
    ahead: `比按教学日推算的进度多 ${difference} 节。${rest}`,
    behind: `比按教学日推算的进度少 ${difference} 节。${rest}`,
    on: `与按教学日推算的进度相当。${rest}`,
  };
  return sentences[paceOf(progress)];
};

export interface TargetSpan {
  readonly id: string;
  readonly fromOn: Day;
  readonly toOn: Day | null;
}

/**
 * Where a new target from `fromOn` stands among those of the same key and holder:
 * which of them it ends on that day, and until when it holds itself (the next later one's first day).
 */
export const placeTarget = (
  targets: readonly TargetSpan[],
  fromOn: Day,
): { readonly ends: TargetSpan | null; readonly toOn: Day | null } => {
  const real = targets.filter((one) => one.toOn === null || one.fromOn < one.toOn);
  const later = real.map((one) => one.fromOn).filter((from) => from > fromOn);
  return {
    ends: real.find((one) => holdsOn(one, fromOn)) ?? null,
    toOn: later.toSorted()[0] ?? null,
  };
};
