/** Text meant literally inside a LIKE pattern. */
export const likeLiteral = (text: string): string => text.replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`);
