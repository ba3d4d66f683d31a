'use client';

import { type ComponentType, useEffect, useState } from 'react';

let loaded: ComponentType | undefined;

/** Fetches the dock. All callers use this function, because another import() would make another file. */
export async function loadDock(): Promise<ComponentType> {
  loaded ??= (await import('./dock.tsx')).Dock;
  return loaded;
}

/**
 * The dock, fetched when it is first needed. React.lazy would delay it: React holds suspended content back for 300 ms after
 * the last fallback, and a debugger starts in less time.
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
