import { addDays, type Day, weekdayOf } from '#platform/dates.ts';
import type { WritingContent } from './contract.ts';
import { type Aspect, aspects, leastSample } from './vocabulary/contract.ts';

/** Of whole per cent; null where the sample is too small to say anything. */
export const shareOf = (ok: number, sample: number): number | null =>
  sample < leastSample ? null : Math.round((100 * ok) / sample);

/** `42／50（84%）`; with a small sample the counts alone. */
export const shareText = (ok: number, sample: number): string => {
  const share = shareOf(ok, sample);
  return sample === 0 ? '—' : `${ok}／${sample}${share === null ? '' : `（${share}%）`}`;
};

interface Counts extends Readonly<Record<Aspect, number>> {
  readonly checks: number;
  readonly sample: number;
}

export const noChecks: Counts = { checks: 0, sample: 0, posture: 0, grip: 0, form: 0, neat: 0 };

export const sumCounts = (all: readonly Counts[]): Counts =>
  all.reduce<Counts>(
    (sum, one) => ({
      checks: sum.checks + one.checks,
      sample: sum.sample + one.sample,
      posture: sum.posture + one.posture,
      grip: sum.grip + one.grip,
      form: sum.form + one.form,
      neat: sum.neat + one.neat,
    }),
    noChecks,
  );

/** Monday-to-Sunday weeks of a term up to a day, cut to the term; the week of the start is 1. */
export const weeksOfTerm = (
  startsOn: Day,
  until: Day,
): { readonly week: number; readonly monday: Day; readonly from: Day; readonly to: Day }[] => {
  const first = addDays(startsOn, 1 - weekdayOf(startsOn));
  const weeks = [];
  for (let monday = first, week = 1; monday <= until; monday = addDays(monday, 7), week += 1) {
    const sunday = addDays(monday, 6);
    weeks.push({
      week,
      monday,
      from: monday < startsOn ? startsOn : monday,
      to: sunday > until ? until : sunday,
    });
  }
  return weeks;
};

/** The four in the form's order, those with the lower share first where the sample says something. */
export const weakestAspects = (counts: Counts): Aspect[] =>
  counts.sample < leastSample ? [] : aspects.toSorted((one, other) => counts[one] - counts[other]);

const written = (content: WritingContent): string => {
  const { dayOn, classId, grade, subject, sample, posture, grip, form, neat, faults, faultNote, advice } =
    content;
  return JSON.stringify([
    [dayOn, classId, grade, subject, sample, posture, grip, form, neat, faultNote, advice],
    faults.toSorted(),
  ]);
};

export const sameWriting = (one: WritingContent, other: WritingContent): boolean =>
  written(one) === written(other);
