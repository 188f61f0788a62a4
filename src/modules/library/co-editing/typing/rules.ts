/** One change of a text: what is taken out at a place, and what is put there instead. */
export interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/**
 * The smallest change that makes `after` of `before`. Where several would do (one more letter among the same), the
 * one that ends at the caret, for there the person typed.
 */
export const spliceBetween = (before: string, after: string, caret = after.length): Splice => {
  const shorter = Math.min(before.length, after.length);
  let end = 0;
  const most = Math.min(shorter, Math.max(0, after.length - caret));
  while (end < most && before.charAt(before.length - 1 - end) === after.charAt(after.length - 1 - end))
    end += 1;
  let start = 0;
  while (start < shorter - end && before.charAt(start) === after.charAt(start)) start += 1;
  while (
    end < shorter - start &&
    before.charAt(before.length - 1 - end) === after.charAt(after.length - 1 - end)
  )
    end += 1;
  // Never between the halves of one character.
  if (start > 0 && /[\uD800-\uDBFF]/.test(before.charAt(start - 1))) start -= 1;
  if (end > 0 && /[\uDC00-\uDFFF]/.test(before.charAt(before.length - end))) end -= 1;
  return {
    at: start,
    remove: before.length - end - start,
    insert: after.slice(start, after.length - end),
  };
};

/** A step of a change that somebody else made, as Yjs tells it. */
export interface Step {
  readonly retain?: number | undefined;
  readonly insert?: unknown;
  readonly delete?: number | undefined;
}

/** Where a place in a text stands after somebody else's change; what is put in right there goes after it. */
export const movedBy = (steps: readonly Step[], place: number): number => {
  let at = 0;
  let moved = place;
  for (const step of steps)
    if (step.retain !== undefined) at += step.retain;
    else if (typeof step.insert === 'string') {
      if (at < moved) moved += step.insert.length;
      at += step.insert.length;
    } else if (step.delete !== undefined) moved -= Math.max(0, Math.min(step.delete, moved - at));
  return moved;
};

/** The ids that a cell of references names, each once. */
export const idsIn = (text: string): string[] => [...new Set(text.split(/\s+/).filter((one) => one !== ''))];

/**
 * Ticks an id on or off. Each is written with its space before it, so that two people who tick at once leave both.
 */
export const toggling = (text: string, id: string): readonly Splice[] => {
  if (!idsIn(text).includes(id)) return [{ at: text.length, remove: 0, insert: ` ${id}` }];
  return [...text.matchAll(/\s*\S+/g)]
    .filter(([whole]) => whole.trim() === id)
    .map(({ 0: whole, index }) => ({ at: index, remove: whole.length, insert: '' }))
    .reverse();
};
