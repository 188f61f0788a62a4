import { newId } from '#platform/ids.ts';
import { draftKeys, dropDraft, keepDraft, readDraft } from '#web/draft.ts';
import { sentenceOf, statusOf } from '#web/rpc.ts';
import type { KeptPatrol } from '../../patrol/device/contract.ts';
import {
  acknowledged,
  hasUnsent,
  isDelivered,
  isKeptPatrol,
  mergeKept,
  unsentMarks,
} from '../../patrol/device/rules.ts';
import { classroom } from './api.ts';

/** `refused` waits for a person; `signed-out` for the next sign-in; everything else is tried again by itself. */
export type SendState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly sentence: string };

export interface PatrolsHere {
  /** Whose they are; empty until the device was looked through. */
  readonly account: string;
  readonly patrols: readonly KeptPatrol[];
  readonly states: ReadonlyMap<string, SendState>;
  /** The device's storage takes nothing: patrols live in this page only. */
  readonly onlyInPage: boolean;
}

const pauseBeforeSend = 1200;
const shortestRetry = 2000;
const longestRetry = 30_000;

let accountId = '';
let here: PatrolsHere = { account: '', patrols: [], states: new Map(), onlyInPage: false };
let timer: ReturnType<typeof setTimeout> | undefined;
let retryAfter = shortestRetry;
let isRunning = false;
let onDelivered: () => void = () => undefined;
const listeners = new Set<() => void>();

const keyOf = (id: string): string => `patrol:${accountId}:${id}`;

const readKept = (id: string): KeptPatrol | null => {
  const kept = readDraft(keyOf(id));
  return isKeptPatrol(kept) ? kept : null;
};

const publish = (next: Partial<PatrolsHere>): void => {
  here = { ...here, ...next };
  for (const listener of listeners) listener();
};

const setState = (id: string, state: SendState): void =>
  publish({ states: new Map([...here.states, [id, state]]) });

const soon = (delay: number): void => {
  clearTimeout(timer);
  timer = setTimeout(() => void sendAll(), delay);
};

/** Another window may have changed the same patrol: what it kept is taken in before anything is kept. */
const store = (id: string, change: (patrol: KeptPatrol) => KeptPatrol): void => {
  const known = here.patrols.find((one) => one.id === id);
  if (known === undefined) return;
  const kept = readKept(id);
  const next = change(kept === null ? known : mergeKept(kept, known));
  const isKept = keepDraft(keyOf(id), next);
  publish({ patrols: here.patrols.map((one) => (one.id === id ? next : one)), onlyInPage: !isKept });
};

const send = async (patrol: KeptPatrol): Promise<'done' | 'again' | 'stop'> => {
  const { id, schoolId, dayOn, slot, offDayReason, startedAt, finish } = patrol;
  const marks = unsentMarks(patrol);
  const account = accountId;
  setState(id, { kind: 'sending' });
  try {
    const answer = await classroom.client.savePatrol(
      {
        id,
        schoolId,
        dayOn,
        slot,
        offDayReason,
        startedAt,
        marks,
        finish,
        sentAt: new Date().toISOString(),
      },
      { context: { idempotencyKey: newId() } },
    );
    if (account !== accountId) return 'stop';
    store(id, (now) =>
      acknowledged(
        now,
        { marks, finish: finish !== null },
        { number: answer.receiptNumber, at: answer.receivedAt },
      ),
    );
    setState(id, { kind: 'waiting' });
    const kept = here.patrols.find((one) => one.id === id);
    if (kept !== undefined && isDelivered(kept)) {
      forgetPatrol(id);
      onDelivered();
    }
    return 'done';
  } catch (error) {
    const status = statusOf(error);
    if (status === 401) setState(id, { kind: 'signed-out' });
    else if (status !== null && status < 500) setState(id, { kind: 'refused', sentence: sentenceOf(error) });
    else setState(id, { kind: 'waiting' });
    return status === null || status >= 500 ? 'again' : 'stop';
  }
};

const isHeld = ({ id }: KeptPatrol): boolean => {
  const kind = here.states.get(id)?.kind;
  return kind === 'refused' || kind === 'signed-out';
};

/** One after another; a line that is down is tried again, less and less often. */
const sendAll = async (): Promise<void> => {
  if (isRunning) return;
  isRunning = true;
  let isDown = false;
  try {
    for (const patrol of here.patrols)
      if (hasUnsent(patrol) && !isHeld(patrol)) isDown = (await send(patrol)) === 'again' || isDown;
  } finally {
    isRunning = false;
  }
  const isLeft = here.patrols.some((patrol) => hasUnsent(patrol) && !isHeld(patrol));
  retryAfter = isDown ? Math.min(longestRetry, retryAfter * 2) : shortestRetry;
  if (isLeft) soon(isDown ? retryAfter : pauseBeforeSend);
};

/** What this device keeps for the account; sends what an earlier visit could not. */
export const openPatrols = (account: string, delivered: () => void): void => {
  onDelivered = delivered;
  if (account === accountId) return;
  accountId = account;
  const prefix = keyOf('');
  const patrols = draftKeys(prefix).flatMap((key) => readKept(key.slice(prefix.length)) ?? []);
  publish({ account, patrols, states: new Map(), onlyInPage: false });
  soon(0);
};

export const subscribeToPatrols = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const patrolsHere = (): PatrolsHere => here;

/** Kept on this device from now on; nothing is sent before the first mark. */
export const keepPatrol = (patrol: KeptPatrol): void => {
  const isKept = keepDraft(keyOf(patrol.id), patrol);
  publish({
    patrols: [...here.patrols.filter(({ id }) => id !== patrol.id), patrol],
    onlyInPage: !isKept,
  });
};

export const changePatrol = (id: string, change: (patrol: KeptPatrol) => KeptPatrol): void => {
  store(id, change);
  if (here.states.get(id)?.kind !== 'sending') setState(id, { kind: 'waiting' });
  soon(pauseBeforeSend);
};

export const forgetPatrol = (id: string): void => {
  dropDraft(keyOf(id));
  publish({ patrols: here.patrols.filter((one) => one.id !== id) });
};

/** Tries what was held back, after signing in or by a person's wish. */
export const retryPatrols = (): void => {
  for (const patrol of here.patrols) if (isHeld(patrol)) setState(patrol.id, { kind: 'waiting' });
  retryAfter = shortestRetry;
  soon(0);
};

window.addEventListener('online', () => soon(0));
// Another window changed or delivered a patrol.
window.addEventListener('storage', () => {
  const prefix = keyOf('');
  const kept = draftKeys(prefix).flatMap((key) => readKept(key.slice(prefix.length)) ?? []);
  publish({
    patrols: kept.map((one) => {
      const known = here.patrols.find(({ id }) => id === one.id);
      return known === undefined ? one : mergeKept(one, known);
    }),
  });
});
