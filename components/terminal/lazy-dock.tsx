'use client';

import { type ComponentType, useEffect, useState } from 'react';

let loaded: ComponentType | undefined;

/** Fetches what terminals are drawn with. The one place that does: each import() of its own would be another file. */
export async function loadDock(): Promise<ComponentType> {
  loaded ??= (await import('./dock.tsx')).Dock;
  return loaded;
}

/**
 * The dock, fetched when it is first needed. Not by React.lazy: React holds back what was suspended for 300 ms after it
 * last showed a fallback, which is longer than a debugger takes to start.
 */
export function LazyDock() {
  const [Dock, setDock] = useState(() => loaded);
  useEffect(() => {
    let isGone = false;
    void loadDock().then((component) => {
      if (!isGone) setDock(() => component);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return Dock === undefined ? null : <Dock />;
}
