import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup } from '#modules/organisation/rules.ts';
import {
  type CalibrationPart,
  type CalibrationState,
  type CalibrationStep,
  calibrationSteps,
} from './contract.ts';
import { calibrationTransitions } from './rules.ts';

/** The leading group, whose members are the research office, trains principals to observe (notice 三(一)2). */
export const mayOrganise = (actor: Actor): boolean => actor.personId !== null && isInLeadingGroup(actor);

/** Whoever is invited; which session is decided by the row. */
export const mayTakePart = (actor: Actor): boolean => actor.personId !== null;

/** One's own invitations, but no draft; for whoever organises all of them, in sum. */
export interface CalibrationScope {
  readonly personId: string | null;
  readonly all: boolean;
}

export const calibrationScope = (actor: Actor): CalibrationScope => ({
  personId: actor.personId,
  all: mayOrganise(actor),
});

export interface CalibrationFacts {
  readonly state: CalibrationState;
  readonly invitedAs: CalibrationPart | null;
}

export const mayTakeCalibrationStep = (
  actor: Actor,
  step: CalibrationStep,
  { state }: Pick<CalibrationFacts, 'state'>,
): boolean => mayOrganise(actor) && calibrationTransitions[state][step] !== undefined;

export const calibrationStepsFor = (
  actor: Actor,
  session: Pick<CalibrationFacts, 'state'>,
): CalibrationStep[] => calibrationSteps.filter((step) => mayTakeCalibrationStep(actor, step, session));

export const mayRate = (actor: Actor, { state, invitedAs }: CalibrationFacts): boolean =>
  mayTakePart(actor) && state === 'open' && invitedAs !== null;

/** How many submitted, at any time; the figures only when nothing can change them any more. */
export const maySeeSum = (actor: Actor, { state }: Pick<CalibrationFacts, 'state'>): boolean =>
  mayOrganise(actor) && state === 'closed';

/** One's own beside the figures, never before the end. */
export const maySeeOwnResult = (actor: Actor, { state, invitedAs }: CalibrationFacts): boolean =>
  mayTakePart(actor) && state === 'closed' && invitedAs !== null;
