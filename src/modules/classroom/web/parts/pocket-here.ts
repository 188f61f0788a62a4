import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Actor } from '#modules/organisation/contract.ts';
import { chinaClock } from '#platform/dates.ts';
import { isRecord } from '#platform/is-record.ts';
import { keepCopy, readCopy } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import type { ObservationContent, PeopleOfSchool, Start } from '../../contract.ts';
import type { Pocket } from '../../pocket/contract.ts';
import { peopleFromPocket, startBeyondPocket, startFromPocket } from '../../pocket/rules.ts';
import { defaultSettings } from '../../rules.ts';
import { classroom } from './api.ts';

/** Rises with the pocket's shape: one of another shape is not read. */
const schema = 1;
const freshFor = 30 * 60_000;

const isPocket = (value: unknown): value is Pocket =>
  isRecord(value) &&
  typeof value['takenAt'] === 'string' &&
  ['schools', 'rubrics', 'days', 'carried'].every((key) => Array.isArray(value[key]));

const keyOf = (accountId: string): string => `pocket:${accountId}`;

let here: { readonly accountId: string; readonly pocket: Pocket | null } | null = null;

const pocketOf = (accountId: string): Pocket | null => {
  if (here?.accountId === accountId) return here.pocket;
  const kept = readCopy(keyOf(accountId));
  const pocket =
    isRecord(kept) && kept['schema'] === schema && isPocket(kept['pocket']) ? kept['pocket'] : null;
  here = { accountId, pocket };
  return pocket;
};

/** Who observes by a post, or has observed on this device before. */
export const hasPocket = ({ accountId, appointments }: Actor): boolean =>
  appointments.length > 0 || pocketOf(accountId) !== null;

/** Takes along anew what is older than half an hour or of another day; without a line the old one stays. */
export const refreshPocket = async ({ accountId, personId }: Actor): Promise<void> => {
  if (personId === null) return;
  const pocket = pocketOf(accountId);
  const isFresh =
    pocket !== null &&
    Date.now() - Date.parse(pocket.takenAt) < freshFor &&
    pocket.days.some(({ dayOn }) => dayOn === todayHere());
  if (isFresh) return;
  try {
    const taken = await classroom.client.takeAlong({ dayOn: todayHere() });
    here = { accountId, pocket: taken };
    keepCopy(keyOf(accountId), { schema, pocket: taken });
  } catch {
    // The next opening tries again.
  }
};

const withoutAnything = (dayOn: string): Start => ({
  dayOn,
  week: null,
  isTeachingDay: true,
  school: null,
  schools: [],
  slot: null,
  slots: [],
  lessons: [],
  capacities: [],
  rubricId: '',
  rubric: [],
  settings: defaultSettings,
});

/** What is being taught here and now: by the server, until it answers or where it cannot, by the pocket. */
export const useStart = (
  content: Pick<ObservationContent, 'schoolId' | 'dayOn' | 'slotFrom'>,
): Start | undefined => {
  const { accountId } = useMe();
  const { dayOn } = content;
  const schoolId = content.schoolId ?? undefined;
  const slot = content.slotFrom ?? undefined;
  const { data, isError, isPlaceholderData } = useQuery({
    ...classroom.query.startObservation.queryOptions({
      input: {
        dayOn,
        ...(schoolId === undefined ? {} : { schoolId }),
        ...(slot === undefined ? {} : { slot }),
      },
    }),
    staleTime: 300_000,
    placeholderData: (before: Start | undefined) => before,
  });
  const [clock] = useState(() => chinaClock(new Date()));
  const pocket = pocketOf(accountId);
  const asked = { dayOn, schoolId, slot, clock };
  const carried = pocket === null ? null : startFromPocket(pocket, asked);
  // Of another slot are the lessons that stand in until the server answers: the pocket's are the right ones.
  if (!isError) return isPlaceholderData || data === undefined ? (carried ?? data) : data;
  if (pocket === null) return withoutAnything(dayOn);
  return carried ?? startBeyondPocket(pocket, asked) ?? withoutAnything(dayOn);
};

const nobody: PeopleOfSchool = { classes: [], teachers: [] };

/** Classes and teachers of a school, from the server or the pocket; nobody where neither knows. */
export const useSchoolPeople = (schoolId: string | null, dayOn: string): PeopleOfSchool => {
  const { accountId } = useMe();
  const { data } = useQuery({
    ...classroom.query.lookUpSchool.queryOptions({ input: { schoolId: schoolId ?? '', dayOn } }),
    enabled: schoolId !== null,
    staleTime: 600_000,
  });
  if (data !== undefined) return data;
  const pocket = pocketOf(accountId);
  return (schoolId === null || pocket === null ? null : peopleFromPocket(pocket, schoolId)) ?? nobody;
};
