import { v7 } from 'uuid';

/** A new UUIDv7: sorts by the moment it was made, so it serves as a keyset cursor. */
export const newId = (): string => v7();

/** The source of a pattern of one id as the application writes it, for patterns that hold ids. */
export const idPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const onlyId = new RegExp(`^${idPattern}$`);

/** Whether a text from outside may be asked for as an id: PostgreSQL throws on any other. */
export const isId = (text: string): boolean => onlyId.test(text);
