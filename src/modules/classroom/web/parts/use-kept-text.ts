import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';

const asText = (stored: unknown): string | null => (typeof stored === 'string' ? stored : null);

/** What was typed about a record and not sent yet. */
export const useKeptText = (what: string, id: string, initial: string) => {
  const me = useMe();
  return useDraft(`${what}:${me.accountId}:${id}`, initial, asText);
};
