'use client';

import { useSyncExternalStore } from 'react';
import { formatDuration } from '#lib/printers/duration.ts';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all ages on the page; seconds are shown only below two minutes. */
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

/** How long ago, as kubectl writes it; the full time on hover. */
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
