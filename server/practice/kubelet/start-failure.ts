import { toTimestamp } from '../store/object-store.ts';
import type { ContainerRecord } from './container-record.ts';
import { ConfigError } from './environment.ts';
import { ImageError } from './pull-image.ts';
import type { TellEvent } from './tell-event.ts';

/** What is to be done after a failed start, and when, in milliseconds from now. */
export interface Retry {
  afterMs: number;
  /** Changes what is shown of the container, if it is still so then. */
  change?: { afterMs: number; make(): void };
}

/** A wrong configuration is looked at again after this long, as by the kubelet's next sync. */
export const retryMs = 2_000;
/** The kubelet shows ErrImagePull until its next look at the pod. */
const imageBackOffMs = 2_000;
/** What containerd and runc say around the reason. */
const runtimeWords =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init';

/** Puts a container that could not be started into the state that the kubelet gives it, with its events. */
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
    // It never began: the zero of times, as the kubelet has it.
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
