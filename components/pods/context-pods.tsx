'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';
import type { PodRow } from '#lib/pods.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import { podHref } from '../links/pod-links.ts';
import { replaceParameters, useParameter } from '../links/url-parameters.ts';
import { Centered, Loading } from '../ui/centered.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { LevelCounts } from './level-counts.tsx';
import { NamespaceField } from './namespace-field.tsx';
import { NoPods } from './no-pods.tsx';
import { countLevels, matchesWords, parsePodFilter } from './pod-filter.ts';
import { PodTable } from './pod-table.tsx';
import { type PodRows, usePodRows } from './use-pod-rows.ts';

export interface ContextPodsProps {
  context: string;
  /** The context's own, for users who may not list all. */
  ownNamespace: string | undefined;
  /** The one that the server was started with. */
  firstNamespace: string | undefined;
}

/** The pods of one context: what to show of them stands in the address. */
export function ContextPods({ context, ownNamespace, firstNamespace }: ContextPodsProps) {
  const router = useRouter();
  const parameters = useSearchParams();
  const startDebug = useDebugStore((store) => store.open);
  const namespace = parameters.get('namespace') ?? undefined;
  const [text, setText] = useParameter('filter');
  const level = parameters.get('level');
  const filter = useMemo(() => parsePodFilter(text), [text]);
  const pods = usePodRows({ context, namespace, selector: filter.selector });
  const all = useMemo(() => [...(pods.rows?.values() ?? [])], [pods.rows]);
  const knownNamespaces = useKnownNamespaces(all);
  const shown = useMemo(
    () => all.filter((pod) => matchesWords(pod, filter.words) && (level === null || pod.level === level)),
    [all, filter, level],
  );
  useOwnNamespace(pods, namespace, ownNamespace);
  useEffect(() => {
    // Once, when the table is first shown: an empty field after that means all.
    const url = new URL(window.location.href);
    if (firstNamespace !== undefined && !url.searchParams.has('namespace'))
      replaceParameters({ namespace: firstNamespace });
  }, [firstNamespace]);
  const clear = () => {
    setText('');
    replaceParameters({ level: undefined });
  };
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({
    '/': () => search.current?.select(),
    Escape: clear,
  });
  const address = (pod: PodRow) => ({ context, namespace: pod.namespace, pod: pod.name });

  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">Pods</h1>
      <div className="flex flex-wrap items-center gap-2 px-3 py-2.5 sm:px-4">
        <SearchField
          field={search}
          label="Filter pods"
          placeholder="Filter, or -l app=web   ( / )"
          value={text}
          onChange={setText}
          onKeyDown={(event) => {
            if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault();
              document.querySelector<HTMLElement>('[role="grid"]')?.focus();
            }
          }}
          className="min-w-0 flex-1 max-sm:basis-full sm:max-w-md"
        />
        <NamespaceField
          value={namespace}
          known={knownNamespaces}
          onChange={(next) => replaceParameters({ namespace: next })}
        />
        <LevelCounts counts={countLevels(all)} chosen={level} onChoose={(next) => replaceParameters({ level: next })} />
      </div>
      {pods.state.kind === 'stale' && (
        <div className="px-3 pb-2.5 sm:px-4">
          <ErrorNotice error={pods.state.error} {...(pods.rows ? { title: 'The list may be out of date' } : {})} />
        </div>
      )}
      <div className="min-h-0 flex-1">
        {pods.rows === undefined && pods.state.kind !== 'stale' && (
          <Centered>
            <Loading />
          </Centered>
        )}
        {pods.rows !== undefined && shown.length === 0 && (
          <Centered>
            <NoPods
              isFiltered={all.length > 0 || filter.selector !== undefined}
              namespace={namespace}
              onClear={clear}
            />
          </Centered>
        )}
        {shown.length > 0 && (
          <PodTable
            pods={shown}
            onOpen={(pod) => router.push(podHref(address(pod)))}
            onDebug={(pod) => startDebug(address(pod))}
          />
        )}
      </div>
    </div>
  );
}

/** Every namespace that was seen here: a table of one namespace still suggests the others. */
function useKnownNamespaces(pods: PodRow[]): string[] {
  const seen = useRef(new Set<string>());
  return useMemo(() => {
    for (const pod of pods) seen.current.add(pod.namespace);
    return [...seen.current].sort();
  }, [pods]);
}

/** Who may not list all namespaces is shown their own; only a first visit, never against a choice. */
function useOwnNamespace({ rows, state }: PodRows, namespace: string | undefined, own: string | undefined): void {
  const isForbidden = state.kind === 'stale' && state.error.code === 'forbidden';
  useEffect(() => {
    if (isForbidden && rows === undefined && namespace === undefined)
      replaceParameters({ namespace: own ?? 'default' });
  }, [isForbidden, rows, namespace, own]);
}
