/** A value of one rater for one unit; null where nothing was said, or nothing could be. */
export type Value = number | null;
/** Values of one unit (a lesson's criterion), one for each rater in the same order. */
export type Unit = readonly Value[];

const valuesOf = (unit: Unit): number[] => unit.filter((value) => value !== null);

/**
 * Krippendorff's alpha for ordinal data with missing values: 1 − observed ÷ expected disagreement, from the
 * coincidence matrix, after K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), part D.
 * 1 is perfect agreement, 0 what chance would give, below 0 systematic disagreement. Null where it is not
 * defined: without a unit of two values, or when all values are the same.
 */
export const ordinalAlpha = (units: readonly Unit[]): number | null => {
  const paired = units.map(valuesOf).filter((values) => values.length >= 2);
  const categories = [...new Set(paired.flat())].toSorted((a, b) => a - b);
  const place = new Map(categories.map((category, index) => [category, index]));
  // coincidences[c][k]: how often c and k stand together in a unit, each value weighted once.
  const coincidences = categories.map(() => categories.map(() => 0));
  for (const values of paired) {
    const counts = categories.map(() => 0);
    for (const value of values) {
      const at = place.get(value) ?? 0;
      counts[at] = (counts[at] ?? 0) + 1;
    }
    counts.forEach((here, c) => {
      counts.forEach((there, k) => {
        const row = coincidences[c];
        if (row !== undefined)
          row[k] = (row[k] ?? 0) + (here * (c === k ? there - 1 : there)) / (values.length - 1);
      });
    });
  }
  const totals = coincidences.map((row) => row.reduce((sum, count) => sum + count, 0));
  const all = totals.reduce((sum, count) => sum + count, 0);
  const distance = (c: number, k: number): number => {
    const [low, high] = c < k ? [c, k] : [k, c];
    const between = totals.slice(low, high + 1).reduce((sum, count) => sum + count, 0);
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
  const alphas = Array.from({ length: draws }, () =>
    ordinalAlpha(units.map((unit) => units[Math.floor(random() * units.length)] ?? unit)),
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
