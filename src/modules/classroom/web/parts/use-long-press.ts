import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

const longEnough = 500;
const farEnough = 10;

/** Handlers of a button that does one thing on a tap and another on a long one; the keyboard taps. */
export const useLongPress = (onTap: () => void, onLong: () => void) => {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const begun = useRef<{ x: number; y: number } | null>(null);
  const wasLong = useRef(false);
  const stop = (): void => {
    clearTimeout(timer.current);
    begun.current = null;
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    onPointerDown: ({ clientX, clientY, button }: PointerEvent): void => {
      if (button !== 0) return;
      wasLong.current = false;
      begun.current = { x: clientX, y: clientY };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        wasLong.current = true;
        onLong();
      }, longEnough);
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent): void => {
      const from = begun.current;
      if (from !== null && Math.hypot(clientX - from.x, clientY - from.y) > farEnough) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onPointerLeave: stop,
    onContextMenu: (event: MouseEvent): void => event.preventDefault(),
    onClick: (): void => {
      // The click that ends a long press is not a tap.
      if (wasLong.current) wasLong.current = false;
      else onTap();
    },
  };
};
