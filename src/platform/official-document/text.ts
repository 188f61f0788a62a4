/** Text that XML and PDF can carry: no control characters but the line feed, no half surrogate, tabs as spaces. */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/\t/gu, ' ')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/gu, '')
    .toWellFormed();

const narrow = /^[\u0020-\u024f]$/u;

/** Width in full-width characters: Latin letters and digits are half as wide as a Chinese character. */
export const displayWidth = (text: string): number =>
  [...text].reduce((sum, character) => sum + (narrow.test(character) ? 0.5 : 1), 0);
