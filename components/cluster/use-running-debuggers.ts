'use client';

import { useEffect } from 'react';
import type { DebuggerList } from '#lib/debug/running-debuggers.ts';
import { type Answer, useAnswer } from '../connection/use-answer.ts';

/** Debuggers that other tools start or end show up this late. Each refresh lists the pods of the cluster. */
const refreshMs = 10_000;

/** The debuggers that run in a context, refreshed while the page is visible. */
export function useRunningDebuggers(context: string): Answer<DebuggerList> {
  const answer = useAnswer('debuggers:list', { context }, { followsTerminals: true });
  const { refresh } = answer;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && refresh(), refreshMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return answer;
}
