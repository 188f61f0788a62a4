import type { Booking } from './contract.ts';

/** Of whole per cent; null where nothing is required. */
export const rateOf = (held: number, required: number): number | null =>
  required === 0 ? null : Math.round((100 * Math.min(held, required)) / required);

/** Uses a week over the weeks that have begun, to one decimal. */
export const perWeek = (uses: number, weeks: number): number =>
  weeks === 0 ? 0 : Math.round((uses / weeks) * 10) / 10;

export const openingSetting = 'library.opening-hours';

/** `38.5` from minutes. */
export const hoursText = (minutes: number): string => String(Math.round(minutes / 6) / 10);

/** A library's week against the hours wanted; null where nobody has said how long it is open. */
export const openingSentence = (minutes: number | null, hoursWanted: number): string => {
  if (minutes === null) return '未登记开放时间';
  const hours = hoursText(minutes);
  return minutes >= hoursWanted * 60
    ? `每周开放 ${hours} 小时，达到 ${hoursWanted} 小时`
    : `每周开放 ${hours} 小时，比 ${hoursWanted} 小时少 ${hoursText(hoursWanted * 60 - minutes)} 小时`;
};

interface Slotted {
  readonly slotFrom: number;
  readonly slotTo: number;
}

export const overlaps = (one: Slotted, other: Slotted): boolean =>
  one.slotFrom <= other.slotTo && other.slotFrom <= one.slotTo;

/** Of two bookings of one room and day. */
export const sameBooking = (
  one: Omit<Booking, 'id' | 'roomId' | 'dayOn'>,
  other: Omit<Booking, 'id' | 'roomId' | 'dayOn'>,
): boolean =>
  one.slotFrom === other.slotFrom &&
  one.slotTo === other.slotTo &&
  one.classId === other.classId &&
  one.purpose === other.purpose &&
  one.experimentId === other.experimentId &&
  one.experimentName === other.experimentName &&
  one.experimentMode === other.experimentMode;
