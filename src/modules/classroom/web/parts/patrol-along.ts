import type { Actor } from '#modules/organisation/contract.ts';
import { isRecord } from '#platform/is-record.ts';
import { keepCopy, readCopy } from '#web/draft.ts';
import { todayHere } from '#web/today.ts';
import type { PatrolStart } from '../../patrol/contract.ts';
import { startFromAlong } from '../../patrol/device/rules.ts';
import { classroom } from './api.ts';

/** Rises with the shape: what was taken along in another shape is not read. */
const schema = 1;
const freshFor = 30 * 60_000;
const keyOf = (accountId: string): string => `patrol-start:${accountId}`;

interface Along {
  readonly schema: number;
  readonly takenAt: number;
  readonly starts: readonly PatrolStart[];
}

const isAlong = (value: unknown): value is Along =>
  isRecord(value) &&
  value['schema'] === schema &&
  typeof value['takenAt'] === 'number' &&
  Array.isArray(value['starts']);

const alongOf = (accountId: string): Along | null => {
  const kept = readCopy(keyOf(accountId));
  return isAlong(kept) ? kept : null;
};

/** Takes along anew what is older than half an hour or of another day; without a line the old one stays. */
export const refreshPatrolAlong = async ({ accountId, personId }: Actor): Promise<void> => {
  if (personId === null) return;
  const along = alongOf(accountId);
  const isFresh =
    along !== null &&
    Date.now() - along.takenAt < freshFor &&
    (along.starts.length === 0 || along.starts.some(({ dayOn }) => dayOn === todayHere()));
  if (isFresh) return;
  try {
    const { starts } = await classroom.client.takePatrolAlong({});
    const taken: Along = { schema, takenAt: Date.now(), starts };
    keepCopy(keyOf(accountId), taken);
  } catch {
    // The next opening tries again.
  }
};

export const patrolStartHere = (
  accountId: string,
  asked: Parameters<typeof startFromAlong>[1],
): PatrolStart | null => startFromAlong(alongOf(accountId)?.starts ?? [], asked);
