import type { NotedForMe } from './contract.ts';

export interface CriterionOverTime {
  readonly code: string;
  readonly label: string;
  /** The oldest first. */
  readonly entries: readonly NotedForMe[];
}

/** One group for each criterion in the order of the standard; nothing is summed up or compared. */
export const groupByCriterion = (rows: readonly NotedForMe[]): CriterionOverTime[] =>
  [...Map.groupBy(rows, ({ code }) => code).values()]
    .map((entries) =>
      entries.toSorted(
        (a, b) => a.dayOn.localeCompare(b.dayOn) || a.observationId.localeCompare(b.observationId),
      ),
    )
    .flatMap((entries) => {
      const newest = entries.at(-1);
      return newest === undefined ? [] : [{ newest, entries }];
    })
    .toSorted((a, b) => a.newest.position - b.newest.position)
    .map(({ newest, entries }) => ({ code: newest.code, label: newest.label, entries }));
