'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { replaceParameters } from './replace-parameters.ts';

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
