import { areSimilar, bagOf } from '../../alignment/rules.ts';
import type { MarkType } from '../../content/contract.ts';
import { findHunks, type Hunk, joinSplinters } from '../../sequence/rules.ts';
import type { Column } from '../../template/contract.ts';
import { cellOfTokens, type Token, tokensOfCell } from '../../tokens/rules.ts';

const keysOf = (tokens: readonly Token[]): string[] => tokens.map(({ key }) => key);

const mergeMarks = (
  base: readonly MarkType[],
  ours: readonly MarkType[],
  theirs: readonly MarkType[],
): MarkType[] => {
  const all = new Set([...base, ...ours, ...theirs]);
  return [...all].filter((mark) =>
    ours.includes(mark) === base.includes(mark) ? theirs.includes(mark) : ours.includes(mark),
  );
};

const contradict = (marks: readonly MarkType[]): boolean =>
  marks.includes('subscript') && marks.includes('superscript');

const sameTokens = (one: readonly Token[], other: readonly Token[]): boolean =>
  one.length === other.length &&
  one.every(
    ({ key, marks }, index) => key === other[index]?.key && marks.join() === other[index].marks.join(),
  );

interface Side {
  readonly tokens: readonly Token[];
  readonly hunks: readonly Hunk[];
  /** Where each token of the base is on this side; undefined inside a hunk. */
  readonly places: readonly (number | undefined)[];
}

const sideOf = (base: readonly Token[], tokens: readonly Token[]): Side => {
  const hunks = joinSplinters(findHunks(keysOf(base), keysOf(tokens)));
  const places: (number | undefined)[] = [];
  let b = 0;
  for (const hunk of [...hunks, { fromA: base.length, toA: base.length, fromB: 0, toB: 0 }]) {
    while (places.length < hunk.fromA) {
      places.push(b);
      b += 1;
    }
    while (places.length < hunk.toA) places.push(undefined);
    b = hunk.toB;
  }
  return { tokens, hunks, places };
};

const inserted = (side: Side, { fromB, toB }: Hunk): Token[] => side.tokens.slice(fromB, toB);

const overlapOrTouch = (one: Hunk, other: Hunk): boolean => one.fromA <= other.toA && other.fromA <= one.toA;

/** The hunks of both sides once each, in order; null where two of them meet and are not the same edit. */
const joinEdits = (ours: Side, theirs: Side): { hunk: Hunk; side: Side }[] | null => {
  const edits = ours.hunks.map((hunk) => ({ hunk, side: ours }));
  let from = 0;
  for (const hunk of theirs.hunks) {
    while ((ours.hunks[from]?.toA ?? Number.POSITIVE_INFINITY) < hunk.fromA) from += 1;
    const met = ours.hunks[from];
    if (met === undefined || !overlapOrTouch(met, hunk)) edits.push({ hunk, side: theirs });
    else if (
      met.fromA !== hunk.fromA ||
      met.toA !== hunk.toA ||
      !sameTokens(inserted(ours, met), inserted(theirs, hunk))
    )
      return null;
  }
  return edits.sort((one, other) => one.hunk.fromA - other.hunk.fromA);
};

/** The marks of a base token after both sides, null where one side restyled what the other replaced. */
const marksAfter = (index: number, base: Token, ours: Side, theirs: Side): readonly MarkType[] | null => {
  const [here, there] = [ours, theirs].map(({ tokens, places }) => tokens[places[index] ?? -1]);
  if (here === undefined || there === undefined) {
    const left = here ?? there;
    return left === undefined || left.marks.join() === base.marks.join() ? base.marks : null;
  }
  const marks = mergeMarks(base.marks, here.marks, there.marks);
  return contradict(marks) && !contradict(here.marks) && !contradict(there.marks) ? null : marks;
};

/**
 * Both sides' edits of one text; null where they meet. Edits that touch meet as well: two halves of one word changed by
 * two people would give a word that nobody wrote. A text written anew has no places in common with the old one that mean
 * anything: ask only about sides that are like the base.
 */
export const mergeTokens = (
  base: readonly Token[],
  ours: readonly Token[],
  theirs: readonly Token[],
): Token[] | null => {
  const [here, there] = [sideOf(base, ours), sideOf(base, theirs)];
  const edits = joinEdits(here, there);
  if (edits === null) return null;
  const merged: Token[] = [];
  let next = 0;
  for (const [index, token] of [...base, null].entries()) {
    const edit = edits[next];
    if (edit?.hunk.fromA === index) {
      merged.push(...inserted(edit.side, edit.hunk));
      next += 1;
    }
    if (token === null) break;
    const marks = marksAfter(index, token, here, there);
    if (marks === null) return null;
    const replaced = here.places[index] === undefined || there.places[index] === undefined;
    if (!replaced) merged.push({ ...token, marks });
  }
  return merged;
};

type CellText = string | undefined;

/** References are a set: what either side added is added, what either removed is gone. */
const mergeReferences = (base: CellText, ours: CellText, theirs: CellText): CellText => {
  const [old, here, there] = [base, ours, theirs].map(
    (text) => text?.split(' ').filter((id) => id !== '') ?? [],
  );
  const kept = (old ?? []).filter((id) => here?.includes(id) === true && there?.includes(id) === true);
  const added = [...(here ?? []), ...(there ?? [])].filter((id) => old?.includes(id) !== true).sort();
  const all = [...new Set([...kept, ...added])];
  return all.length === 0 ? undefined : all.join(' ');
};

/** One cell of both sides, undefined where it is empty; null is a conflict. */
export const mergeCell = (
  base: CellText,
  ours: CellText,
  theirs: CellText,
  type: Column['type'] = 'text',
): { readonly text: CellText } | null => {
  if (ours === theirs || theirs === base) return { text: ours };
  if (ours === base) return { text: theirs };
  if (type === 'references') return { text: mergeReferences(base, ours, theirs) };
  if (type !== 'text' || base === undefined || ours === undefined || theirs === undefined) return null;
  const [old, here, there] = [tokensOfCell(base), tokensOfCell(ours), tokensOfCell(theirs)];
  const bag = bagOf(keysOf(old));
  const alike = [here, there].every((tokens) => areSimilar(bag, bagOf(keysOf(tokens))));
  const merged = alike ? mergeTokens(old, here, there) : null;
  if (merged === null) return null;
  const text = cellOfTokens(merged);
  return { text: text === '' ? undefined : text };
};
