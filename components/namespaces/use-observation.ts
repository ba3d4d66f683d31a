'use client';

import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import { type Answer, useAnswer } from '../connection/use-answer.ts';
import type { PodLink } from '../links/pod-links.ts';

/**
 * Reading runs a shell in every container. A container that has just started is about to show its prompt, and several may
 * start at once, so reading waits this long and leaves the node's time to them.
 */
const settleMs = 300;

/** Reads a pod's namespaces when it is first seen, whenever one of its containers starts or ends, and when asked. */
export function useObservation(link: PodLink | undefined, pod: PodDetail | undefined): Answer<NamespaceObservation> {
  const running = pod?.containers
    .filter((container) => container.state.kind === 'running')
    .map((container) => container.containerId)
    .join(' ');
  const request = running && link ? { context: link.context, namespace: link.namespace, pod: link.pod } : undefined;
  const answer = useAnswer('namespaces:probe', request, {
    again: running,
    settleMs,
    beginsAtOnce: true,
    survivesBreaks: true,
  });
  // The banner already says that the connection is down.
  return answer.error?.code === 'disconnected' ? { ...answer, error: undefined } : answer;
}
