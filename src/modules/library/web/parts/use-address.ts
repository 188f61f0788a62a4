import { useNavigate, useSearch } from '@tanstack/react-router';

export type Address = Readonly<Record<string, string>>;

/** What stands in an address under `key`, as text: a number or a word of digits stands there as a number. */
export const saidIn = (search: Readonly<Record<string, unknown>>, key: string): string =>
  typeof search[key] === 'string' || typeof search[key] === 'number' ? String(search[key]) : '';

/** A number stands in an address as it is; text of digits would stand there in quotes. */
export const asSearch = (said: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(said)
      .filter(([, value]) => value !== '' && value !== undefined)
      .map(([key, value]) => [
        key,
        typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
      ]),
  );

/**
 * What a list shows stands in its address: it can be sent to a colleague, and the way back leads through what was
 * looked at. `go` changes some of it; what is empty is left out.
 */
export const useAddress = (): {
  readonly said: (key: string) => string;
  readonly go: (change: Address) => void;
} => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  return {
    said: (key) => saidIn(search, key),
    go: (change) =>
      void navigate({
        to: '.',
        search: asSearch({ ...search, ...change }),
        resetScroll: false,
      }),
  };
};
