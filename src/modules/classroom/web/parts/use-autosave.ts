import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { useDraft } from '#web/draft.ts';
import { detailsOf, sentenceOf, statusOf } from '#web/rpc.ts';
import { type ObservationContent, observationContent } from '../../contract.ts';
import { sameContent } from '../../rules.ts';
import { classroom } from './api.ts';

const kept = z.object({ version: z.number(), content: observationContent });
type Kept = z.infer<typeof kept>;

const parseKept = (stored: unknown): Kept | null => {
  const parsed = kept.safeParse(stored);
  return parsed.success ? parsed.data : null;
};

const newerRecord = z.object({
  version: z.number(),
  state: z.string(),
  savedAt: z.string(),
  content: observationContent,
});
export type NewerRecord = z.infer<typeof newerRecord>;

export type SaveState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'retrying' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'conflict'; readonly newer: NewerRecord };

const pauseBeforeSave = 1200;
const longestPause = 30_000;

interface Autosave {
  readonly content: ObservationContent;
  readonly state: SaveState;
  readonly change: (next: ObservationContent) => void;
  /** Tries again at once, e.g. after signing in. */
  readonly retry: () => void;
  /** Ends a conflict: keeps what stands here, or takes the newer content. */
  readonly resolve: (which: 'mine' | 'newer') => void;
  /** The version the next call must carry; waits for a save under way. */
  readonly settle: () => Promise<number>;
  /** The server has everything: nothing is left on this device. */
  readonly done: () => void;
}

/**
 * A draft on its way: kept on this device with every key, sent to the server a moment after the last one,
 * and again until it is there. A newer copy on the server is shown, never overwritten.
 */
export const useAutosave = (
  id: string,
  deviceKey: string,
  start: { readonly version: number; readonly content: ObservationContent; readonly savedAt: string | null },
): Autosave => {
  const { value, set, clear, restored } = useDraft<Kept>(
    deviceKey,
    { version: start.version, content: start.content },
    parseKept,
  );
  const [state, setState] = useState<SaveState>(() => {
    if (restored) return { kind: 'waiting' };
    return start.savedAt === null ? { kind: 'untouched' } : { kind: 'saved', at: start.savedAt };
  });
  const latest = useRef(value);
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pause = useRef(2000);
  const attempt = useRef<{ text: string; key: string } | null>(null);
  const ended = useRef(false);

  const store = useCallback(
    (next: Kept) => {
      latest.current = next;
      set(next);
    },
    [set],
  );

  const send = useCallback(async (): Promise<void> => {
    const { version, content } = latest.current;
    const text = JSON.stringify({ version, content });
    if (attempt.current?.text !== text) attempt.current = { text, key: newId() };
    const later = (delay: number): void => {
      clearTimeout(timer.current);
      if (!ended.current) timer.current = setTimeout(() => void flush.current(), delay);
    };
    try {
      const saved = await classroom.client.saveDraft(
        { id, version, content },
        { context: { idempotencyKey: attempt.current.key } },
      );
      pause.current = 2000;
      if (ended.current) return;
      const unchanged = sameContent(latest.current.content, content);
      store({ version: saved.version, content: latest.current.content });
      if (!unchanged) return later(pauseBeforeSave);
      clear();
      setState({ kind: 'saved', at: saved.savedAt });
    } catch (error) {
      const status = statusOf(error);
      if (ended.current) return;
      if (status === 401) return setState({ kind: 'signed-out' });
      if (status !== null && status < 500) {
        const newer = newerRecord.safeParse(detailsOf(error));
        return setState(
          newer.success
            ? { kind: 'conflict', newer: newer.data }
            : { kind: 'refused', sentence: sentenceOf(error) },
        );
      }
      setState({ kind: 'retrying' });
      later(pause.current);
      pause.current = Math.min(longestPause, pause.current * 2);
    }
  }, [id, store, clear]);

  const flush = useRef(async (): Promise<void> => {});
  useEffect(() => {
    flush.current = async () => {
      if (running.current !== null) await running.current;
      running.current = send().finally(() => {
        running.current = null;
      });
      await running.current;
    };
  }, [send]);

  const soon = useCallback((delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush.current(), delay);
  }, []);

  useEffect(() => {
    ended.current = false;
    // What an earlier visit could not send goes first.
    if (restored) soon(0);
    const again = (): void => {
      setState((now) => {
        if (now.kind === 'retrying') soon(0);
        return now;
      });
    };
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
      clearTimeout(timer.current);
      ended.current = true;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only what was there when the page opened
  }, [soon]);

  return {
    content: value.content,
    state,
    change: (content) => {
      store({ version: latest.current.version, content });
      setState((now) => (now.kind === 'conflict' || now.kind === 'signed-out' ? now : { kind: 'waiting' }));
      if (state.kind !== 'conflict') soon(pauseBeforeSave);
    },
    retry: () => soon(0),
    resolve: (which) => {
      if (state.kind !== 'conflict') return;
      const { version, content, savedAt } = state.newer;
      store({ version, content: which === 'mine' ? latest.current.content : content });
      if (which === 'mine') {
        setState({ kind: 'waiting' });
        soon(0);
        return;
      }
      clear();
      setState({ kind: 'saved', at: savedAt });
    },
    settle: async () => {
      clearTimeout(timer.current);
      await running.current;
      return latest.current.version;
    },
    done: () => {
      ended.current = true;
      clearTimeout(timer.current);
      clear();
    },
  };
};
