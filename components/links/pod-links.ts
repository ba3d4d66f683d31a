'use client';

import { terminalOfWatchToken } from '#lib/terminal/watch-token.ts';

export interface PodLink {
  context: string;
  namespace: string;
  pod: string;
}

export function podHref({ context, namespace, pod }: PodLink): string {
  return `/pod?${new URLSearchParams({ context, namespace, name: pod })}`;
}

/** The page of a container's log. */
export function logsHref({ context, namespace, pod }: PodLink, container: string): string {
  return `/logs?${new URLSearchParams({ context, namespace, name: pod, container })}`;
}

/** The page of a pod's network. */
export function networkHref({ context, namespace, pod }: PodLink): string {
  return `/network?${new URLSearchParams({ context, namespace, name: pod })}`;
}

/** The page of all namespaces on a pod's node. */
export function nodeHref({ context, namespace, pod }: PodLink): string {
  return `/node?${new URLSearchParams({ context, namespace, name: pod })}`;
}

/** The page of a path in a container's files. */
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

/** The token by which this page may only watch a terminal. It stays in the address, because a reload must not give the keyboard. */
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
