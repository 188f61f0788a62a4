type Listener = () => void;

const listeners = new Set<Listener>();

/** Any call that meets an ended session announces it; the shell then asks to sign in again on the spot. */
export const sessionExpired = {
  announce: (): void => {
    for (const listener of listeners) listener();
  },
  subscribe: (listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};
