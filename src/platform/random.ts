/** Numbers that look random and are the same for the same seed: for demonstration data, tests and resampling. */
export interface SeededRandom {
  /** In [0, 1). */
  readonly next: () => number;
  /** Whole number from `low` to `high`, both inclusive. */
  readonly integer: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  /** Throws on an empty list. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly shuffle: <Item>(items: readonly Item[]) => Item[];
  /** A UUIDv7-shaped id made from `at` (milliseconds) and this source, so that reruns give the same ids. */
  readonly id: (at: number) => string;
}

/** The mulberry32 generator. */
export const seededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => integer(0, 15).toString(16)).join('');
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    shuffle: (items) => {
      const shuffled = [...items];
      for (let index = shuffled.length - 1; index > 0; index -= 1) {
        const other = integer(0, index);
        const [here, there] = [shuffled[index], shuffled[other]];
        if (here === undefined || there === undefined) continue;
        shuffled[index] = there;
        shuffled[other] = here;
      }
      return shuffled;
    },
    id: (at) => {
      const time = Math.floor(at).toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex(3)}-${'89ab'[integer(0, 3)]}${hex(3)}-${hex(12)}`;
    },
  };
};
