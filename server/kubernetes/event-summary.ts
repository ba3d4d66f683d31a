import type { CoreV1Event } from '@kubernetes/client-node';
import type { PodEvent } from '#lib/pods.ts';
import { toMilliseconds } from '#lib/printers/pod-status.ts';

export function toPodEvent(event: CoreV1Event): PodEvent {
  return {
    uid: event.metadata.uid ?? '',
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: event.message ?? '',
    count: event.series?.count ?? event.count ?? 1,
    // Writers of the newer events API leave lastTimestamp empty.
    at: toMilliseconds(
      event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp,
    ),
    source: event.source?.component || event.reportingComponent || '',
    container: containerIn(event.involvedObject.fieldPath),
  };
}

/** `spec.containers{web}`, `spec.ephemeralContainers{debugger-x}` */
function containerIn(fieldPath: string | undefined): string | undefined {
  return /\{([^}]+)\}$/.exec(fieldPath ?? '')?.[1];
}
