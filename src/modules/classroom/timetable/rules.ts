import { classLabel as labelOf } from '#modules/organisation/teaching/rules.ts';
import { gradeLabels, type Stage, type Subject } from '#modules/organisation/vocabulary/contract.ts';
import type { RubricCriterion } from '../shapes/contract.ts';
import type { ProposedLesson, Start } from './contract.ts';

/** `三年级(2)班`; a lesson given to no single class shows its grade. */
export const classLabel = (grade: number, number: number | null): string =>
  number === null ? (gradeLabels[grade] ?? '') : labelOf(grade, number);

interface TimedSlot {
  readonly slot: number;
  readonly startsAt: string;
  readonly endsAt: string;
}

/**
 * The slot at a clock time (`HH:MM`): the one running, in a break the next one, after the last bell
 * the last; `null` without a bell table.
 */
export const slotAt = (slots: readonly TimedSlot[], clock: string): number | null => {
  const ordered = slots.toSorted((a, b) => (a.endsAt < b.endsAt ? -1 : 1));
  const running = ordered.find(({ startsAt, endsAt }) => clock >= startsAt && clock < endsAt);
  const next = ordered.find(({ startsAt }) => clock < startsAt);
  return (running ?? next ?? ordered.at(-1))?.slot ?? null;
};

export interface TaughtLesson {
  readonly classId: string | null;
  readonly classLabel: string;
  readonly grade: number;
  readonly subject: Subject;
}

type Named = Start['schools'][number];
type Bell = TimedSlot & { readonly stage: Stage };

/** What the form is told at its beginning, from whatever knows the facts: the database, or a phone's pocket. */
export interface StartFacts
  extends Pick<Start, 'dayOn' | 'week' | 'isTeachingDay' | 'capacities' | 'settings'> {
  readonly ownSchoolIds: readonly string[];
  /** Schools open on the day, by name. */
  readonly open: readonly Named[];
  readonly askedSchoolId: string | undefined;
  readonly askedSlot: number | undefined;
  readonly clock: string;
  readonly rubric: { readonly id: string; readonly criteria: readonly RubricCriterion[] };
  readonly bellsOf: (schoolId: string) => readonly Bell[];
  /** The whole day's, in the order of the timetable. */
  readonly lessonsOf: (schoolId: string) => readonly ProposedLesson[];
}

/** Own schools first. */
export const ownFirst = (open: readonly Named[], ownIds: readonly string[]): Named[] => [
  ...ownIds.flatMap((own) => open.filter(({ id }) => id === own)),
  ...open.filter(({ id }) => !ownIds.includes(id)),
];

export const assembleStart = (facts: StartFacts): Start => {
  const { dayOn, week, isTeachingDay, capacities, settings, ownSchoolIds, rubric } = facts;
  const schools = ownFirst(facts.open, ownSchoolIds);
  const school = schools.find(({ id }) => id === (facts.askedSchoolId ?? ownSchoolIds[0])) ?? null;
  const times = school === null ? [] : facts.bellsOf(school.id);
  const slot = facts.askedSlot ?? slotAt(times, facts.clock);
  return {
    dayOn,
    week,
    isTeachingDay,
    school,
    schools,
    slot,
    slots: times
      .filter(({ slot: number }, index) => times.findIndex((other) => other.slot === number) === index)
      .map(({ slot: number, startsAt, endsAt }) => ({ slot: number, startsAt, endsAt })),
    lessons:
      school === null || slot === null
        ? []
        : facts
            .lessonsOf(school.id)
            .filter((lesson) => lesson.slot === slot)
            .toSorted((one, other) => one.observedBefore - other.observedBefore),
    capacities: [...capacities],
    rubricId: rubric.id,
    rubric: [...rubric.criteria],
    settings,
  };
};

interface Teaches {
  readonly name: string;
  /** Of the name's pinyin, small letters. */
  readonly initials: string;
  readonly lessons: readonly TaughtLesson[];
}

/**
 * Teachers whose name contains the text, or whose initials begin with it, once for each lesson they teach;
 * those without a lesson come last, with null.
 */
export const lessonsTaughtBy = <Teacher extends Teaches>(
  teachers: readonly Teacher[],
  text: string,
): { readonly teacher: Teacher; readonly lesson: TaughtLesson | null }[] => {
  const sought = text.trim().toLowerCase();
  const found = teachers.filter(({ name, initials }) => name.includes(sought) || initials.startsWith(sought));
  return [
    ...found.flatMap((teacher) => teacher.lessons.map((lesson) => ({ teacher, lesson }))),
    ...found.filter(({ lessons }) => lessons.length === 0).map((teacher) => ({ teacher, lesson: null })),
  ];
};
