import type { PlannedEntry, StandingEntry, StandingTextbooks, TextbookPlan } from './contract.ts';
import { readTextbooks } from './reading/rules.ts';
import type { SheetVolume } from './sheet/rules.ts';

export const emptyTree: StandingTextbooks = { editions: [], volumes: [], units: [], lessons: [] };

/** What a table of cells says, as if it came from a file. */
export const written = (rows: readonly (readonly string[])[], table = '目录') =>
  readTextbooks(
    rows.map((cells, index) => ({
      table,
      cells,
      ref: (column: number) => `${table}!${String.fromCharCode(65 + column)}${index + 1}`,
    })),
  );

const merged = (
  standing: readonly StandingEntry[],
  planned: readonly PlannedEntry[],
  withdraw: readonly string[],
): StandingEntry[] => {
  const entry = ({ ref, parentRef, isNew: _isNew, ...one }: PlannedEntry): StandingEntry => ({
    id: ref,
    parentId: parentRef,
    ...one,
    withdrawn: false,
  });
  const changes = new Map(planned.map((one) => [one.ref, one]));
  return [
    ...standing.map((one) => {
      const change = changes.get(one.id);
      if (change !== undefined) return entry(change);
      return withdraw.includes(one.id) ? { ...one, withdrawn: true } : one;
    }),
    ...planned.filter(({ isNew }) => isNew).map(entry),
  ];
};

/** What stands after a plan; a new one's key is its id. */
export const afterPlan = (standing: StandingTextbooks, plan: TextbookPlan): StandingTextbooks => ({
  editions: [
    ...standing.editions,
    ...plan.newEditions.map(({ ref, ...one }) => ({ id: ref, ...one, withdrawnReason: null })),
  ],
  volumes: [
    ...standing.volumes,
    ...plan.newVolumes.map(({ ref, editionRef, ...one }) => ({ id: ref, editionId: editionRef, ...one })),
  ],
  units: merged(standing.units, plan.units, plan.withdraw.units),
  lessons: merged(standing.lessons, plan.lessons, plan.withdraw.lessons),
});

const standingIn = (entries: readonly StandingEntry[], parentId: string): StandingEntry[] =>
  entries
    .filter((one) => one.parentId === parentId && !one.withdrawn)
    .toSorted((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));

/** The standing tree as the sheet that is downloaded takes it. */
export const sheetVolumes = (tree: StandingTextbooks): SheetVolume[] =>
  tree.volumes.flatMap(({ id, editionId, grade, part }) => {
    const edition = tree.editions.find((one) => one.id === editionId);
    if (edition === undefined) return [];
    const { subject, publisher, revisionYear } = edition;
    const units = standingIn(tree.units, id).map((unit) => ({
      ...unit,
      lessons: standingIn(tree.lessons, unit.id),
    }));
    return [{ subject, grade, publisher, revisionYear, part, units }];
  });
