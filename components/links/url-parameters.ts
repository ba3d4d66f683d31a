'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';

/** Changes parameters of the address without a new entry in the history; Next's useSearchParams follows. */
export function replaceParameters(changes: Record<string, string | undefined>): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  window.history.replaceState(null, '', url);
}

/**
 * A text or choice that also stands in the address; empty where that does not name it. What was entered is kept here, for
 * the router's copy of the address follows late: a box that was just checked would be shown unchecked, and while keys come
 * fast older texts come again between newer ones. So the address is listened to only where it holds what was never entered
 * here: after back, forward, or a link.
 */
export function useParameter(name: string): [value: string, setValue: (value: string) => void] {
  const fromAddress = useSearchParams().get(name) ?? '';
  const [value, setValue] = useState(fromAddress);
  const entered = useRef(new Set<string>());
  useEffect(() => {
    if (entered.current.has(fromAddress)) return;
    entered.current.clear();
    setValue(fromAddress);
  }, [fromAddress]);
  const write = (next: string) => {
    entered.current.add(next);
    setValue(next);
    replaceParameters({ [name]: next });
  };
  return [value, write];
}
