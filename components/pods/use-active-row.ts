import { useEffect, useRef, useState } from 'react';
import type { Shortcuts } from '../ui/use-shortcuts.ts';

/** Rows that PageUp and PageDown move over: fewer than a window shows, so that some stay in sight. */
const page = 10;

export interface ActiveRow {
  index: number;
  shortcuts: Shortcuts;
}

/** The row that the keys act on. It belongs to a pod and not to a place, so that it never changes under the user's hands. */
export function useActiveRow(ids: string[], scrollTo: (index: number) => void): ActiveRow {
  const [activeId, setActiveId] = useState<string>();
  const found = activeId === undefined ? -1 : ids.indexOf(activeId);
  const lastIndex = useRef(0);
  // When the pod is gone, its place is kept.
  const index = Math.min(found === -1 ? lastIndex.current : found, Math.max(0, ids.length - 1));
  useEffect(() => {
    lastIndex.current = index;
  }, [index]);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(ids.length - 1, to));
    setActiveId(ids[next]);
    scrollTo(next);
  };
  return {
    index,
    shortcuts: {
      ArrowDown: () => move(index + 1),
      ArrowUp: () => move(index - 1),
      j: () => move(index + 1),
      k: () => move(index - 1),
      PageDown: () => move(index + page),
      PageUp: () => move(index - page),
      Home: () => move(0),
      End: () => move(ids.length - 1),
    },
  };
}
