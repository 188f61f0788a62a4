import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';

const longestWaitMs = 30_000;

interface Held {
  readonly askToRelease: RequestRelease;
  readonly released: Promise<void>;
}

/**
 * One request at a time for each upload, within this process. A second one asks the first to end, which may be a dead
 * connection that nobody has noticed yet, and waits for it without keeping the processor busy.
 */
export const createUploadLocker = (): Locker => {
  const held = new Map<string, Held>();
  return {
    newLock: (id): Lock => {
      let release: () => void = () => {};
      return {
        lock: async (signal, askToRelease) => {
          const deadline = AbortSignal.any([signal, AbortSignal.timeout(longestWaitMs)]);
          for (let other = held.get(id); other !== undefined; other = held.get(id)) {
            await other.askToRelease();
            await Promise.race([other.released, aborted(deadline)]);
            if (deadline.aborted) throw ERRORS.ERR_LOCK_TIMEOUT;
          }
          const { promise: released, resolve } = Promise.withResolvers<void>();
          release = resolve;
          held.set(id, { askToRelease, released });
        },
        unlock: () => {
          held.delete(id);
          release();
          return Promise.resolve();
        },
      };
    },
  };
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
