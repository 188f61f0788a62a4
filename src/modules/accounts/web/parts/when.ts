import { chinaClock, chinaDay } from '#platform/dates.ts';

/** An instant as `2024-03-04 09:15`, China time. */
export const whenText = (instant: string | null, none = '—'): string => {
  if (instant === null) return none;
  const at = new Date(instant);
  return `${chinaDay(at)} ${chinaClock(at)}`;
};

/** The day of an instant, China time. */
export const dayText = (instant: string): string => chinaDay(new Date(instant));
