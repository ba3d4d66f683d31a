'use client';

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
