import { useDraft } from './draft.ts';
import { useMe } from './session.tsx';

/** A form as it is typed: every field a text. */
export type TypedForm = Readonly<Record<string, string>>;

/** What was typed and not sent yet stays on this device; fields that were kept before come over `initial`. */
export const useKeptForm = <Form extends TypedForm>(key: string, initial: Form) => {
  const me = useMe();
  const draft = useDraft<Form>(`${key}:${me.accountId}`, initial, (stored) => {
    if (typeof stored !== 'object' || stored === null) return null;
    const kept = Object.entries(stored).filter(
      ([name, value]) => name in initial && typeof value === 'string',
    );
    return { ...initial, ...Object.fromEntries(kept) };
  });
  return {
    form: draft.value,
    set: (change: Partial<Form>): void => draft.set({ ...draft.value, ...change }),
    clear: draft.clear,
    restored: draft.restored,
  };
};
