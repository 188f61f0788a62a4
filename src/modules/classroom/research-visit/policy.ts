import type { Actor } from '#modules/organisation/contract.ts';
import { holdsIn, isInLeadingGroup, schoolsLedBy } from '#modules/organisation/rules.ts';
import { type VisitState, type VisitStep, visitSteps } from './contract.ts';
import { visitTransitions } from './rules.ts';

export interface VisitFacts {
  readonly state: VisitState;
  readonly plannedBy: string;
  readonly team: readonly string[];
}

/** 巡研 belongs to the leading group, whose members are the research office (notice 三(一)). */
export const mayPlanVisits = (actor: Actor): boolean => actor.personId !== null && isInLeadingGroup(actor);

const mayGoOnVisits = (actor: Actor): boolean =>
  actor.personId !== null &&
  (isInLeadingGroup(actor) || holdsIn(actor, 'core-group') || holdsIn(actor, 'grade-team'));

/** Those who plan or go, and those who lead a school that is visited. */
export const mayReadVisits = (actor: Actor): boolean =>
  mayGoOnVisits(actor) || (actor.personId !== null && schoolsLedBy(actor).length > 0);

export const mayRecordVisits = mayGoOnVisits;

export interface VisitScope {
  readonly personId: string | null;
  readonly all: boolean;
  /** Of these what was announced, and what was shared. */
  readonly ledSchoolIds: readonly string[];
}

export const visitScope = (actor: Actor): VisitScope => ({
  personId: mayGoOnVisits(actor) ? actor.personId : null,
  all: mayPlanVisits(actor),
  ledSchoolIds: actor.personId === null ? [] : schoolsLedBy(actor),
});

/** Whether the notes may be read: before they are shared only by those who plan or go. */
export const mayReadNotes = (actor: Actor, { state, team }: VisitFacts): boolean =>
  state === 'shared' || mayPlanVisits(actor) || isOfTeam(actor, team);

const isOfTeam = (actor: Actor, team: readonly string[]): boolean =>
  mayGoOnVisits(actor) && actor.personId !== null && team.includes(actor.personId);

const wentOrPlanned = (actor: Actor, { plannedBy, team }: VisitFacts): boolean =>
  isOfTeam(actor, team) || (mayPlanVisits(actor) && actor.personId === plannedBy);

const ruleOf: Readonly<Record<VisitStep, (actor: Actor, visit: VisitFacts) => boolean>> = {
  change: (actor) => mayPlanVisits(actor),
  record: wentOrPlanned,
  share: (actor, visit) => mayPlanVisits(actor) && wentOrPlanned(actor, visit),
  cancel: (actor) => mayPlanVisits(actor),
};

export const mayTakeVisit = (actor: Actor, step: VisitStep, visit: VisitFacts): boolean =>
  visitTransitions[visit.state][step] !== undefined && ruleOf[step](actor, visit);

export const visitStepsFor = (actor: Actor, visit: VisitFacts): VisitStep[] =>
  visitSteps.filter((step) => mayTakeVisit(actor, step, visit));
