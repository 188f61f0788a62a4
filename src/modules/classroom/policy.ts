import type { Actor, Stage, Subject } from '#modules/organisation/contract.ts';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import type { State } from './contract.ts';

export const mayObserve = (actor: Actor): boolean => actor.personId !== null;

/** A subject in one stage, or in both (null). */
interface SubjectScope {
  readonly subject: Subject;
  readonly stage: Stage | null;
}

/** Whose finalised records a person may read; what one wrote and what was fed back to one come on top. */
export interface ObservationScope {
  readonly personId: string | null;
  readonly ledSchoolIds: readonly string[];
  readonly headedSubjects: readonly (SubjectScope & { readonly schoolId: string })[];
  readonly researchedSubjects: readonly SubjectScope[];
}

/**
 * Observer; principal, vice-principal, dean and subject head of the school; researcher of the subject.
 * Leading a district body gives nothing here: leaders read counts and anonymous profiles.
 */
export const observationScope = (actor: Actor): ObservationScope => ({
  personId: actor.personId,
  ledSchoolIds: schoolsLedBy(actor),
  headedSubjects: actor.appointments.flatMap(({ post, schoolId, subject, stage }) =>
    post === 'subject-lead' && schoolId !== null && subject !== null ? [{ schoolId, subject, stage }] : [],
  ),
  researchedSubjects: actor.appointments.flatMap(({ post, bodyKind, subject, stage }) =>
    subject !== null && ((bodyKind === 'core-group' && post === 'lead') || bodyKind === 'research-office')
      ? [{ subject, stage }]
      : [],
  ),
});

/** Others' records by virtue of a post, not one's own and not feedback. */
export const mayReadOthersObservations = (actor: Actor): boolean => {
  const { ledSchoolIds, headedSubjects, researchedSubjects } = observationScope(actor);
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
