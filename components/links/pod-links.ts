'use client';

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

/** The same for a page that only watches it. */
export function watchHref({ session, ...pod }: PodLink & { session: string }): string {
  return `${podHref(pod)}&${new URLSearchParams({ [watchParameter]: session })}`;
}

/** The terminal that this page may only watch. It stays in the address: a reload must not give the keyboard. */
export function watchedTerminal(): string | null {
  return new URLSearchParams(window.location.search).get(watchParameter);
}

/** The terminal that the address asks for. */
export function askedTerminal(): string | null {
  return new URLSearchParams(window.location.search).get(terminalParameter) ?? watchedTerminal();
}
