import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup } from '#modules/organisation/rules.ts';
import { ownSchools } from '../item/policy.ts';

/** One's own school's cases; all schools' for the leading group with the research office. */
export interface ThemeCaseScope {
  readonly everySchool: boolean;
  readonly schoolIds: readonly string[];
}

export const themeCaseScope = (actor: Actor): ThemeCaseScope => ({
  everySchool: isInLeadingGroup(actor),
  schoolIds: ownSchools(actor),
});

export const maySeeThemeCases = (actor: Actor): boolean => {
  const { everySchool, schoolIds } = themeCaseScope(actor);
  return everySchool || schoolIds.length > 0;
};
