import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict } from '#platform/refusal.ts';
import { getLetterhead } from '../actions.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;

/** The next number of the present series is said also before its first one of the year. */
export const listNumbers = async (context: Context, { year }: { year: number }) => {
  const counters = await store.listCounters(context.db, year);
  const {
    letterhead: { series },
  } = await getLetterhead(context);
  return {
    next: counters.some((one) => one.series === series)
      ? counters
      : [...counters, { series, year, number: 1 }],
    rows: await store.listNumbers(context.db, year),
  };
};

/** Numbers given on paper before are passed over; a number never comes a second time. */
export const setNextNumber = async (
  context: Context,
  input: { series: string; year: number; next: number },
): Promise<store.DocumentNumber> => {
  if (!(await store.raiseCounter(context.db, input)))
    throw conflict('这个号或更后的号已经用过，只能往后设。请先查看本年发文登记。');
  await recordAudit(context.db, context.origin, {
    action: 'circulars.next-number-set',
    objectKind: 'circulars.number-counter',
    objectId: `${input.series} ${input.year}`,
    after: input,
  });
  return { series: input.series, year: input.year, number: input.next };
};
