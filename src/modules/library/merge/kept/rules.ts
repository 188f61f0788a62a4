import type { Decision, Decisions, MergeConflict } from '../contract.ts';

/** Decisions as a page keeps them between looks: each with what its conflict said, for the same place may say another. */
export interface KeptDecision {
  readonly of: string;
  readonly decision: Decision;
  /** What was last typed about it, whatever was chosen since. */
  readonly typed?: string | undefined;
}
export type KeptDecisions = Readonly<Record<string, KeptDecision>>;

/** A conflict's three sides in 16 letters; no secret, only to tell one from another. */
const saidBy = (conflict: MergeConflict): string => {
  const text = JSON.stringify(conflict);
  let [one, other] = [0x811c9dc5, 0x1b873593];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x85ebca6b) ^ (other >>> 13);
  }
  return [one, other].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
};

/** What was decided about these conflicts as they now stand. */
export const decisionsOn = (kept: KeptDecisions, conflicts: readonly MergeConflict[]): Decisions =>
  Object.fromEntries(
    conflicts.flatMap((conflict) => {
      const found = kept[conflict.id];
      return found?.of === saidBy(conflict) ? [[conflict.id, found.decision]] : [];
    }),
  );

/** Texts that were typed about a conflict, also where it says another thing by now: words to begin from, no decision. */
export const typedOn = (kept: KeptDecisions): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(kept).flatMap(([id, { typed }]) => (typed === undefined ? [] : [[id, typed]])),
  );

/** `decisions` on these conflicts, with what was kept before of others. */
export const keeping = (
  kept: KeptDecisions,
  conflicts: readonly MergeConflict[],
  decisions: Decisions,
): KeptDecisions => ({
  ...kept,
  ...Object.fromEntries(
    conflicts.flatMap((conflict) => {
      const decision = decisions[conflict.id];
      if (decision === undefined) return [];
      const typed = decision.choice === 'own' ? decision.text : kept[conflict.id]?.typed;
      return [[conflict.id, { of: saidBy(conflict), decision, typed }]];
    }),
  ),
});
