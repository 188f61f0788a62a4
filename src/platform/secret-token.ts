import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 256 random bits for a cookie or a link. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a token. */
export const secretTokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Letters and digits nobody takes for another when reading them from paper. */
const readable = 'abcdefghjkmnpqrstuvwxy3456789';

/** Twelve readable characters (58 random bits) in three groups. */
export const newOneTimePassword = (): string =>
  Array.from({ length: 3 }, () =>
    Array.from({ length: 4 }, () => readable[randomInt(readable.length)]).join(''),
  ).join('-');
