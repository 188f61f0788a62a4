import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, schoolsLedBy } from '#modules/organisation/rules.ts';

/** Those who owe a number and those who set it. */
export const mayReadTargets = (actor: Actor): boolean =>
  isInLeadingGroup(actor) || schoolsLedBy(actor).length > 0;

export const maySetTargets = (actor: Actor): boolean => isInLeadingGroup(actor);

export type TargetScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'own'; readonly personId: string | null };

/** Another person's own target is between that person and the leading group. */
export const targetScope = (actor: Actor): TargetScope =>
  maySetTargets(actor) ? { kind: 'all' } : { kind: 'own', personId: actor.personId };
