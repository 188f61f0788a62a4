import { addDays, type Day, weekdayOf } from '#platform/dates.ts';

/** Monday and Sunday of the week a day lies in. */
export const weekAround = (day: Day): { readonly from: Day; readonly to: Day } => {
  const from = addDays(day, 1 - weekdayOf(day));
  return { from, to: addDays(from, 6) };
};
