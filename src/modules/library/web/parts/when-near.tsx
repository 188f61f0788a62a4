import { type ReactNode, useEffect, useRef, useState } from 'react';

/** So many pixels before it comes into view it is made. */
const ahead = '600px';

/** Nothing of it is loaded before it is about to be seen. */
export const WhenNear = ({ children }: { children: ReactNode }): ReactNode => {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (near || place.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: ahead },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [near]);
  return near ? children : <div ref={place} />;
};
