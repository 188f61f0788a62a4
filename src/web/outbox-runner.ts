import { newId } from '#platform/ids.ts';
import { draftKeys, dropDraft, keepDraft, readDraft } from './draft.ts';
import {
  type Attempt,
  acknowledged,
  begun,
  isDelivered,
  type Newer,
  type Parcel,
  refused,
  retried,
  withAttempt,
} from './outbox.ts';
import { detailsOf, sentenceOf, statusOf } from './rpc.ts';
import { sessionRenewed } from './session-events.ts';

export interface Answer {
  readonly version: number;
  readonly at: string;
  readonly receipt: number;
  readonly isFinished: boolean;
}

interface Acknowledged<Body> extends Answer {
  readonly body: Body;
  /** It had to wait for a line: that it has arrived is worth saying. */
  readonly waited: boolean;
}

interface OutboxOptions<Body> {
  /** Of its keys on this device: `<name>:<account>:<record>`. */
  readonly name: string;
  /** What was kept as a parcel; null when it is none. */
  readonly parse: (stored: unknown) => Parcel<Body> | null;
  readonly same: (one: Body, other: Body) => boolean;
  readonly send: (id: string, attempt: Attempt<Body>, signal: AbortSignal) => Promise<Answer>;
  /** What stands on the server instead, when a refusal says so. */
  readonly newerIn: (details: unknown, mine: Body) => Newer<Body> | null;
}

export interface OutboxState<Body> {
  /** Whose; empty until it was opened. */
  readonly account: string;
  readonly parcels: ReadonlyMap<string, Parcel<Body>>;
  /** On the line at this moment. */
  readonly sending: string | null;
  readonly line: 'up' | 'down' | 'signed-out';
  /** What the server acknowledged since the page was opened. */
  readonly answers: ReadonlyMap<string, Acknowledged<Body>>;
  /** The device's storage takes nothing: records live in this page only. */
  readonly onlyInPage: boolean;
}

export interface Outbox<Body> {
  readonly open: (account: string) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => OutboxState<Body>;
  /** Keeps what `change` makes of the parcel at once, and sends it a moment later. */
  readonly put: (
    id: string,
    base: { readonly version: number; readonly body: Body },
    change: (parcel: Parcel<Body>) => Parcel<Body>,
    delay?: number,
  ) => void;
  readonly forget: (id: string) => void;
  /** Tries everything again at once, or one record that was refused. */
  readonly retry: (id?: string) => void;
  /** Sends what there is now and waits until the line is quiet. */
  readonly flush: () => Promise<void>;
}

const pauseBeforeSend = 1200;
const shortestRetry = 2000;
const longestRetry = 30_000;
/** Another page of this device is sending. */
const busyElsewhere = 2000;
const answerWithin = 20_000;

/** Only one page of a device sends at a time, where the browser can say so; else the keys keep it single. */
const alone = async (name: string, work: () => Promise<void>): Promise<boolean> => {
  if (!('locks' in navigator)) {
    await work();
    return true;
  }
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await work();
    return true;
  });
};

const otherIn = (details: unknown): { otherId?: string } =>
  typeof details === 'object' &&
  details !== null &&
  'otherId' in details &&
  typeof details.otherId === 'string'
    ? { otherId: details.otherId }
    : {};

export const createOutbox = <Body>(options: OutboxOptions<Body>): Outbox<Body> => {
  const { same } = options;
  let now: OutboxState<Body> = {
    account: '',
    parcels: new Map(),
    sending: null,
    line: 'up',
    answers: new Map(),
    onlyInPage: false,
  };
  const listeners = new Set<() => void>();
  /** Records that had to wait for a line. */
  const waited = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryAfter = shortestRetry;
  let running: Promise<void> | null = null;

  const publish = (change: Partial<OutboxState<Body>>): void => {
    now = { ...now, ...change };
    for (const listener of listeners) listener();
  };
  const prefix = (): string => `${options.name}:${now.account}:`;
  const fromDevice = (id: string): Parcel<Body> | null => options.parse(readDraft(prefix() + id));
  /** The device's storage is what counts: another page may have changed it. */
  const read = (id: string): Parcel<Body> | null =>
    fromDevice(id) ?? (now.onlyInPage ? (now.parcels.get(id) ?? null) : null);
  const store = (id: string, parcel: Parcel<Body> | null): void => {
    const parcels = new Map(now.parcels);
    if (parcel === null) {
      dropDraft(prefix() + id);
      parcels.delete(id);
      return publish({ parcels });
    }
    parcels.set(id, parcel);
    const isKept = keepDraft(prefix() + id, parcel);
    publish({ parcels, onlyInPage: now.onlyInPage || !isKept });
  };
  const readAll = (): ReadonlyMap<string, Parcel<Body>> =>
    new Map(
      // Ids sort by the moment they were made: what was written first goes first.
      draftKeys(prefix())
        .toSorted()
        .flatMap((key) => {
          const id = key.slice(prefix().length);
          const parcel = fromDevice(id);
          return parcel === null ? [] : [[id, parcel] as const];
        }),
    );

  const soon = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), delay);
  };

  /** Whether there is a line to go on with. */
  const sendOne = async (id: string): Promise<boolean> => {
    const { account } = now;
    const kept = read(id);
    const parcel = kept === null ? null : withAttempt(kept, newId());
    if (parcel === null) return true;
    const { attempt } = parcel;
    store(id, parcel);
    publish({ sending: id });
    const control = new AbortController();
    const limit = setTimeout(() => control.abort(), answerWithin);
    try {
      const answer = await options.send(id, attempt, control.signal);
      if (account !== now.account) return false;
      retryAfter = shortestRetry;
      const stands = read(id);
      const next = stands === null ? null : acknowledged(stands, attempt.key, answer.version, same);
      publish({
        line: 'up',
        sending: null,
        answers: new Map([...now.answers, [id, { ...answer, body: attempt.body, waited: waited.has(id) }]]),
      });
      store(id, next === null || isDelivered(next) ? null : next);
      return next === null || isDelivered(next) || sendOne(id);
    } catch (error) {
      const status = statusOf(error);
      if (account !== now.account) return false;
      if (status === null || status >= 500 || status === 401) {
        waited.add(id);
        publish({ sending: null, line: status === 401 ? 'signed-out' : 'down' });
        return false;
      }
      const newer = options.newerIn(detailsOf(error), attempt.body);
      const stands = read(id);
      publish({ sending: null, line: 'up' });
      if (stands !== null)
        store(
          id,
          refused(
            stands,
            attempt.key,
            newer === null
              ? { kind: 'refused', sentence: sentenceOf(error), ...otherIn(detailsOf(error)) }
              : { kind: 'conflict', newer },
            same,
          ),
        );
      return true;
    } finally {
      clearTimeout(limit);
    }
  };

  /** One after another; a line that is down is tried again, less and less often. */
  const run = async (): Promise<void> => {
    if (now.account === '') return;
    if (running !== null) {
      await running;
      // What was written while the former round was on its way.
      if (running === null) return run();
      return running;
    }
    clearTimeout(timer);
    running = (async () => {
      const isOurs = await alone(`yanxun:${prefix()}`, async () => {
        for (const id of readAll().keys()) if (!(await sendOne(id))) break;
      });
      if (!isOurs) return soon(busyElsewhere);
      if (now.line !== 'down') return;
      soon(retryAfter);
      retryAfter = Math.min(longestRetry, retryAfter * 2);
    })().finally(() => {
      running = null;
    });
    return running;
  };

  window.addEventListener('online', () => {
    if (now.parcels.size > 0 && now.line !== 'signed-out') soon(0);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && now.parcels.size > 0 && now.line === 'down') soon(0);
  });
  // Another page of this device has written or delivered something; if it goes, this one sends.
  window.addEventListener('storage', ({ key }) => {
    if (now.account === '' || key === null || !key.includes(prefix())) return;
    publish({ parcels: readAll() });
    if (now.parcels.size > 0) soon(busyElsewhere);
  });
  sessionRenewed.subscribe(() => soon(0));

  return {
    open: (account) => {
      if (account === now.account) return;
      publish({ account, line: 'up', sending: null, answers: new Map(), onlyInPage: false });
      const parcels = readAll();
      for (const id of parcels.keys()) waited.add(id);
      publish({ parcels });
      if (parcels.size > 0) soon(0);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    state: () => now,
    put: (id, base, change, delay = pauseBeforeSend) => {
      const next = change(read(id) ?? begun(base.version, base.body));
      store(id, isDelivered(next) ? null : next);
      soon(delay);
    },
    forget: (id) => store(id, null),
    retry: (id) => {
      const parcel = id === undefined ? null : read(id);
      if (id !== undefined && parcel !== null) store(id, retried(parcel));
      retryAfter = shortestRetry;
      soon(0);
    },
    flush: async () => {
      clearTimeout(timer);
      await run();
    },
  };
};
