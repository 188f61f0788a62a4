import { useSearch } from '@tanstack/react-router';
import { subjects } from '#modules/organisation/vocabulary/contract.ts';
import { todayHere } from '#web/today.ts';
import { findingKinds } from '../../patrol/vocabulary/contract.ts';
import { weekAround } from '../../patrol/week/rules.ts';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** The rows asked for live in the address, so that a figure can open them; without days it is this week. */
export const usePatrolSpan = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const text = (name: string): string => (typeof search[name] === 'string' ? search[name] : '');
  const week = weekAround(todayHere());
  return {
    schoolId: text('schoolId'),
    from: dayPattern.test(text('from')) ? text('from') : week.from,
    to: dayPattern.test(text('to')) ? text('to') : week.to,
    result: (['in-order', 'noted'] as const).find((one) => one === text('result')),
    kind: findingKinds.find((one) => one === text('kind')),
    lostSubject: ([...subjects, 'none'] as const).find((one) => one === text('lostSubject')),
    serious: String(search['serious']) === 'true' ? true : undefined,
  };
};
