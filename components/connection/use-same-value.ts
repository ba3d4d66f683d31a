'use client';

import { useRef } from 'react';
import { isDeepEqual } from './deep-equal.ts';

/** Returns the object of the render before while it is deeply equal, so that effects that depend on it don't run again. */
export function useSameValue<T>(value: T): T {
  const kept = useRef(value);
  if (!isDeepEqual(kept.current, value)) kept.current = value;
  return kept.current;
}
