import { type ReactNode, useSyncExternalStore } from 'react';

interface Message {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

let messages: readonly Message[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

const publish = (next: readonly Message[]): void => {
  messages = next;
  for (const listener of listeners) listener();
};

/** Says in passing that something is done; what needs an answer stands in the page instead. */
export const notify = (text: string, tone: Message['tone'] = 'good'): void => {
  lastId += 1;
  const id = lastId;
  publish([...messages, { id, text, tone }]);
  setTimeout(() => publish(messages.filter((one) => one.id !== id)), 4000);
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const Toasts = (): ReactNode => {
  const shown = useSyncExternalStore(subscribe, () => messages);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <p key={one.id} className={`toast toast-${one.tone}`}>
          {one.text}
        </p>
      ))}
    </div>
  );
};
