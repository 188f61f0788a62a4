/**
 * Places in an order that several people change at once: digits after a point, compared as text, so that there is
 * always room between two. `0` at the end says nothing and is never written.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base = digits.length;
const wellFormed = /^[0-9A-Za-z]{0,99}[1-9A-Za-z]$/;

const valueAt = (place: string, index: number): number => digits.indexOf(place.charAt(index) || '0');

/** A place after `before` and ahead of `after`, which must be later; null is no neighbour on that side. */
const between = (before: string | null, after: string | null): string => {
  let result = '';
  let upper = after;
  for (let index = 0; ; index += 1) {
    const low = valueAt(before ?? '', index);
    const high = upper === null ? base : valueAt(upper, index);
    if (high - low > 1) return result + digits.charAt(Math.floor((low + high) / 2));
    result += digits.charAt(low);
    if (high > low) upper = null;
  }
};

/** Places for a whole list, evenly apart. */
export const spread = (count: number): string[] => {
  const step = Math.floor(base ** 3 / (count + 1));
  return Array.from({ length: count }, (_, index) => {
    const value = step * (index + 1);
    const three = [base ** 2, base, 1].map((unit) => digits.charAt(Math.floor(value / unit) % base)).join('');
    return three.replace(/0+$/, '');
  });
};

/** The ids of a map from id to place, in order; the same on every side whatever somebody wrote into it. */
export const inOrder = (places: Iterable<readonly [string, unknown]>): string[] =>
  [...places]
    .map(([id, place]) => ({ id, place: typeof place === 'string' && wellFormed.test(place) ? place : '' }))
    .sort((one, other) =>
      one.place === other.place ? (one.id < other.id ? -1 : 1) : one.place < other.place ? -1 : 1,
    )
    .map(({ id }) => id);

/**
 * What to write so that `id` comes to stand at `index` of the others: one place, or a place for all where two
 * people have used up the room between them.
 */
export const placing = (
  places: ReadonlyMap<string, unknown>,
  id: string,
  index: number,
): ReadonlyMap<string, string> => {
  const others = inOrder([...places].filter(([other]) => other !== id));
  const placeOf = (other: string | undefined): string | null => {
    const place = other === undefined ? null : places.get(other);
    return typeof place === 'string' && wellFormed.test(place) ? place : null;
  };
  const at = Math.max(0, Math.min(index, others.length));
  const before = placeOf(others[at - 1]);
  const after = placeOf(others[at]);
  const known = (at === 0 || before !== null) && (at === others.length || after !== null);
  if (known && (before === null || after === null || before < after)) {
    const place = between(before, after);
    if (wellFormed.test(place)) return new Map([[id, place]]);
  }
  const all = others.toSpliced(at, 0, id);
  const fresh = spread(all.length);
  return new Map(all.map((one, position) => [one, fresh[position] ?? '']));
};
