import { useEffect, useState } from 'react';

const longest = 36_000;

/** Whole seconds since an instant by this device's clock, never before `atLeast` even if the clock was set back. */
export const secondsSince = (startedAt: string, atLeast: number): number =>
  Math.min(longest, Math.max(atLeast, Math.round((Date.now() - Date.parse(startedAt)) / 1000)));

/** The same, counting on while the page is looked at; `atLeast` when nothing runs. */
export const useSecondsSince = (startedAt: string | null, atLeast: number): number => {
  const [seconds, setSeconds] = useState(() => (startedAt === null ? 0 : secondsSince(startedAt, 0)));
  useEffect(() => {
    if (startedAt === null) return undefined;
    const tick = (): void => setSeconds(secondsSince(startedAt, 0));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [startedAt]);
  return Math.max(atLeast, startedAt === null ? 0 : seconds);
};
