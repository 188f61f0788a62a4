import { useState } from 'react';
import { edited, finished, type Newer, overridden, reopened } from '#web/outbox.ts';
import type { ObservationContent } from '../../contract.ts';
import {
  type Edition,
  type ObservationBody,
  type ObservationParcel,
  observationOutbox,
  useObservationOutbox,
} from './observation-outbox.ts';

export type NewerRecord = Newer<ObservationBody>;

export type SaveState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'saved'; readonly at: string; readonly receipt?: number }
  | { readonly kind: 'retrying' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly sentence: string; readonly otherId?: string }
  | { readonly kind: 'conflict'; readonly newer: NewerRecord };

export interface Begun {
  readonly version: number;
  readonly content: ObservationContent;
  /** Null before the server knows the record. */
  readonly saved: { readonly at: string; readonly receipt: number } | null;
}

interface Autosave {
  readonly content: ObservationContent;
  readonly edition: Edition | null;
  readonly state: SaveState;
  /** Finished by the person and not yet acknowledged. */
  readonly finishing: boolean;
  /** The server has the finished record. */
  readonly isFinished: boolean;
  /** The server knows the record. */
  readonly isKnown: boolean;
  /** A record takes the edition along with which it begins. */
  readonly change: (next: ObservationContent, edition: Edition | null) => void;
  readonly finish: () => void;
  readonly reopen: () => void;
  /** Tries again at once, e.g. after signing in. */
  readonly retry: () => void;
  /** Ends a conflict: keeps what stands here, or takes the newer content. */
  readonly resolve: (which: 'mine' | 'newer') => void;
  /** The version the next call must carry; what can be sent is sent first. */
  readonly settle: () => Promise<number>;
  /** Nothing is left on this device. */
  readonly done: () => void;
}

const stateOf = (
  parcel: ObservationParcel | undefined,
  isSending: boolean,
  line: 'up' | 'down' | 'signed-out',
  saved: { readonly at: string; readonly receipt: number } | null,
): SaveState => {
  if (parcel === undefined) return saved === null ? { kind: 'untouched' } : { kind: 'saved', ...saved };
  if (parcel.held !== null) return parcel.held;
  if (line === 'signed-out') return { kind: 'signed-out' };
  if (isSending) return { kind: 'sending' };
  return { kind: line === 'down' ? 'retrying' : 'waiting' };
};

/**
 * A record on its way: kept on this device with every key, sent to the server a moment after the last one,
 * and again until it is there. A newer copy on the server is shown, never overwritten.
 */
export const useAutosave = (id: string, start: Begun): Autosave => {
  const { parcels, answers, sending, line } = useObservationOutbox();
  const parcel = parcels.get(id);
  const answer = answers.get(id);
  // What stood here last, also when another page of this device has delivered it.
  const [last, setLast] = useState<{ version: number; body: ObservationBody }>({
    version: start.version,
    body: { content: start.content, edition: null },
  });
  const [taken, setTaken] = useState<{ at: string; receipt: number } | null>(start.saved);
  if (parcel !== undefined && parcel.body !== last.body)
    setLast({ version: parcel.version, body: parcel.body });
  const version = Math.max(answer?.version ?? 0, last.version);
  const body = parcel?.body ?? last.body;
  const saved = answer ?? taken;
  return {
    content: body.content,
    edition: body.edition,
    state: stateOf(
      parcel,
      sending === id,
      line,
      saved === null ? null : { at: saved.at, receipt: saved.receipt },
    ),
    finishing: parcel?.finish === true && parcel.held === null,
    isFinished: parcel === undefined && answer?.isFinished === true,
    isKnown: version > 0,
    change: (content, edition) =>
      observationOutbox.put(id, { version, body }, (now) =>
        edited(now, { content, edition: now.body.edition ?? edition }),
      ),
    finish: () => observationOutbox.put(id, { version, body }, finished, 0),
    reopen: () => observationOutbox.put(id, { version, body }, reopened),
    retry: () => observationOutbox.retry(id),
    resolve: (which) => {
      const held = parcel?.held;
      if (held?.kind !== 'conflict') return;
      const { newer } = held;
      if (which === 'mine')
        return observationOutbox.put(id, { version, body }, (now) => overridden(now, newer.version), 0);
      setLast({ version: newer.version, body: newer.body });
      setTaken(saved === null ? null : { at: newer.savedAt, receipt: saved.receipt });
      observationOutbox.forget(id);
    },
    settle: async () => {
      await observationOutbox.flush();
      const { parcels: then, answers: known } = observationOutbox.state();
      return Math.max(then.get(id)?.version ?? 0, known.get(id)?.version ?? 0, last.version);
    },
    done: () => observationOutbox.forget(id),
  };
};
