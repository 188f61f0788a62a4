import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { useDraft } from '#web/draft.ts';
import { detailsOf, sentenceOf, statusOf } from '#web/rpc.ts';
import { type LensContent, lensContent } from '../../lens/contract.ts';
import { emptyLens, sameLens } from '../../lens/rules.ts';
import { classroom } from './api.ts';
import { holdLens } from './lens-pending.ts';
import type { SaveState } from './use-autosave.ts';

const kept = z.object({ version: z.number(), content: lensContent });
export type KeptLens = z.infer<typeof kept>;

export const parseKeptLens = (stored: unknown): KeptLens | null => {
  const parsed = kept.safeParse(stored);
  return parsed.success ? parsed.data : null;
};

const newerLens = z.object({
  version: z.number(),
  savedAt: z.string().nullable(),
  content: lensContent.nullable(),
});
type NewerLens = z.infer<typeof newerLens>;
const fixedLens = z.object({ fixed: z.literal(true) });

/** As for the record itself; `fixed`: the record was finished before this came, so it needs a reason. */
export type LensSaveState =
  | Exclude<SaveState, { readonly kind: 'conflict' }>
  | { readonly kind: 'conflict'; readonly newer: NewerLens }
  | { readonly kind: 'fixed' };

const pauseBeforeSave = 1200;
const longestPause = 30_000;

const refusedBy = (error: unknown): LensSaveState => {
  if (statusOf(error) === 401) return { kind: 'signed-out' };
  const newer = newerLens.safeParse(detailsOf(error));
  if (newer.success) return { kind: 'conflict', newer: newer.data };
  return fixedLens.safeParse(detailsOf(error)).success
    ? { kind: 'fixed' }
    : { kind: 'refused', sentence: sentenceOf(error) };
};

interface LensRecord {
  readonly id: string;
  readonly deviceKey: string;
  readonly start: KeptLens & { readonly savedAt: string | null };
  /** The server knows the observation; before that nothing can be sent. */
  readonly known: boolean;
}

/** What is tapped, kept on this device with every tap and sent a moment after the last one until it is there. */
export const useLens = ({ id, deviceKey, start, known }: LensRecord) => {
  const { value, set, clear, restored } = useDraft<KeptLens>(
    deviceKey,
    { version: start.version, content: start.content },
    parseKeptLens,
  );
  const [state, setState] = useState<LensSaveState>(() => {
    if (restored) return { kind: 'waiting' };
    return start.savedAt === null ? { kind: 'untouched' } : { kind: 'saved', at: start.savedAt };
  });
  const latest = useRef(value);
  const unsent = useRef(restored);
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pause = useRef(2000);
  const attempt = useRef<{ text: string; key: string } | null>(null);

  const store = useCallback(
    (next: KeptLens): void => {
      latest.current = next;
      set(next);
    },
    [set],
  );

  const flush = useRef(async (): Promise<void> => {});
  const soon = useCallback((delay: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush.current(), delay);
  }, []);
  const send = useCallback(async (): Promise<void> => {
    const { version, content } = latest.current;
    const text = JSON.stringify({ version, content });
    if (attempt.current?.text !== text) attempt.current = { text, key: newId() };
    try {
      const saved = await classroom.client.saveLens(
        { id, version, content },
        { context: { idempotencyKey: attempt.current.key } },
      );
      pause.current = 2000;
      if (!unsent.current) return;
      store({ version: saved.version, content: latest.current.content });
      if (!sameLens(latest.current.content, content)) return soon(pauseBeforeSave);
      unsent.current = false;
      clear();
      setState({ kind: 'saved', at: saved.savedAt });
    } catch (error) {
      const status = statusOf(error);
      if (status !== null && status < 500) return setState(refusedBy(error));
      setState({ kind: 'retrying' });
      soon(pause.current);
      pause.current = Math.min(longestPause, pause.current * 2);
    }
  }, [id, store, clear, soon]);

  // The record may have just come to the server, or an earlier visit left something here.
  useEffect(() => {
    flush.current = async () => {
      clearTimeout(timer.current);
      if (running.current !== null) await running.current;
      if (!known || !unsent.current) return;
      running.current = send().finally(() => {
        running.current = null;
      });
      await running.current;
    };
    if (known) soon(0);
  }, [known, send, soon]);
  useEffect(() => {
    const again = (): void => soon(0);
    const release = holdLens(id, {
      send: () => flush.current(),
      forget: () => {
        unsent.current = false;
        clear();
      },
    });
    window.addEventListener('online', again);
    return () => {
      release();
      window.removeEventListener('online', again);
      // What was tapped last goes with whoever leaves the page, if the line allows it.
      void flush.current();
    };
  }, [id, clear, soon]);
  // Signing in again refreshes every query; that is the moment to send what is still here.
  const queries = useQueryClient();
  const isSignedOut = state.kind === 'signed-out';
  useEffect(
    () =>
      isSignedOut
        ? queries.getQueryCache().subscribe((event) => {
            if (event.type === 'updated' && event.action.type === 'success') soon(0);
          })
        : undefined,
    [isSignedOut, queries, soon],
  );

  return {
    content: value.content,
    state,
    change: (content: LensContent): void => {
      unsent.current = true;
      store({ version: latest.current.version, content });
      setState((now) => (now.kind === 'conflict' || now.kind === 'fixed' ? now : { kind: 'waiting' }));
      if (state.kind === 'conflict' || state.kind === 'fixed') return;
      soon(pauseBeforeSave);
    },
    /** Ends a conflict: keeps what stands here, or takes the newer content. */
    resolve: (which: 'mine' | 'newer'): void => {
      if (state.kind !== 'conflict') return;
      const { version, savedAt, content } = state.newer;
      unsent.current = which === 'mine';
      store({ version, content: which === 'mine' ? latest.current.content : (content ?? emptyLens) });
      if (which === 'mine') {
        setState({ kind: 'waiting' });
        soon(0);
        return;
      }
      clear();
      setState(savedAt === null ? { kind: 'untouched' } : { kind: 'saved', at: savedAt });
    },
  };
};
