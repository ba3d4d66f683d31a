'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';
import type { PodRow } from '#lib/pods.ts';
import { replaceParameters } from '../links/replace-parameters.ts';
import { useParameter } from '../links/use-parameter.ts';
import { matchesWords, type PodFilter, parsePodFilter } from './pod-filter.ts';
import { type PodRows, usePodRows } from './use-pod-rows.ts';

export interface PodListOptions {
  context: string;
  /** The context's own namespace, for users who may not list all. */
  ownNamespace: string | undefined;
  /** The namespace that the server was started with. */
  firstNamespace: string | undefined;
}

export interface PodList {
  pods: PodRows;
  all: PodRow[];
  /** The pods that match the filter and the level. */
  shown: PodRow[];
  /** undefined: all namespaces. */
  namespace: string | undefined;
  knownNamespaces: string[];
  text: string;
  filter: PodFilter;
  level: string | null;
  setText(text: string): void;
  clear(): void;
}

/** The pods of one context. The address says which of them are shown. */
export function usePodList({ context, ownNamespace, firstNamespace }: PodListOptions): PodList {
  const parameters = useSearchParams();
  const namespace = parameters.get('namespace') ?? undefined;
  const level = parameters.get('level');
  const [text, setText] = useParameter('filter');
  const filter = useMemo(() => parsePodFilter(text), [text]);
  const pods = usePodRows({ context, namespace, selector: filter.selector });
  const all = useMemo(() => [...(pods.rows?.values() ?? [])], [pods.rows]);
  const shown = useMemo(
    () => all.filter((pod) => matchesWords(pod, filter.words) && (level === null || pod.level === level)),
    [all, filter, level],
  );
  useOwnNamespace(pods, namespace, ownNamespace);
  useFirstNamespace(firstNamespace);
  const clear = () => {
    setText('');
    replaceParameters({ level: undefined });
  };
  return { pods, all, shown, namespace, knownNamespaces: useKnownNamespaces(all), text, filter, level, setText, clear };
}

/** Every namespace that was seen so far, so that a table of one namespace still suggests the others. */
function useKnownNamespaces(pods: PodRow[]): string[] {
  const seen = useRef(new Set<string>());
  return useMemo(() => {
    for (const pod of pods) seen.current.add(pod.namespace);
    return [...seen.current].sort();
  }, [pods]);
}

/** Shows users who may not list all namespaces their own: only on a first visit, never against a choice. */
function useOwnNamespace({ rows, state }: PodRows, namespace: string | undefined, own: string | undefined): void {
  const isForbidden = state.kind === 'stale' && state.error.code === 'forbidden';
  useEffect(() => {
    if (isForbidden && rows === undefined && namespace === undefined)
      replaceParameters({ namespace: own ?? 'default' });
  }, [isForbidden, rows, namespace, own]);
}

function useFirstNamespace(first: string | undefined): void {
  useEffect(() => {
    // Only when the table is first shown, because an empty field means all namespaces later.
    const url = new URL(window.location.href);
    if (first !== undefined && !url.searchParams.has('namespace')) replaceParameters({ namespace: first });
  }, [first]);
}
