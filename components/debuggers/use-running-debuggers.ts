'use client';

import { useEffect } from 'react';
import type { DebuggerList } from '#lib/debug/running-debuggers.ts';
import { type Answer, useAnswer } from '../connection/use-answer.ts';

/** Debuggers that others start or end are seen this late; each look lists the pods of the cluster. */
const refreshMs = 10_000;

/** The debuggers that run in a context, read anew while the page is looked at. */
export function useRunningDebuggers(context: string): Answer<DebuggerList> {
  const answer = useAnswer('debuggers:list', { context }, { followsTerminals: true });
  const { refresh } = answer;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && refresh(), refreshMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return answer;
}
