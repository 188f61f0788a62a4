import { useSyncExternalStore } from 'react';

/** As the style sheets: below this a page is a phone's. */
const narrow = (): MediaQueryList => window.matchMedia('(max-width: 860px)');

const subscribe = (listener: () => void): (() => void) => {
  const list = narrow();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
};

/** Whether the page stands on a phone, where less is opened and less is loaded at once. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow().matches);
