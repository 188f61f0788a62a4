import { useNavigate, useSearch } from '@tanstack/react-router';

/** What a page looks at lives in its address, so that a figure can open it and a colleague can be sent there. */
export const useAddress = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  return {
    text: (name: string): string | undefined => {
      const value = search[name];
      return value === undefined || value === null || value === '' ? undefined : String(value);
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
