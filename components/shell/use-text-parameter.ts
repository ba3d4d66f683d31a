'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { replaceParameters } from './url-state.ts';

/**
 * Text that is typed and also stands in the address. The router's own copy follows a moment late, so what is typed
 * is kept here; the address wins only where it changed by itself (back, forward, a link).
 */
export function useTextParameter(name: string): [text: string, setText: (text: string) => void] {
  const fromAddress = useSearchParams().get(name) ?? '';
  const [text, setText] = useState(fromAddress);
  const written = useRef(new Set([fromAddress]));
  useEffect(() => {
    if (written.current.has(fromAddress)) {
      // Our own words, coming back; older ones will not come any more.
      if (fromAddress === text) written.current = new Set([fromAddress]);
      return;
    }
    written.current = new Set([fromAddress]);
    setText(fromAddress);
  }, [fromAddress, text]);
  const write = (next: string) => {
    written.current.add(next);
    setText(next);
    replaceParameters({ [name]: next });
  };
  return [text, write];
}
