import { useCallback, useEffect, useRef, useState } from 'react';

const everything = 'yanxun:';
const prefix = `${everything}draft:`;
/** What the device remembers for its own convenience: nothing is lost with it. */
const copies = `${everything}copy:`;

/** What is kept on this device under a key; null where nothing is, or it cannot be read. */
export const readDraft = (key: string): unknown => {
  try {
    const text = localStorage.getItem(prefix + key);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
};

/** False where the device's storage is full or forbidden: what was to be kept is only in the page. */
export const keepDraft = (key: string, value: unknown): boolean => {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

export const dropDraft = (key: string): void => {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // Nothing was kept either.
  }
};

/**
 * What a person types, kept on this device from the first key until `clear`: it survives a reload,
 * a failed save, a dead network and an expired session. The key must name account and record.
 * `parse` turns what was stored into a value, or null when it no longer fits.
 */
export const useDraft = <Value>(
  key: string,
  initial: Value,
  parse: (stored: unknown) => Value | null,
): { value: Value; set: (next: Value) => void; clear: () => void; restored: boolean } => {
  const [state, setState] = useState(() => {
    const stored = readDraft(key);
    const kept = stored === null ? null : parse(stored);
    return { value: kept ?? initial, restored: kept !== null };
  });
  const keyNow = useRef(key);
  useEffect(() => {
    keyNow.current = key;
  }, [key]);
  const set = useCallback((next: Value) => {
    setState((before) => ({ ...before, value: next }));
    keepDraft(keyNow.current, next);
  }, []);
  const clear = useCallback(() => {
    dropDraft(keyNow.current);
    setState((before) => ({ ...before, restored: false }));
  }, []);
  return { ...state, set, clear };
};

/** Keys of what is kept on this device, e.g. records not sent yet. */
export const draftKeys = (startsWith: string): string[] => {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + startsWith))
      .map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
};

/** What the server said last, for days without a network; null where nothing is, or it cannot be read. */
export const readCopy = (key: string): unknown => {
  try {
    const text = localStorage.getItem(copies + key);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
};

/** Not kept where the storage is full: drafts need the room more. */
export const keepCopy = (key: string, value: unknown): void => {
  try {
    localStorage.setItem(copies + key, JSON.stringify(value));
  } catch {
    try {
      localStorage.removeItem(copies + key);
    } catch {
      // Nothing was kept either.
    }
  }
};

/** Forgets everything of the person on this device, at sign-out of a shared one. */
export const forgetDrafts = (): void => {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(everything)))
    localStorage.removeItem(key);
};
