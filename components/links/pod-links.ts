'use client';

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

/** The same, to watch the terminal only. */
export function watchHref({ session, ...pod }: PodLink & { session: string }): string {
  return `${podHref(pod)}&${new URLSearchParams({ [watchParameter]: session })}`;
}

/** The terminal that this page may only watch. It stays in the address, because a reload must not give the keyboard. */
export function watchedTerminal(): string | null {
  return new URLSearchParams(window.location.search).get(watchParameter);
}

/** The terminal that the address asks for. */
export function askedTerminal(): string | null {
  return new URLSearchParams(window.location.search).get(terminalParameter) ?? watchedTerminal();
}
