import type { Actor } from '#modules/organisation/contract.ts';
import { isInLeadingGroup, isResearchOfficer, maySign, schoolsLedBy } from '#modules/organisation/rules.ts';
import { type CircularKind, type CircularState, type Step, steps } from './contract.ts';

export interface CircularFacts {
  readonly kind: CircularKind;
  readonly state: CircularState;
  readonly draftedBy: string;
  readonly editedBy: string;
}

const isOfficer = (actor: Actor): boolean => actor.personId !== null && isResearchOfficer(actor);
const isSigner = (actor: Actor): boolean => actor.personId !== null && maySign(actor);

export const mayDraft = isOfficer;
export const maySignCirculars = isSigner;
/** Takes some step of a circular's way from draft to issue. */
export const mayHandle = (actor: Actor): boolean => isOfficer(actor) || isSigner(actor);

/** Drafts are the office's own; what is issued is read by those it goes to. */
export const mayBrowseCirculars = (actor: Actor): boolean =>
  isInLeadingGroup(actor) || schoolsLedBy(actor).length > 0;

export type CircularScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'issued'; readonly personId: string | null; readonly schoolIds: readonly string[] };

/**
 * A school's leaders see what was issued to all or to their own school; of what was voided later, only what had been
 * sent to them.
 */
export const circularScope = (actor: Actor): CircularScope =>
  isInLeadingGroup(actor)
    ? { kind: 'all' }
    : { kind: 'issued', personId: actor.personId, schoolIds: schoolsLedBy(actor) };

export const mayReadReceipts = (actor: Actor): boolean => isInLeadingGroup(actor);

export const maySetLetterhead = (actor: Actor): boolean => mayHandle(actor);

type StepRule = (actor: Actor, circular: CircularFacts) => boolean;

const wroteIt = (actor: Actor, { draftedBy, editedBy }: CircularFacts): boolean =>
  actor.personId === draftedBy || actor.personId === editedBy;

const stepRules: Readonly<Record<Step, StepRule>> = {
  edit: (actor, { state }) => state === 'draft' && isOfficer(actor),
  redraft: (actor, { kind, state }) => state === 'draft' && kind !== 'notice' && isOfficer(actor),
  check: (actor, circular) => circular.state === 'draft' && isOfficer(actor) && !wroteIt(actor, circular),
  return: (actor, { state }) =>
    (state === 'checked' && (isOfficer(actor) || isSigner(actor))) || (state === 'signed' && isSigner(actor)),
  sign: (actor, { state }) => state === 'checked' && isSigner(actor),
  issue: (actor, { state }) => state === 'signed' && (isOfficer(actor) || isSigner(actor)),
  void: (actor, { state }) =>
    (state === 'draft' && isOfficer(actor)) || (state === 'issued' && isSigner(actor)),
};

export const mayTake = (actor: Actor, step: Step, circular: CircularFacts): boolean =>
  stepRules[step](actor, circular);

export const stepsFor = (actor: Actor, circular: CircularFacts): Step[] =>
  steps.filter((step) => mayTake(actor, step, circular));
