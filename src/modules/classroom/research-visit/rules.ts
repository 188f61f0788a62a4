import type { Day } from '#platform/dates.ts';
import type { VisitPlace, VisitState, VisitStep } from './contract.ts';

/** The state a step leads to; absent where it may not be taken. What was shared is corrected, never taken back. */
export const visitTransitions: Readonly<
  Record<VisitState, Partial<Readonly<Record<VisitStep, VisitState>>>>
> = {
  planned: { change: 'planned', record: 'done', cancel: 'cancelled' },
  done: { record: 'done', share: 'shared' },
  shared: { record: 'shared' },
  cancelled: {},
};

export const visitedStates = ['done', 'shared'] as const satisfies readonly VisitState[];

/** Nothing can have been seen on a day that is still to come. */
export const mayRecordOn = (dayOn: Day, today: Day): boolean => dayOn <= today;

/** Units with no visit in the term: those planned stand apart from those nobody has thought of. */
export const notVisited = (
  places: readonly VisitPlace[],
): { readonly planned: VisitPlace[]; readonly open: VisitPlace[] } => {
  const without = places.filter(({ visits }) => visits === 0);
  return {
    planned: without.filter(({ plannedOn }) => plannedOn !== null),
    open: without.filter(({ plannedOn }) => plannedOn === null),
  };
};
