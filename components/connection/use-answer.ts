'use client';

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Replies, RequestName, RequestOf } from '#lib/protocol/requests/all.ts';
import { getConnection } from './connection.ts';
import { followTerminals } from './follow-terminals.ts';
import { type AnswerState, Question, unasked } from './question.ts';
import { useConnectionEpoch } from './use-connection.ts';
import { useSameValue } from './use-same-value.ts';

export interface Answer<T> extends AnswerState<T> {
  refresh(): void;
}

export interface AnswerOptions {
  /** Asks again when a terminal has changed or was closed while the page is visible, and when it becomes visible. */
  followsTerminals?: boolean;
  /** Asks again when this becomes another text. */
  again?: string | undefined;
  /** Pauses this long after each change of the request or `again`, because more changes may follow. */
  settleMs?: number;
  /** Pauses only from the second change on. */
  beginsAtOnce?: boolean;
  /** Asks again after a broken connection only where the answer is missing. */
  survivesBreaks?: boolean;
}

/**
 * The server's answer to a request, asked for again with each connection. `request` undefined: there is nothing to ask
 * now, and the last answer stays.
 */
export function useAnswer<N extends RequestName>(
  name: N,
  request: RequestOf<N> | undefined,
  options: AnswerOptions = {},
): Answer<Replies[N]> {
  const { followsTerminals = false, again } = options;
  const latest = useRef(options);
  latest.current = options;
  const epoch = useConnectionEpoch();
  const asked = useSameValue(request);
  const [question] = useState(() => new Question((one: RequestOf<N>) => getConnection().ask(name, one)));
  const state = useSyncExternalStore(
    useCallback((listener) => question.listen(listener), [question]),
    () => question.state,
    () => question.state,
  );
  const refresh = useCallback(() => {
    if (asked !== undefined) question.ask(asked, { again: latest.current.again });
  }, [question, asked]);
  useEffect(() => () => question.drop(), [question]);
  useEffect(() => {
    if (asked === undefined) question.drop();
    if (epoch === 0 || asked === undefined) return;
    const { settleMs = 0, beginsAtOnce = false, survivesBreaks = false } = latest.current;
    if (survivesBreaks && question.isAnswered(asked, again)) return;
    question.ask(asked, { again, afterMs: beginsAtOnce && !question.wasAsked ? 0 : settleMs });
  }, [question, asked, again, epoch]);
  useEffect(() => (followsTerminals ? followTerminals(refresh) : undefined), [followsTerminals, refresh]);
  // Until the effect has asked about another request, the state is about the one before.
  const isShown = asked === undefined || question.isAbout(asked);
  return { ...(isShown ? state : unasked), refresh };
}
