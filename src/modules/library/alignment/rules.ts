import { findHunks, type Hunk, longestIncreasing } from '../sequence/rules.ts';

/** How nodes of one kind are told apart and compared. */
export interface Aligned<Node> {
  /** Equal for equal nodes. */
  readonly keyOf: (node: Node) => string;
  readonly wordsInside: (node: Node) => readonly string[];
}

/** `replaced`: stands where the other stood and has little in common with it. */
export type Likeness = 'same' | 'similar' | 'replaced';
export interface Partner {
  readonly index: number;
  readonly likeness: Likeness;
}

/** From this share of common words and pairs of words two texts count as one text, edited. */
const similarFrom = 0.35;
/** Every node is compared with every other up to so many pairs; beyond, rare pairs of words name the candidates. */
const mostPairs = 40_000;
/** So many of a text's hashes, the smallest, name candidates. */
const sketchSize = 32;
/** More than any list of nodes has. */
const mostNodes = 2 ** 19;

const hash = (text: string, seed: number): number => {
  let value = seed;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value;
};

/** Sorted hashes of the words of a text and of each two that stand together. */
export type Bag = Int32Array;
export const bagOf = (keys: readonly string[]): Bag => {
  const bag = new Int32Array(Math.max(0, 2 * keys.length - 1));
  for (const [index, key] of keys.entries()) {
    const one = hash(key, 0x811c9dc5 | 0);
    bag[2 * index] = one;
    const next = keys[index + 1];
    if (next !== undefined) bag[2 * index + 1] = hash(next, one);
  }
  return bag.sort();
};

const commonOf = (one: Bag, other: Bag): number => {
  let [index, otherIndex, common] = [0, 0, 0];
  while (index < one.length && otherIndex < other.length) {
    const [left = 0, right = 0] = [one[index], other[otherIndex]];
    if (left === right) common += 1;
    if (left <= right) index += 1;
    if (right <= left) otherIndex += 1;
  }
  return common;
};

/** Dice coefficient of two bags, 0 to 1; two empty texts are alike. */
const likeness = (one: Bag, other: Bag, common: number): number =>
  one.length + other.length === 0 ? 1 : (2 * common) / (one.length + other.length);

export const areSimilar = (one: Bag, other: Bag): boolean =>
  likeness(one, other, commonOf(one, other)) >= similarFrom;

interface Bags {
  readonly a: (index: number) => Bag;
  readonly b: (index: number) => Bag;
}
type Pair = readonly [a: number, b: number];

const weightOf = (before: Bag, after: Bag): number => {
  const common = commonOf(before, after);
  const share = likeness(before, after, common);
  // How much of the old is kept counts as well: a text with something added is still that text, a copy filled in anew not.
  return share < similarFrom ? 0 : share + (before.length === 0 ? 1 : common / before.length);
};

/** The pairs, in order on both sides, that have most in common together. */
const pairAll = ({ fromA, toA, fromB, toB }: Hunk, bags: Bags): Pair[] => {
  const [n, m] = [toA - fromA, toB - fromB];
  const width = m + 1;
  const best = new Float64Array((n + 1) * width);
  const weights = new Float64Array(n * m);
  for (let a = n - 1; a >= 0; a -= 1) {
    for (let b = m - 1; b >= 0; b -= 1) {
      const weight = weightOf(bags.a(fromA + a), bags.b(fromB + b));
      weights[a * m + b] = weight;
      const paired = weight > 0 ? weight + (best[(a + 1) * width + b + 1] ?? 0) : 0;
      best[a * width + b] = Math.max(paired, best[(a + 1) * width + b] ?? 0, best[a * width + b + 1] ?? 0);
    }
  }
  const pairs: Pair[] = [];
  let [a, b] = [0, 0];
  while (a < n && b < m) {
    const here = best[a * width + b] ?? 0;
    if (here === 0) break;
    const weight = weights[a * m + b] ?? 0;
    if (weight > 0 && weight + (best[(a + 1) * width + b + 1] ?? 0) === here) {
      pairs.push([fromA + a, fromB + b]);
      a += 1;
      b += 1;
    } else if (here === best[(a + 1) * width + b]) a += 1;
    else b += 1;
  }
  return pairs;
};

/** Candidates of a long stretch by words that are rare in it, then all that lies between them. */
const pairByRareWords = (range: Hunk, bags: Bags): Pair[] => {
  // One number holds hash, side and index, so that sorting brings equal words together.
  const nodes = range.toA - range.fromA + range.toB - range.fromB;
  const entries = new Float64Array(nodes * sketchSize);
  let count = 0;
  const note = (side: 'a' | 'b', from: number, to: number): void => {
    for (let index = from; index < to; index += 1) {
      const offset = side === 'a' ? index : mostNodes + index;
      for (const value of bags[side](index).subarray(0, sketchSize)) {
        entries[count] = (value >>> 0) * 2 * mostNodes + offset;
        count += 1;
      }
    }
  };
  note('a', range.fromA, range.toA);
  note('b', range.fromB, range.toB);
  const sorted = entries.subarray(0, count).sort();
  const votes = new Map<number, Map<number, number>>();
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const places = new Set<number>();
    const word = Math.floor((sorted[from] ?? 0) / (2 * mostNodes));
    for (; to < sorted.length && Math.floor((sorted[to] ?? 0) / (2 * mostNodes)) === word; to += 1)
      places.add((sorted[to] ?? 0) % (2 * mostNodes));
    if (places.size < 2 || places.size > 4) continue;
    const [here, there] = [
      [...places].filter((place) => place < mostNodes),
      [...places].filter((place) => place >= mostNodes),
    ];
    for (const a of here) {
      const counts = votes.get(a) ?? new Map<number, number>();
      for (const b of there) counts.set(b - mostNodes, (counts.get(b - mostNodes) ?? 0) + 1);
      votes.set(a, counts);
    }
  }
  const candidates = [...votes]
    .sort(([one], [other]) => one - other)
    .flatMap(([a, counts]): Pair[] => {
      const [first] = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
      return first !== undefined && areSimilar(bags.a(a), bags.b(first[0])) ? [[a, first[0]]] : [];
    });
  const run = longestIncreasing(candidates.map(([, b]) => b)).flatMap((index) => {
    const pair = candidates[index];
    return pair === undefined ? [] : [pair];
  });
  const pairs: Pair[] = [];
  let [fromA, fromB] = [range.fromA, range.fromB];
  for (const [toA, toB] of [...run, [range.toA, range.toB] as const]) {
    if ((toA - fromA) * (toB - fromB) <= mostPairs) pairs.push(...pairAll({ fromA, toA, fromB, toB }, bags));
    if (toA < range.toA && toB < range.toB) pairs.push([toA, toB]);
    [fromA, fromB] = [toA + 1, toB + 1];
  }
  return pairs;
};

/**
 * For each node of `before` what became of it, or null where it is gone; the order is the same on both sides, so a node
 * moved to another place is gone here and new there.
 */
export const align = <Node>(
  before: readonly Node[],
  after: readonly Node[],
  { keyOf, wordsInside }: Aligned<Node>,
): (Partner | null)[] => {
  const partners: (Partner | null)[] = before.map(() => null);
  const lazily = (nodes: readonly Node[]): ((index: number) => Bag) => {
    const bags: Bag[] = [];
    return (index) => {
      const node = nodes[index];
      return (bags[index] ??= bagOf(node === undefined ? [] : wordsInside(node)));
    };
  };
  const bags: Bags = { a: lazily(before), b: lazily(after) };
  let [a, b] = [0, 0];
  const end: Hunk = { fromA: before.length, toA: before.length, fromB: after.length, toB: after.length };
  for (const hunk of [...findHunks(before.map(keyOf), after.map(keyOf)), end]) {
    for (; a < hunk.fromA; a += 1, b += 1) partners[a] = { index: b, likeness: 'same' };
    const small = (hunk.toA - hunk.fromA) * (hunk.toB - hunk.fromB) <= mostPairs;
    const pairs = small ? pairAll(hunk, bags) : pairByRareWords(hunk, bags);
    for (const [toA, toB] of [...pairs, [hunk.toA, hunk.toB] as const]) {
      for (; a < toA && b < toB; a += 1, b += 1) partners[a] = { index: b, likeness: 'replaced' };
      if (toA < hunk.toA && toB < hunk.toB) partners[toA] = { index: toB, likeness: 'similar' };
      [a, b] = [toA + 1, toB + 1];
    }
    [a, b] = [hunk.toA, hunk.toB];
  }
  return partners;
};
