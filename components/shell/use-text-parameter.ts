'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { replaceParameters } from './url-state.ts';

/**
 * Text that is typed and also stands in the address. What is typed is kept here, for the router's copy of the address
 * follows late, and while keys come fast it shows older texts again between newer ones. So the address is listened to
 * only where it holds what was never typed here: after back, forward, or a link.
 */
export function useTextParameter(name: string): [text: string, setText: (text: string) => void] {
  const fromAddress = useSearchParams().get(name) ?? '';
  const [text, setText] = useState(fromAddress);
  const typed = useRef(new Set<string>());
  useEffect(() => {
    if (typed.current.has(fromAddress)) return;
    typed.current.clear();
    setText(fromAddress);
  }, [fromAddress]);
  const write = (next: string) => {
    typed.current.add(next);
    setText(next);
    replaceParameters({ [name]: next });
  };
  return [text, write];
}
