import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  findingFlags,
  findingKinds,
  findingSources,
  findingStates,
  findingTypes,
} from '../../finding/vocabulary/contract.ts';

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** What a list looks at lives in its address, so that a figure can open its rows. */
export const useFindingAddress = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const text = (name: string): string => {
    const value = search[name];
    // The router reads `true` in an address as a boolean.
    return typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '';
  };
  const fitting = (name: string, pattern: RegExp): string | undefined =>
    pattern.test(text(name)) ? text(name) : undefined;
  return {
    filter: {
      kind: findingKinds.find((one) => one === search['kind']),
      state: findingStates.find((one) => one === search['state']),
      type: findingTypes.find((one) => one === search['type']),
      flag: findingFlags.find((one) => one === search['flag']),
      source: findingSources.find((one) => one === search['source']),
      sourceId: fitting('sourceId', idPattern),
      schoolId: fitting('schoolId', idPattern),
      from: fitting('from', dayPattern),
      to: fitting('to', dayPattern),
      counted: text('counted') === 'true' ? true : undefined,
    },
    termId: fitting('termId', idPattern),
    set: (name: string, value: string): void =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          [name]: value === '' ? undefined : value,
        }),
        replace: true,
      }),
    clear: (): void => void navigate({ to: '.', search: {}, replace: true }),
  };
};
