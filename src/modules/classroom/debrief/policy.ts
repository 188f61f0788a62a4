import type { Actor } from '#modules/organisation/contract.ts';
import { type ReadingReach, readingReach } from '../rules.ts';

/** Participants and the teacher by person; everybody else by the post that opens the lesson's records. */
export interface DebriefScope extends ReadingReach {
  readonly personId: string | null;
}

export const debriefScope = (actor: Actor): DebriefScope => ({
  personId: actor.personId,
  ...readingReach(actor),
});

interface Meeting {
  readonly calledBy: string;
  readonly teacherId: string | null;
  readonly participantIds: readonly string[];
}

/** Whoever called it writes the gist and asks people in. */
export const mayWriteGist = (actor: Actor, { calledBy }: Meeting): boolean => actor.personId === calledBy;

/** Those who observed and the teacher talk; a reader by post does not. */
export const mayTalk = (actor: Actor, { teacherId, participantIds }: Meeting): boolean =>
  actor.personId !== null && (actor.personId === teacherId || participantIds.includes(actor.personId));
