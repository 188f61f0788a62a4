import type { SecurityRules } from '../security/contract.ts';

const MINUTE_MS = 60_000;

/** Administrators' sessions are short; a teacher's phone stays signed in through a working day. */
export const sessionLimits = (
  rules: SecurityRules,
  holder: { readonly holdsDuty: boolean },
  now: Date,
): { readonly idleMinutes: number; readonly expiresAt: Date } => {
  const hours = holder.holdsDuty ? rules.administratorSessionHours : rules.sessionHours;
  return {
    idleMinutes: holder.holdsDuty ? rules.administratorIdleMinutes : rules.idleMinutes,
    expiresAt: new Date(now.getTime() + hours * 60 * MINUTE_MS),
  };
};

/** The time of last use is kept to the minute, so that reading pages does not write at every request. */
export const needsTouch = (lastSeenAt: string, now: Date): boolean =>
  now.getTime() - Date.parse(lastSeenAt) >= MINUTE_MS;
