'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';

/** Changes parameters of the address without a new entry in the history. Next's useSearchParams follows. */
export function replaceParameters(changes: Record<string, string | undefined>): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  window.history.replaceState(null, '', url);
}

/**
 * A text or choice that is also in the address; empty where the address lacks it. The entered value is kept here, because
 * the router's copy of the address follows late: a box that was just ticked would show unticked, and between fast keys
 * older texts would come back. So a value from the address counts only if it was never entered here, which means that it
 * came from back, forward or a link.
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
