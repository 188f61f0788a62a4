/** The number that a cell says; whatever else stands in it counts for nothing in a sum. */
export const numberIn = (text: string | undefined): number =>
  text !== undefined && /^\d{1,6}(?:\.\d{1,2})?$/.test(text) ? Number(text) : 0;

/** Whether a cell says what its column asks for: a whole number. */
export const isWholeUpTo = (text: string, max: number): boolean =>
  /^\d{1,6}$/.test(text) && Number(text) <= max;
