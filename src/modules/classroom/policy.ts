import type { Actor } from '#modules/organisation/contract.ts';
import type { State } from './contract.ts';
import { type ReadingReach, readingReach } from './rules.ts';

export const mayObserve = (actor: Actor): boolean => actor.personId !== null;

/** Whose finalised records a person may read; what one wrote and what was fed back to one come on top. */
export interface ObservationScope extends ReadingReach {
  readonly personId: string | null;
}

export const observationScope = (actor: Actor): ObservationScope => ({
  personId: actor.personId,
  ...readingReach(actor),
});

/** Others' records by virtue of a post, not one's own and not feedback. */
export const mayReadOthersObservations = (actor: Actor): boolean => {
  const { ledSchoolIds, headedSubjects, researchedSubjects } = readingReach(actor);
  return ledSchoolIds.length + headedSubjects.length + researchedSubjects.length > 0;
};

interface Standing {
  readonly observerId: string;
  readonly teacherId: string | null;
  readonly state: State;
  readonly withdrawn: boolean;
}

const isFedBack = ({ state, withdrawn }: Standing): boolean =>
  !withdrawn && (state === 'fed-back' || state === 'replied');

/** Corrects, withdraws, gives feedback: the observer alone. */
export const mayEdit = (actor: Actor, row: Standing): boolean =>
  row.observerId === actor.personId && !row.withdrawn;

export const mayReply = (actor: Actor, row: Standing): boolean =>
  actor.personId !== null && row.teacherId === actor.personId && isFedBack(row);

/** The one agreed change belongs to the two who talked. */
export const mayAgree = (actor: Actor, row: Standing): boolean =>
  isFedBack(row) && (mayEdit(actor, row) || mayReply(actor, row));
