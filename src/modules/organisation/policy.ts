import { hasDuty, holdsIn, isInLeadingGroup, isResearchOfficer, schoolsLedBy } from './rules.ts';
import type { Actor, BodyKind, Post, Stage, Subject } from './vocabulary/contract.ts';

/** Schools, people's own data and every appointment: the system administrator keeps the directory. */
export const mayKeepDirectory = (actor: Actor): boolean => hasDuty(actor, 'system');

/** Consortia, strong-subject bases and who stands in a core group are fixed by the research office (notice 三(四)). */
export const mayShapeBodies = (actor: Actor): boolean => mayKeepDirectory(actor) || isResearchOfficer(actor);

/** The district's calendar, bell times and table of subjects. */
export const mayKeepCalendar = (actor: Actor): boolean => mayKeepDirectory(actor) || isResearchOfficer(actor);

/** What a school's leaders keep themselves: subjects and teaching of their own people. */
export const mayKeepTeaching = (actor: Actor, schoolId: string | null): boolean =>
  mayKeepDirectory(actor) || (schoolId !== null && schoolsLedBy(actor).includes(schoolId));

/** Anyone who may keep some school's teaching; which school is decided by the row. */
export const mayKeepSomeTeaching = (actor: Actor): boolean =>
  mayKeepDirectory(actor) || schoolsLedBy(actor).length > 0;

/** The body (or, with null, the school) a post is held in. */
export interface AppointmentTarget {
  readonly bodyKind: BodyKind | null;
  readonly post: Post;
}

const bodiesOfResearchOffice: readonly BodyKind[] = [
  'core-group',
  'grade-team',
  'consortium',
  'subject-group',
];

/**
 * Posts in the leading group, the research office and the schools stay with the system administrator, and so does
 * the lead of a core group: it makes a research officer, and nobody makes one's own equals.
 */
export const mayAppoint = (actor: Actor, { bodyKind, post }: AppointmentTarget): boolean =>
  mayKeepDirectory(actor) ||
  (isResearchOfficer(actor) &&
    bodyKind !== null &&
    bodiesOfResearchOffice.includes(bodyKind) &&
    !(bodyKind === 'core-group' && post === 'lead'));

/** Whose telephone numbers are shown whole; everyone else sees them masked. */
export type PhoneScope =
  | { readonly all: true }
  | { readonly all: false; readonly schoolIds: readonly string[] };

export const phoneScope = (actor: Actor): PhoneScope =>
  mayKeepDirectory(actor) ? { all: true } : { all: false, schoolIds: schoolsLedBy(actor) };

export const maySeePhone = (scope: PhoneScope, schoolId: string | null): boolean =>
  scope.all || (schoolId !== null && scope.schoolIds.includes(schoolId));

/** A school's leaders put forward their own people (notice 四(二)2). */
export const mayNominate = (actor: Actor, schoolId: string): boolean =>
  schoolsLedBy(actor).includes(schoolId);

export const mayNominateSomebody = (actor: Actor): boolean => schoolsLedBy(actor).length > 0;

export interface NominationPlace {
  readonly consortiumId: string;
  readonly stage: Stage;
  readonly subject: Subject;
}

/** The consortium's subject lead, or whoever is in charge of the consortium. */
export const mayDecideNomination = (actor: Actor, place: NominationPlace): boolean =>
  actor.appointments.some(
    (held) =>
      (held.bodyKind === 'consortium' && held.bodyId === place.consortiumId && held.post === 'head') ||
      (held.bodyKind === 'subject-group' &&
        held.parentBodyId === place.consortiumId &&
        held.subject === place.subject &&
        (held.post === 'lead' || held.post === 'subject-lead')),
  );

export const mayDecideSomeNomination = (actor: Actor): boolean =>
  holdsIn(actor, 'consortium', ['head']) || holdsIn(actor, 'subject-group', ['lead', 'subject-lead']);

/** Which nominations a person sees: all, those of schools they lead, those they decide. */
export type NominationScope =
  | { readonly all: true }
  | {
      readonly all: false;
      readonly schoolIds: readonly string[];
      readonly consortiumIds: readonly string[];
      readonly subjectGroups: readonly { readonly consortiumId: string; readonly subject: Subject }[];
    };

export const nominationScope = (actor: Actor): NominationScope =>
  mayKeepDirectory(actor) || isInLeadingGroup(actor)
    ? { all: true }
    : {
        all: false,
        schoolIds: schoolsLedBy(actor),
        consortiumIds: actor.appointments.flatMap(({ bodyKind, bodyId, post }) =>
          bodyKind === 'consortium' && bodyId !== null && post === 'head' ? [bodyId] : [],
        ),
        subjectGroups: actor.appointments.flatMap(({ bodyKind, parentBodyId, post, subject }) =>
          bodyKind === 'subject-group' &&
          parentBodyId !== null &&
          subject !== null &&
          (post === 'lead' || post === 'subject-lead')
            ? [{ consortiumId: parentBodyId, subject }]
            : [],
        ),
      };

/** A school's leaders keep its own bell times; the default table belongs to whoever keeps the calendar. */
export const mayKeepBells = (actor: Actor, schoolId: string | null): boolean =>
  schoolId === null ? mayKeepCalendar(actor) : mayKeepTeaching(actor, schoolId);

export const mayKeepSomeBells = (actor: Actor): boolean =>
  mayKeepCalendar(actor) || mayKeepSomeTeaching(actor);
