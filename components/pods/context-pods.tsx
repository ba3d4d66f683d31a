'use client';

import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import type { PodRow } from '#lib/pods.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import { podHref } from '../links/pod-links.ts';
import { replaceParameters } from '../links/replace-parameters.ts';
import { Centered, Loading } from '../ui/centered.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { LevelCounts } from './level-counts.tsx';
import { NamespaceField } from './namespace-field.tsx';
import { NoPods } from './no-pods.tsx';
import { countLevels } from './pod-filter.ts';
import { PodTable } from './pod-table.tsx';
import { type PodList, type PodListOptions, usePodList } from './use-pod-list.ts';

export function ContextPods(options: PodListOptions) {
  const { context } = options;
  const router = useRouter();
  const startDebug = useDebugStore((store) => store.open);
  const list = usePodList(options);
  const { pods, all, shown, namespace, filter, clear } = list;
  const address = (pod: PodRow) => ({ context, namespace: pod.namespace, pod: pod.name });
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">Pods</h1>
      <FilterBar list={list} />
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

function FilterBar({ list }: { list: PodList }) {
  const { all, namespace, knownNamespaces, text, level, setText, clear } = list;
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({
    '/': () => search.current?.select(),
    Escape: clear,
  });
  return (
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
  );
}
