/** Text that XML and PDF can carry: no control characters but the line feed, no half surrogate, tabs as spaces. */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/\t/gu, ' ')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/gu, '')
    .toWellFormed();

const narrow = /^[\u0020-\u024f]$/u;
const mixed = /(?<=\p{Script=Han})(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=\p{Script=Han})/gu;

/**
 * Width in full-width characters: a Latin letter or digit is half as wide as a Chinese one, and where the two
 * meet, Word and typst add a quarter.
 */
export const displayWidth = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (narrow.test(character) ? 0.5 : 1), 0) +
  (text.match(mixed)?.length ?? 0) / 4;
