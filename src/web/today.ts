import { chinaDay } from '#platform/dates.ts';

/** Today in China, by this device's clock. */
export const todayHere = (): string => chinaDay(new Date());
