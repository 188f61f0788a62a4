import { useNavigate, useSearch } from '@tanstack/react-router';

/** What a page looks at lives in its address, so that a figure can open it and a colleague can be sent there. */
export const useAddress = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  return {
    text: (name: string): string | undefined => {
      const value = search[name];
      // The router reads `4` and `true` in an address as number and boolean.
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      return typeof value === 'string' && value !== '' ? value : undefined;
    },
    set: (name: string, value: string): void =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          [name]: value === '' ? undefined : value,
        }),
        replace: true,
      }),
  };
};

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const idOrNone = (text: string | undefined): string | undefined =>
  text !== undefined && idPattern.test(text) ? text : undefined;
