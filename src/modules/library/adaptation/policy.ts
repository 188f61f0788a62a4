import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, isResearchOfficer } from '#modules/organisation/rules.ts';
import { ownSchools, type Reach, writingReach } from '../item/policy.ts';
import type { AdaptationOpening } from '../vocabulary/contract.ts';

/** A school's own people read its adaptations, and the core group and the officers of the field those of all schools. */
export interface AdaptationScope {
  readonly personId: string | null;
  readonly schoolIds: readonly string[];
  readonly everything: boolean;
  readonly writing: Reach;
}

export const adaptationScope = (actor: Actor): AdaptationScope => ({
  personId: actor.personId,
  schoolIds: ownSchools(actor),
  everything: isInLeadingGroup(actor) && !isResearchOfficer(actor),
  writing: writingReach(actor),
});

interface Standing {
  readonly personId: string;
  readonly schoolId: string;
  readonly openTo: AdaptationOpening;
  readonly ended: boolean;
}

export const mayAdaptFor = (actor: Actor, schoolId: string): boolean =>
  actor.personId !== null && ownSchools(actor).includes(schoolId);

export const mayAdapt = (actor: Actor): boolean => actor.personId !== null && ownSchools(actor).length > 0;

/** Who may write in it, and whether it is in use, its maker decides while in the school it was made for. */
export const mayManageAdaptation = (actor: Actor, { personId, schoolId }: Standing): boolean =>
  actor.personId === personId && ownSchools(actor).includes(schoolId);

export const mayEditAdaptation = (actor: Actor, { personId, schoolId, openTo, ended }: Standing): boolean =>
  !ended &&
  actor.personId !== null &&
  ownSchools(actor).includes(schoolId) &&
  (actor.personId === personId || openTo === 'school');
