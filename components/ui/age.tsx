'use client';

import { useSyncExternalStore } from 'react';
import { formatDuration } from '#lib/printers/duration.ts';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all ages on the page. */
function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const one of listeners) one();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time since `at` in kubectl's notation, with the full time on hover. */
export function Age({ at, suffix = '' }: { at: number; suffix?: string }) {
  const text = useSyncExternalStore(
    listen,
    () => formatDuration(Math.max(now, Date.now() - 1_000) - at),
    () => '',
  );
  return (
    <time dateTime={new Date(at).toISOString()} title={new Date(at).toLocaleString()} className="tabular-nums">
      {text}
      {suffix}
    </time>
  );
}
