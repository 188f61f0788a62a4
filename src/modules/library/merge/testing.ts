import type { Decisions, MergeConflict, MergedContent, MergedSection } from './contract.ts';
import { marksIn, type Triple } from './design/testing.ts';

/** A merge seen from the other side. */
const swapConflict = (conflict: MergeConflict): MergeConflict => {
  switch (conflict.place) {
    case 'title':
      return { ...conflict, ours: conflict.theirs, theirs: conflict.ours };
    case 'section':
      return { ...conflict, ours: conflict.theirs, theirs: conflict.ours };
    case 'form':
      return { ...conflict, ours: conflict.theirs, theirs: conflict.ours };
    case 'blocks':
      return { ...conflict, ours: conflict.theirs, theirs: conflict.ours };
    case 'row':
      return { ...conflict, ours: conflict.theirs, theirs: conflict.ours };
    case 'cell':
      return { ...conflict, ours: conflict.theirs, theirs: conflict.ours };
    default:
      return { ...conflict, ours: conflict.theirs, theirs: conflict.ours };
  }
};
export const swapSides = <Merged extends MergedSection | MergedContent>(merged: Merged): Merged => ({
  ...merged,
  conflicts: merged.conflicts.map(swapConflict),
});

export const decideAll = (
  conflicts: readonly MergeConflict[],
  choice: 'ours' | 'theirs' | 'both',
): Decisions =>
  Object.fromEntries(
    conflicts.map(({ id, choices }) => [id, { choice: choices.includes(choice) ? choice : 'ours' }]),
  );

/** What of either side's edits is neither in the result nor in a conflict; every entry is a fault. */
export const lostEdits = <Value>(sides: Triple<Value>, merged: MergedSection | MergedContent): string[] => {
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map((side) => new Set(marksIn(side)));
  const conflicts = merged.conflicts.filter(({ place }) => place !== 'order');
  const open = new Set(merged.conflicts.map(({ id }) => id));
  const settled =
    'sections' in merged
      ? merged.sections.map((part) =>
          'titleConflict' in part && part.titleConflict !== null && open.has(part.titleConflict)
            ? { ...part, title: '' }
            : part,
        )
      : merged.body;
  const result = new Set(marksIn(settled));
  const inOurs = new Set(marksIn(conflicts.map((conflict) => conflict.ours)));
  const inTheirs = new Set(marksIn(conflicts.map((conflict) => conflict.theirs)));
  const lost: string[] = [];
  for (const mark of new Set([...(base ?? []), ...(ours ?? []), ...(theirs ?? [])])) {
    const [old, here, there] = [base, ours, theirs].map((side) => side?.has(mark) === true);
    const kept = result.has(mark);
    if (old !== true) {
      if (here === true && !kept && !inOurs.has(mark)) lost.push(`${mark}, inserted by ours`);
      if (there === true && !kept && !inTheirs.has(mark)) lost.push(`${mark}, inserted by theirs`);
    } else if (here !== true || there !== true) {
      if (kept) lost.push(`${mark}, deleted and back again`);
    } else if (!kept && !(inOurs.has(mark) && inTheirs.has(mark))) lost.push(`${mark}, deleted by nobody`);
  }
  return lost;
};
