import type { PeopleOfSchool, Start } from '../timetable/contract.ts';
import { assembleStart } from '../timetable/rules.ts';
import type { Pocket } from './contract.ts';

/** Days behind and ahead that a pocket holds: late by a weekend, ahead by a week without a line. */
export const daysBehind = 3;
export const daysAhead = 8;
/** Besides one's own schools. */
export const otherSchools = 3;

export interface Asked {
  readonly dayOn: string;
  readonly schoolId?: string | undefined;
  readonly slot?: number | undefined;
  /** `HH:MM` in China. */
  readonly clock: string;
}

/**
 * What the server's `startObservation` would answer. A school whose timetable was not taken along has neither
 * bells nor lessons; null on a day the pocket does not hold.
 */
export const startFromPocket = (pocket: Pocket, asked: Asked): Start | null => {
  const at = pocket.days.findIndex(({ dayOn }) => dayOn === asked.dayOn);
  const today = pocket.days[at];
  if (today === undefined) return null;
  const open = pocket.schools
    .filter(
      ({ activeFrom, activeTo }) =>
        activeFrom <= asked.dayOn && (activeTo === null || activeTo > asked.dayOn),
    )
    .map(({ id, name }) => ({ id, name }));
  const rubric = pocket.rubrics[today.rubric];
  return assembleStart({
    dayOn: today.dayOn,
    week: today.week,
    isTeachingDay: today.isTeachingDay,
    capacities: today.capacities,
    ownSchoolIds: today.ownSchoolIds,
    open,
    askedSchoolId: asked.schoolId,
    askedSlot: asked.slot,
    clock: asked.clock,
    rubric: { id: rubric?.id ?? '', criteria: rubric?.criteria ?? [] },
    settings: today.settings,
    bellsOf: (schoolId) => pocket.carried.find(({ id }) => id === schoolId)?.bells ?? [],
    lessonsOf: (schoolId) => {
      const school = pocket.carried.find(({ id }) => id === schoolId);
      return school?.taught[school.days[at] ?? -1] ?? [];
    },
  });
};

/** For a day the pocket does not hold: the last known edition and numbers, no lessons; the server decides later. */
export const startBeyondPocket = (pocket: Pocket, asked: Asked): Start | null => {
  const last = pocket.days.at(-1);
  if (last === undefined) return null;
  const start = startFromPocket(pocket, { ...asked, dayOn: last.dayOn });
  return start === null
    ? null
    : { ...start, dayOn: asked.dayOn, week: null, isTeachingDay: true, lessons: [] };
};

export const peopleFromPocket = (pocket: Pocket, schoolId: string): PeopleOfSchool | null =>
  pocket.carried.find(({ id }) => id === schoolId)?.people ?? null;
