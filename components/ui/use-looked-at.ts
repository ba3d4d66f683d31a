'use client';

import { type RefObject, useEffect, useState } from 'react';

/** Whether an element is visible: scrolled into view, in a tab that is in front. */
export function useLookedAt(element: RefObject<Element | null>): boolean {
  const [isInView, setInView] = useState(false);
  const [isInFront, setInFront] = useState(true);
  useEffect(() => {
    const look = () => setInFront(document.visibilityState === 'visible');
    look();
    document.addEventListener('visibilitychange', look);
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false));
    if (element.current !== null) observer.observe(element.current);
    return () => {
      document.removeEventListener('visibilitychange', look);
      observer.disconnect();
    };
  }, [element]);
  return isInView && isInFront;
}
