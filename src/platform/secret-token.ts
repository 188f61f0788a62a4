import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a link. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a token. */
export const secretTokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
