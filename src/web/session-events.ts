type Listener = () => void;

const channel = () => {
  const listeners = new Set<Listener>();
  return {
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
};

/** Any call that meets an ended session announces it; the shell then asks to sign in again on the spot. */
export const sessionExpired = channel();
/** The same person has signed in again over the open page. */
export const sessionRenewed = channel();
