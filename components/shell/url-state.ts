'use client';

import { terminalOfWatchToken } from '#lib/terminal/watch-token.ts';

/** Changes parameters of the address without a new entry in the history; Next's useSearchParams follows. */
export function replaceParameters(changes: Record<string, string | undefined>): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  window.history.replaceState(null, '', url);
}

export interface PodLink {
  context: string;
  namespace: string;
  pod: string;
}

export function podHref({ context, namespace, pod }: PodLink): string {
  return `/pod?${new URLSearchParams({ context, namespace, name: pod })}`;
}

/** A container's log. */
export function logsHref({ context, namespace, pod }: PodLink, container: string): string {
  return `/logs?${new URLSearchParams({ context, namespace, name: pod, container })}`;
}

/** What a pod listens on, is connected to, and can reach. */
export function networkHref({ context, namespace, pod }: PodLink): string {
  return `/network?${new URLSearchParams({ context, namespace, name: pod })}`;
}

/** All namespaces of the node that a pod runs on. */
export function nodeHref({ context, namespace, pod }: PodLink): string {
  return `/node?${new URLSearchParams({ context, namespace, name: pod })}`;
}

/** A path of a container's files. */
export function filesHref({ context, namespace, pod }: PodLink, container: string, path = '/'): string {
  return `/files?${new URLSearchParams({ context, namespace, name: pod, container, path })}`;
}

const terminalParameter = 'terminal';

/** A pod's page with one of its terminals in front. */
export function terminalHref({ session, ...pod }: PodLink & { session: string }): string {
  return `${podHref(pod)}&${new URLSearchParams({ [terminalParameter]: session })}`;
}

const watchParameter = 'watch';

/** The same for a page that only watches it. The server makes the token. */
export function watchHref({ context, namespace, pod }: PodLink, watchToken: string): string {
  return `${podHref({ context, namespace, pod })}&${new URLSearchParams({ [watchParameter]: watchToken })}`;
}

/** What lets this page watch a terminal, and do no more with it. It stays in the address: a reload must not give the keyboard. */
export function watchTokenInAddress(): string | undefined {
  return new URLSearchParams(window.location.search).get(watchParameter) ?? undefined;
}

/** The terminal that the address asks for. */
export function askedTerminal(): string | undefined {
  const asked = new URLSearchParams(window.location.search).get(terminalParameter);
  if (asked !== null) return asked;
  const token = watchTokenInAddress();
  return token === undefined ? undefined : terminalOfWatchToken(token);
}
