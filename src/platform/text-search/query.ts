/** A condition on lexemes as PostgreSQL reads it (tsquery). Whatever is inside a lexeme is only ever a lexeme. */
export type LexemeQuery = string;

export const lexeme = (text: string): LexemeQuery => `'${text.replaceAll(/['\\]/g, '$&$&')}'`;

/** At least one part each. */
export const every = (parts: readonly LexemeQuery[]): LexemeQuery => `(${parts.join(' & ')})`;
export const some = (parts: readonly LexemeQuery[]): LexemeQuery => `(${parts.join(' | ')})`;
