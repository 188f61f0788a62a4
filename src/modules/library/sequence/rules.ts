/** `[fromA, toA)` of the first sequence became `[fromB, toB)` of the second; one of the two may be empty. */
export interface Hunk {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/**
 * Up to so many inserted and removed elements in one stretch the difference is the shortest there is (Myers, "An O(ND)
 * difference algorithm", 1986: at most 10^6 steps and 4 MB). Beyond, stretches that occur once on each side are taken as
 * fixed points, and what lies between them is compared anew, twice at most; without any, all of it is replaced.
 */
const mostEdits = 1_000;
/** Lengths of the stretches taken as fixed points, tried in this order. */
const fixedLengths = [8, 1] as const;

const numbered = (sequences: readonly (readonly string[])[]): Int32Array[] => {
  const numbers = new Map<string, number>();
  return sequences.map((sequence) =>
    Int32Array.from(sequence, (key) => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size);
      return numbers.size - 1;
    }),
  );
};

interface Search {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** For each element of `a` its partner in `b`, or -1. */
  readonly partners: Int32Array;
}

const at = (values: Int32Array | undefined, index: number): number => values?.[index] ?? -1;

/** Myers' greedy search; false when the two are too far apart. */
const shortest = ({ a, b, partners }: Search, { fromA, toA, fromB, toB }: Hunk): boolean => {
  const [n, m] = [toA - fromA, toB - fromB];
  const most = Math.min(n + m, mostEdits);
  const middle = most + 1;
  const furthest = new Int32Array(2 * most + 3);
  /** What `furthest` was before each round, from diagonal -round - 1 to round + 1. */
  const rounds: Int32Array[] = [];
  const before = (row: Int32Array, centre: number, k: number, round: number): number =>
    k === -round || (k !== round && at(row, centre + k - 1) < at(row, centre + k + 1)) ? k + 1 : k - 1;
  const walkBack = (): void => {
    let [x, y] = [n, m];
    for (let round = rounds.length - 1; round >= 0; round -= 1) {
      const row = rounds[round] ?? furthest;
      const k = before(row, round + 1, x - y, round);
      const startX = round === 0 ? 0 : at(row, round + 1 + k);
      const startY = round === 0 ? 0 : startX - k;
      while (x > startX && y > startY) {
        x -= 1;
        y -= 1;
        partners[fromA + x] = fromB + y;
      }
      [x, y] = [startX, startY];
    }
  };
  for (let round = 0; round <= most; round += 1) {
    rounds.push(furthest.slice(middle - round - 1, middle + round + 2));
    for (let k = -round; k <= round; k += 2) {
      const from = before(furthest, middle, k, round);
      let x = at(furthest, middle + from) + (from < k ? 1 : 0);
      let y = x - k;
      while (x < n && y < m && a[fromA + x] === b[fromB + y]) {
        x += 1;
        y += 1;
      }
      furthest[middle + k] = x;
      if (x >= n && y >= m) {
        walkBack();
        return true;
      }
    }
  }
  return false;
};

/** Start of every stretch of `length` that occurs exactly once in the range. */
const onceIn = (values: Int32Array, from: number, to: number, length: number): Map<string, number> => {
  const found = new Map<string, number>();
  for (let index = from; index + length <= to; index += 1) {
    const key = values.subarray(index, index + length).join();
    found.set(key, found.has(key) ? -1 : index);
  }
  return found;
};

/** Positions, in order, of one longest strictly increasing run of `values`. */
export const longestIncreasing = (values: readonly number[]): number[] => {
  const ends: number[] = [];
  const previous = new Int32Array(values.length).fill(-1);
  for (const [index, value] of values.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  }
  const run: number[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = at(previous, index)) run.push(index);
  return run.reverse();
};

const betweenFixed = (search: Search, { fromA, toA, fromB, toB }: Hunk, lengths: readonly number[]): void => {
  const [length, ...shorter] = lengths;
  if (length === undefined) return;
  const inB = onceIn(search.b, fromB, toB, length);
  const common = [...onceIn(search.a, fromA, toA, length)]
    .map(([key, a]) => ({ a, b: inB.get(key) ?? -1 }))
    .filter(({ a, b }) => a >= 0 && b >= 0);
  const run = longestIncreasing(common.map(({ b }) => b)).flatMap((index) => common[index] ?? []);
  let [a, b] = [fromA, fromB];
  for (const fixed of [...run, { a: toA, b: toB }]) {
    solve(search, { fromA: a, toA: fixed.a, fromB: b, toB: fixed.b }, shorter);
    if (fixed.a === toA) break;
    search.partners[fixed.a] = fixed.b;
    [a, b] = [fixed.a + 1, fixed.b + 1];
  }
};

const solve = (search: Search, range: Hunk, lengths: readonly number[]): void => {
  const { a, b, partners } = search;
  let { fromA, toA, fromB, toB } = range;
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) {
    partners[fromA] = fromB;
    fromA += 1;
    fromB += 1;
  }
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) {
    toA -= 1;
    toB -= 1;
    partners[toA] = toB;
  }
  if (fromA === toA || fromB === toB) return;
  const rest = { fromA, toA, fromB, toB };
  if (!shortest(search, rest)) betweenFixed(search, rest, lengths);
};

/** Where two sequences of keys differ, in order; between two hunks at least one element is the same. */
export const findHunks = (one: readonly string[], other: readonly string[]): Hunk[] => {
  const [a = new Int32Array(), b = new Int32Array()] = numbered([one, other]);
  const search: Search = { a, b, partners: new Int32Array(a.length).fill(-1) };
  solve(search, { fromA: 0, toA: a.length, fromB: 0, toB: b.length }, fixedLengths);
  const hunks: Hunk[] = [];
  let [fromA, fromB] = [0, 0];
  for (let index = 0; index <= a.length; index += 1) {
    const partner = index === a.length ? b.length : at(search.partners, index);
    if (partner < 0) continue;
    if (index > fromA || partner > fromB) hunks.push({ fromA, toA: index, fromB, toB: partner });
    [fromA, fromB] = [index + 1, partner + 1];
  }
  return hunks;
};

const sizeOf = ({ fromA, toA, fromB, toB }: Hunk): number => Math.max(toA - fromA, toB - fromB);

/** Joins hunks that only a few elements part, which would read as splinters, and lets the others be. */
export const joinSplinters = (hunks: readonly Hunk[]): Hunk[] => {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    let last = hunk;
    for (let top = joined.at(-1); top !== undefined; top = joined.at(-1)) {
      if (last.fromA - top.toA > Math.min(sizeOf(top), sizeOf(last))) break;
      joined.pop();
      last = { ...last, fromA: top.fromA, fromB: top.fromB };
    }
    joined.push(last);
  }
  return joined;
};
