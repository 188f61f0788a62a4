import { type Stage, type Subject, subjects } from '#modules/organisation/vocabulary/contract.ts';
import type { Day } from '#platform/dates.ts';
import type { ChoosableEdition, EditionChoiceRow } from './contract.ts';

export const stageOfGrade = (grade: number): Stage => (grade <= 6 ? 'primary' : 'junior');

/** 2026 → 2026—2027学年 */
export const schoolYearName = (schoolYear: number): string => `${schoolYear}—${schoolYear + 1}学年`;

/** The school year a day belongs to: it begins in September. */
export const schoolYearOn = (day: Day): number => Number(day.slice(0, 4)) - (day.slice(5, 7) < '09' ? 1 : 0);

export interface ChoiceRecord {
  readonly schoolYear: number;
  readonly subject: Subject;
  readonly grade: number;
  readonly version: number;
  readonly editionId: string | null;
  readonly chosenBy: string;
  readonly chosenAt: string;
}

export interface EditionWithGrades extends ChoosableEdition {
  readonly subject: Subject;
  readonly stage: Stage;
  readonly grades: readonly number[];
}

interface Facts {
  readonly schoolYear: number;
  readonly editions: readonly EditionWithGrades[];
  /** The newest of each subject, grade and year, of this year and the one before. */
  readonly choices: readonly ChoiceRecord[];
  readonly offers: readonly { readonly subject: Subject; readonly grade: number }[];
}

const keyOf = (subject: Subject, grade: number): string => `${subject} ${grade}`;
const choosable = ({ id, publisher, revisionYear, withdrawnOn }: EditionWithGrades): ChoosableEdition => ({
  id,
  publisher,
  revisionYear,
  withdrawnOn,
});

/**
 * What is chosen, or proposed from the year before, for every subject and grade that is taught or has textbooks.
 * A proposal is never a choice: it is worked out anew until somebody confirms it, and nobody counts it as in use.
 */
export const choiceRows = ({
  schoolYear,
  editions,
  choices,
  offers,
}: Facts): Omit<EditionChoiceRow, 'may'>[] => {
  const editionOf = new Map(editions.map((edition) => [edition.id, edition]));
  const here = new Map<string, ChoiceRecord>();
  const before = new Map<string, ChoiceRecord>();
  for (const choice of choices)
    (choice.schoolYear === schoolYear ? here : before).set(keyOf(choice.subject, choice.grade), choice);
  const places = new Map<string, { readonly subject: Subject; readonly grade: number }>();
  for (const place of [
    ...offers,
    ...editions.flatMap((edition) => edition.grades.map((grade) => ({ subject: edition.subject, grade }))),
    ...choices,
  ])
    places.set(keyOf(place.subject, place.grade), { subject: place.subject, grade: place.grade });
  return [...places.values()]
    .toSorted(
      (one, other) =>
        subjects.indexOf(one.subject) - subjects.indexOf(other.subject) || one.grade - other.grade,
    )
    .map(({ subject, grade }) => {
      const key = keyOf(subject, grade);
      const record = here.get(key);
      const chosen = editionOf.get(record?.editionId ?? '');
      // Taken back on purpose: nothing is proposed over that.
      const earlier = record === undefined ? editionOf.get(before.get(key)?.editionId ?? '') : undefined;
      const ofGrade = editions.filter((one) => one.subject === subject && one.grades.includes(grade));
      const base = chosen ?? earlier;
      const newer = ofGrade
        .filter(
          (one) =>
            base !== undefined &&
            one.publisher === base.publisher &&
            one.withdrawnOn === null &&
            one.revisionYear > base.revisionYear,
        )
        .toSorted((one, other) => other.revisionYear - one.revisionYear)[0];
      return {
        subject,
        stage: stageOfGrade(grade),
        grade,
        version: record?.version ?? 0,
        chosen: chosen === undefined ? null : choosable(chosen),
        chosenBy: record?.chosenBy ?? null,
        chosenAt: record?.chosenAt ?? null,
        proposal: earlier === undefined ? null : { ...choosable(earlier), fromYear: schoolYear - 1 },
        newer: newer === undefined ? null : choosable(newer),
        choices: ofGrade.filter((one) => one.withdrawnOn === null || one === chosen).map(choosable),
      };
    });
};
