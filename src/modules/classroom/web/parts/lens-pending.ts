interface Pending {
  /** Sends what is not sent yet, once; what fails stays on this device. */
  readonly send: () => Promise<void>;
  readonly forget: () => void;
}
const pending = new Map<string, Pending>();

/** The instruments open on this page name themselves here, so that finishing the record takes them along. */
export const holdLens = (observationId: string, one: Pending): (() => void) => {
  pending.set(observationId, one);
  return () => {
    if (pending.get(observationId) === one) pending.delete(observationId);
  };
};

export const settleLens = async (observationId: string): Promise<void> => pending.get(observationId)?.send();

export const forgetLens = (observationId: string): void => pending.get(observationId)?.forget();

/** Where this device keeps what the server does not have yet. */
export const lensKey = (accountId: string, observationId: string): string =>
  `lens:${accountId}:${observationId}`;
