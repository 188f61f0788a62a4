import { createHash } from 'node:crypto';
import { isRecord } from './is-record.ts';

/**
 * SHA-256 of a value as JSON, the same in whatever order its keys stand. A page gets it with what it shows and sends it
 * back with what was decided there, so that no decision is applied to something else.
 */
export const fingerprint = (value: unknown): string =>
  createHash('sha256')
    .update(
      JSON.stringify(value, (_key, part: unknown) =>
        isRecord(part)
          ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
          : part,
      ),
    )
    .digest('hex');
