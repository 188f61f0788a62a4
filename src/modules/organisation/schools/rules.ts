import type { Day } from '#platform/dates.ts';

/** A school has closed once its last day is past; on the day itself it stands no more. */
export const isClosedOn = ({ activeTo }: { readonly activeTo: Day | null }, on: Day): boolean =>
  activeTo !== null && activeTo <= on;
