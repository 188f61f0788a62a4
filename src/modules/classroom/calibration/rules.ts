import type { Day } from '#platform/dates.ts';
import type { CriterionEntry } from '../shapes/contract.ts';
import { type Step, stepLabels } from '../vocabulary/contract.ts';
import type { Alpha, CalibrationPlan, CriterionFigures, Figures } from './contract.ts';
import {
  type CalibrationPart,
  type CalibrationState,
  type CalibrationStep,
  type Counted,
  leastPanel,
  leastRaters,
} from './vocabulary/contract.ts';

/** A value of one rater for one unit; null where nothing was said, or nothing could be. */
export type Value = number | null;
/** Values of one unit (a lesson's criterion), one for each rater in the same order. */
export type Unit = readonly Value[];

const valuesOf = (unit: Unit): number[] => unit.filter((value) => value !== null);

/** How often each category, in their order, was said of a unit. */
type Tally = readonly number[];

const talliesOf = (units: readonly Unit[]): Tally[] => {
  const all = units.map(valuesOf);
  const categories = [...new Set(all.flat())].toSorted((a, b) => a - b);
  return all.map((values) =>
    categories.map((category) => values.filter((value) => value === category).length),
  );
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const alphaOfTallies = (tallies: readonly Tally[]): number | null => {
  const categories = tallies[0] ?? [];
  // coincidences[c][k]: how often c and k stand together in a unit, each value weighted once.
  const coincidences = categories.map(() => categories.map(() => 0));
  for (const counts of tallies) {
    const values = sumOf(counts);
    if (values < 2) continue;
    counts.forEach((here, c) => {
      const row = coincidences[c];
      counts.forEach((there, k) => {
        if (row !== undefined) row[k] = (row[k] ?? 0) + (here * (c === k ? there - 1 : there)) / (values - 1);
      });
    });
  }
  const totals = coincidences.map(sumOf);
  const all = sumOf(totals);
  const distance = (c: number, k: number): number => {
    const [low, high] = c < k ? [c, k] : [k, c];
    const between = sumOf(totals.slice(low, high + 1));
    return (between - ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2) ** 2;
  };
  let observed = 0;
  let expected = 0;
  totals.forEach((total, c) => {
    for (let k = c + 1; k < totals.length; k += 1) {
      observed += (coincidences[c]?.[k] ?? 0) * distance(c, k);
      expected += total * (totals[k] ?? 0) * distance(c, k);
    }
  });
  return expected === 0 ? null : 1 - ((all - 1) * observed) / expected;
};

/**
 * Krippendorff's alpha for ordinal data with missing values: 1 − observed ÷ expected disagreement, from the
 * coincidence matrix, after K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), part D.
 * 1 is perfect agreement, 0 what chance would give, below 0 systematic disagreement. Null where it is not
 * defined: without a unit of two values, or when all values are the same.
 */
export const ordinalAlpha = (units: readonly Unit[]): number | null => alphaOfTallies(talliesOf(units));

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap interval of 95 % of alpha: units (lesson-criteria) are drawn with replacement and alpha
 * worked out anew each time, after B. Efron and R. Tibshirani, “An Introduction to the Bootstrap” (1993),
 * chapter 13. Draws without an alpha are left out; null when fewer than half have one. `random` gives [0, 1).
 */
export const alphaInterval = (
  units: readonly Unit[],
  random: () => number,
  draws = 1000,
): Interval | null => {
  const tallies = talliesOf(units);
  const alphas = Array.from({ length: draws }, () =>
    alphaOfTallies(tallies.map((tally) => tallies[Math.floor(random() * tallies.length)] ?? tally)),
  )
    .filter((alpha) => alpha !== null)
    .toSorted((a, b) => a - b);
  const [low, high] = [
    alphas[Math.floor(0.025 * (alphas.length - 1))],
    alphas[Math.ceil(0.975 * (alphas.length - 1))],
  ];
  return low === undefined || high === undefined || alphas.length * 2 < draws ? null : { low, high };
};

/** The middle value, or the mean of the two middle ones. */
export const medianOf = (values: readonly Value[]): number | null => {
  const known = valuesOf(values).toSorted((a, b) => a - b);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/** Whether a value lies within one step of the panel's median; null where either says nothing. */
export const isWithinOneStep = (own: Value, median: number | null): boolean | null =>
  own === null || median === null ? null : Math.abs(own - median) <= 1;

/** The state a step leads to; absent where it may not be taken. */
export const calibrationTransitions: Readonly<
  Record<CalibrationState, Partial<Readonly<Record<CalibrationStep, CalibrationState>>>>
> = {
  draft: { change: 'draft', open: 'open' },
  open: { extend: 'open', close: 'closed' },
  closed: {},
};

interface Invitations {
  readonly raters: readonly string[];
  readonly panel: readonly string[];
  readonly deadlineOn: Day;
}

/** What keeps a plan from being kept; null when nothing does. */
export const planProblem = (
  plan: Invitations & Pick<CalibrationPlan, 'mode' | 'schoolId' | 'dayOn' | 'slot'>,
): string | null => {
  const place = [plan.schoolId, plan.dayOn, plan.slot];
  if (plan.mode === 'live' && place.includes(null)) return '现场课请选好学校、日期和节次。';
  if (plan.mode === 'video' && place.some((one) => one !== null)) return '录像课不用选学校、日期和节次。';
  if (plan.dayOn !== null && plan.dayOn > plan.deadlineOn) return '截止日期不能早于上课的日期，请改晚一些。';
  const named = [...plan.raters, ...plan.panel].map((one) => one.toLowerCase());
  return new Set(named).size === named.length ? null : '同一个人只能邀请一次：专家组成员不再列入评课人。';
};

export const openingProblem = ({ raters, panel, deadlineOn }: Invitations, today: Day): string | null => {
  if (raters.length < leastRaters) return `请至少邀请 ${leastRaters} 位评课人：人数不足时不显示任何汇总。`;
  if (panel.length > 0 && panel.length < leastPanel)
    return `专家组请至少 ${leastPanel} 人，或者不设专家组，以全体评课人的中位数为参照。`;
  return deadlineOn < today ? '截止日期已经过了，请先改截止日期。' : null;
};

/** What keeps entries from being submitted; null when nothing does. */
export const ratingProblem = (
  entries: readonly CriterionEntry[],
  codes: readonly string[],
): string | null => {
  if (new Set(entries.map(({ code }) => code)).size !== entries.length) return '同一条标准填写了两次。';
  if (entries.some(({ code }) => !codes.includes(code)))
    return '评价标准的版本不同，请刷新页面；您填写的内容仍保留在本页。';
  const unstepped = entries.find(({ step, evidence }) => step === null && evidence.trim() !== '');
  if (unstepped !== undefined) return `第 ${unstepped.code.slice(1)} 条写了依据，请再选一档。`;
  return entries.some(({ step }) => step !== null) ? null : '还没有选任何一条，请至少评一条再提交。';
};

/** What one person submitted, without the person. */
export interface Rating {
  readonly part: CalibrationPart;
  readonly entries: readonly Pick<CriterionEntry, 'code' | 'step'>[];
}

const stepValues: Readonly<Record<Step, Value>> = {
  'not-seen': 1,
  partly: 2,
  'seen-well': 3,
  'not-applicable': null,
};

const stepOf = ({ entries }: Pick<Rating, 'entries'>, code: string): Step | null =>
  entries.find((entry) => entry.code === code)?.step ?? null;
const valueOf = (rating: Pick<Rating, 'entries'>, code: string): Value => {
  const step = stepOf(rating, code);
  return step === null ? null : stepValues[step];
};
const ratersOf = (ratings: readonly Rating[]): Rating[] => ratings.filter(({ part }) => part === 'rater');

const shareWithin = (values: readonly Value[], medians: readonly (number | null)[]): Share => {
  const known = values
    .map((value, index) => isWithinOneStep(value, medians[index] ?? null))
    .filter((within) => within !== null);
  return { within: known.filter(Boolean).length, of: known.length };
};
type Share = NonNullable<CriterionFigures['share']>;

/**
 * Criterion by criterion over all raters; null when there are fewer than `leastRaters`. The panel is the reference
 * where enough of it submitted and counts in nothing else; without it the raters' own median is.
 */
export const figuresOf = (codes: readonly string[], ratings: readonly Rating[]): Figures | null => {
  const raters = ratersOf(ratings);
  if (raters.length < leastRaters) return null;
  const panel = ratings.filter(({ part }) => part === 'panel');
  const [reference, referees, least] =
    panel.length >= leastPanel
      ? (['panel', panel, leastPanel] as const)
      : (['rater', raters, leastRaters] as const);
  return {
    raters: raters.length,
    reference,
    criteria: codes.map((code) => {
      const said = valuesOf(referees.map((rating) => valueOf(rating, code)));
      const median = said.length < least ? null : medianOf(said);
      const values = raters.map((rating) => valueOf(rating, code));
      const share = shareWithin(
        values,
        values.map(() => median),
      );
      return {
        code,
        counts: countsOf(raters, code),
        median,
        share: share.of < leastRaters ? null : share,
      };
    }),
  };
};

const countsOf = (raters: readonly Rating[], code: string): Record<Counted, number> => {
  const counts = { 'seen-well': 0, partly: 0, 'not-seen': 0, 'not-applicable': 0, unnoted: 0 };
  for (const rater of raters) counts[stepOf(rater, code) ?? 'unnoted'] += 1;
  return counts;
};

/** Of one rater over all criteria; null where nothing could be held against the reference. */
export const ownShare = (own: Pick<Rating, 'entries'>, { criteria }: Figures): Share | null => {
  const share = shareWithin(
    criteria.map(({ code }) => valueOf(own, code)),
    criteria.map(({ median }) => median),
  );
  return share.of === 0 ? null : share;
};

/** The raters' agreement over all criteria; a value that is missing stays missing. */
export const alphaOf = (
  codes: readonly string[],
  ratings: readonly Rating[],
  random: () => number,
): Alpha => {
  const raters = ratersOf(ratings).filter((rating) => codes.some((code) => valueOf(rating, code) !== null));
  if (raters.length < leastRaters) return { kind: 'too-few' };
  const units = codes
    .map((code) => raters.map((rating) => valueOf(rating, code)))
    .filter((unit) => valuesOf(unit).length >= 2);
  if (units.length === 0) return { kind: 'no-pairs' };
  const alpha = ordinalAlpha(units);
  return alpha === null
    ? { kind: 'uniform' }
    : {
        kind: 'figure',
        alpha,
        interval: alphaInterval(units, random),
        raters: raters.length,
        criteria: units.length,
      };
};

/** Whether what one person noted on a criterion lies within one step of its median. */
export const entryWithin = (entry: Pick<CriterionEntry, 'step'> | undefined, median: number | null) =>
  isWithinOneStep(entry === undefined || entry.step === null ? null : stepValues[entry.step], median);

/** A median in words: it may lie between two steps. */
export const medianLabel = (median: number): string => {
  const [low, high] = [medianSteps[Math.floor(median)], medianSteps[Math.ceil(median)]];
  if (low === undefined || high === undefined) return '';
  return low === high ? stepLabels[low] : `${stepLabels[low]}与${stepLabels[high]}之间`;
};
const medianSteps: Readonly<Record<number, Step>> = { 1: 'not-seen', 2: 'partly', 3: 'seen-well' };
