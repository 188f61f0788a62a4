import { v7 } from 'uuid';

/** A new UUIDv7: sorts by the moment it was made, so it serves as a keyset cursor. */
export const newId = (): string => v7();
