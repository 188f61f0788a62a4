import type { Actor, Stage, Subject } from '#modules/organisation/contract.ts';
import { hasDuty, holdsIn } from '#modules/organisation/rules.ts';

/** A subject in one stage, or in both (null). */
export interface SubjectReach {
  readonly subject: Subject;
  readonly stage: Stage | null;
}

/** Whose curriculum somebody keeps: all subjects, or those of the core groups they lead. */
export type CurriculumScope =
  | { readonly all: true }
  | { readonly all: false; readonly subjects: readonly SubjectReach[] };

/**
 * The research office keeps every subject, a core group's lead its own (notice 三(二): each group is led by the
 * subject's research officer), and the system duty stands in for both.
 */
export const curriculumScope = (actor: Actor): CurriculumScope =>
  hasDuty(actor, 'system') || holdsIn(actor, 'research-office')
    ? { all: true }
    : {
        all: false,
        subjects: actor.appointments.flatMap(({ bodyKind, post, subject, stage }) =>
          bodyKind === 'core-group' && post === 'lead' && subject !== null ? [{ subject, stage }] : [],
        ),
      };

export const isWithinCurriculum = (
  scope: CurriculumScope,
  { subject, stage }: { readonly subject: Subject; readonly stage: Stage },
): boolean =>
  scope.all || scope.subjects.some((one) => one.subject === subject && (one.stage ?? stage) === stage);

/** The textbooks of a subject in a stage, and which edition is in use. */
export const mayKeepCurriculum = (
  actor: Actor,
  place: { readonly subject: Subject; readonly stage: Stage },
): boolean => isWithinCurriculum(curriculumScope(actor), place);

/** Somebody who keeps some subject's; which one is decided by the row. */
export const mayKeepSomeCurriculum = (actor: Actor): boolean => {
  const scope = curriculumScope(actor);
  return scope.all || scope.subjects.length > 0;
};

/** A standard's competencies hold in both stages: the officer of the subject in either may add them. */
export const mayKeepCompetencies = (actor: Actor, subject: Subject): boolean => {
  const scope = curriculumScope(actor);
  return scope.all || scope.subjects.some((one) => one.subject === subject);
};
