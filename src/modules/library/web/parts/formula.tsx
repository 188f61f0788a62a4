import { type ReactNode, useEffect, useRef } from 'react';
import { drawMath } from './math.ts';

/** A formula typed as LaTeX; until it is drawn, and where it cannot be, its source. */
export const Formula = ({ latex, display = false }: { latex: string; display?: boolean }): ReactNode => {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (ref.current !== null) void drawMath(ref.current, latex, display);
  }, [latex, display]);
  return (
    <span
      key={latex}
      ref={ref}
      className={display ? 'math math-block' : 'math'}
      {...(display ? { tabIndex: 0, role: 'group', 'aria-label': '公式' } : {})}
    >
      {latex}
    </span>
  );
};
