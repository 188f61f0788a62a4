import type { Actor } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';

/** Everybody on the roll may book at a school they work at; which school, the rows say. */
export const mayUseRooms = (actor: Actor): boolean => actor.personId !== null;

export interface Workplace {
  readonly schoolId: string;
  /** On the school's roll, or teaching there this term. */
  readonly worksThere: boolean;
}

export const mayBook = (actor: Actor, { schoolId, worksThere }: Workplace): boolean =>
  actor.personId !== null && (worksThere || schoolsLedBy(actor).includes(schoolId));

export const mayKeepRooms = (actor: Actor, schoolId: string): boolean =>
  actor.personId !== null && schoolsLedBy(actor).includes(schoolId);

export const mayKeepSomeRooms = (actor: Actor): boolean =>
  actor.personId !== null && schoolsLedBy(actor).length > 0;

interface StandingUse {
  readonly schoolId: string;
  readonly bookedBy: string;
  readonly cancelled: boolean;
}

/** Whoever booked it, or the school's leaders. */
export const mayCancel = (actor: Actor, use: StandingUse): boolean =>
  !use.cancelled &&
  actor.personId !== null &&
  (use.bookedBy === actor.personId || schoolsLedBy(actor).includes(use.schoolId));

/** The same people say afterwards whether the experiment was held. */
export const mayMarkHeld = (
  actor: Actor,
  use: StandingUse & { readonly purpose: string; readonly begun: boolean },
): boolean => use.purpose === 'experiment' && use.begun && mayCancel(actor, use);
