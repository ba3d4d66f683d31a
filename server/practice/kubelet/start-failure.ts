import { toTimestamp } from '../store/object-store.ts';
import type { ContainerRecord } from './container-record.ts';
import { ConfigError } from './environment.ts';
import { ImageError } from './pull-image.ts';
import type { TellEvent } from './tell-event.ts';

/** The next steps after a failed start, with their times in milliseconds from now. */
export interface Retry {
  afterMs: number;
  /** A change of the shown state, unless the state has changed before. */
  change?: { afterMs: number; make(): void };
}

/** The pause before another look at a wrong configuration, like the kubelet's next sync. */
export const retryMs = 2_000;
/** The time until ImagePullBackOff replaces ErrImagePull, like the kubelet's next look at the pod. */
const imageBackOffMs = 2_000;
/** The words that containerd and runc put before the reason. */
const runtimeWords =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init';

/** Records a failed start as the kubelet would: the container's state, and its events. */
export function takeStartFailure(record: ContainerRecord, error: unknown, tell: TellEvent): Retry {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof ImageError) return takeImageFailure(record, text, tell);
  if (error instanceof ConfigError) {
    tell('Warning', 'Failed', `Error: ${text}`);
    record.wait('CreateContainerConfigError', text);
    return { afterMs: retryMs };
  }
  const message = `${runtimeWords}: ${text}`;
  tell('Warning', 'Failed', `Error: ${message}`);
  record.end({
    exitCode: 128,
    reason: 'StartError',
    message,
    // The container never started, and the kubelet shows the zero of times for that.
    startedAt: '1970-01-01T00:00:00Z',
    finishedAt: toTimestamp(new Date()),
    ...(record.id === undefined ? {} : { containerID: `practice://${record.id}` }),
  });
  return { afterMs: 0 };
}

function takeImageFailure(record: ContainerRecord, text: string, tell: TellEvent): Retry {
  const { image } = record.container;
  const afterMs = record.pulls.failed();
  tell('Warning', 'Failed', `Failed to pull image "${image}": ${text}`);
  tell('Warning', 'Failed', 'Error: ErrImagePull');
  record.wait('ErrImagePull', text);
  const make = () => {
    if (record.state.waiting?.reason !== 'ErrImagePull') return;
    tell('Normal', 'BackOff', `Back-off pulling image "${image}"`);
    tell('Warning', 'Failed', 'Error: ImagePullBackOff');
    record.wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${text}`);
  };
  return { afterMs, change: { afterMs: imageBackOffMs, make } };
}
