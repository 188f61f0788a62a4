import { useNavigate, useSearch } from '@tanstack/react-router';

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** What a page looks at lives in its address, so that a figure can open it and a colleague can be sent there. */
export const useAddress = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const text = (name: string): string | undefined => {
    const value = search[name];
    // The router reads `4` and `true` in an address as number and boolean.
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const fitting = (name: string, pattern: RegExp): string | undefined => {
    const value = text(name);
    return value !== undefined && pattern.test(value) ? value : undefined;
  };
  return {
    text,
    id: (name: string) => fitting(name, idPattern),
    day: (name: string) => fitting(name, dayPattern),
    number: (name: string) => {
      const value = fitting(name, /^\d{1,4}$/);
      return value === undefined ? undefined : Number(value);
    },
    set: (change: Readonly<Record<string, string>>): void =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          ...Object.fromEntries(
            Object.entries(change).map(([name, value]) => [name, value === '' ? undefined : value]),
          ),
        }),
        replace: true,
      }),
  };
};
