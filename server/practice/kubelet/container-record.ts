import type { RunningContainer } from '../runtime/running-container.ts';
import { toTimestamp } from '../store/object-store.ts';
import type { Container, ContainerState, ContainerStatus, EphemeralContainer, TerminatedState } from '../store/pod.ts';
import { BackOff } from './back-off.ts';

export type ContainerKind = 'initContainers' | 'containers' | 'ephemeralContainers';

/** A pod worker's knowledge of one container over its restarts. */
export class ContainerRecord {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly crashes = new BackOff();
  readonly pulls = new BackOff();
  container: Container | EphemeralContainer;
  restartCount = 0;
  state: ContainerState = { waiting: { reason: 'ContainerCreating' } };
  lastState: ContainerState = {};
  running: RunningContainer | undefined;
  /** The id of the latest run. */
  id: string | undefined;
  imageId = '';
  /** The container is being started; no other action is allowed meanwhile. */
  isBusy = false;
  /** The earliest time of the next start, in milliseconds since 1970. */
  retryAt = 0;
  hasStartedUp = false;
  isReady = false;

  constructor(kind: ContainerKind, container: Container | EphemeralContainer) {
    this.kind = kind;
    this.container = container;
    this.name = container.name;
  }

  /** The container's place in the spec as events name it: `spec.containers{web}`. */
  get fieldPath(): string {
    const kind = {
      initContainers: 'spec.initContainers',
      containers: 'spec.containers',
      ephemeralContainers: 'spec.ephemeralContainers',
    };
    return `${kind[this.kind]}{${this.name}}`;
  }

  /** The container whose processes an ephemeral container asks to see. */
  get targetName(): string | undefined {
    const { targetContainerName } = this.container;
    return typeof targetContainerName === 'string' && targetContainerName !== '' ? targetContainerName : undefined;
  }

  get hasEnded(): boolean {
    return this.state.terminated !== undefined;
  }

  get hasSucceeded(): boolean {
    return this.state.terminated?.exitCode === 0;
  }

  /** The container waits for another start. The end of its last run becomes its last state. */
  wait(reason: string, message?: string): void {
    const { terminated } = this.state;
    if (terminated !== undefined) this.lastState = { terminated };
    this.state = { waiting: { reason, ...(message === undefined ? {} : { message }) } };
  }

  run(running: RunningContainer): void {
    this.running = running;
    this.state = { running: { startedAt: toTimestamp(running.startedAt) } };
  }

  end(terminated: TerminatedState): void {
    this.running = undefined;
    this.isReady = false;
    this.hasStartedUp = false;
    this.state = { terminated };
  }

  toStatus(): ContainerStatus {
    const { name, container, state, lastState, restartCount, id, imageId } = this;
    const isRunning = state.running !== undefined;
    const isReady = this.kind === 'initContainers' ? this.hasSucceeded : isRunning && this.isReady;
    return {
      ...(id === undefined ? {} : { containerID: `practice://${id}` }),
      image: imageId === '' ? container.image : withTag(container.image),
      imageID: imageId,
      lastState,
      name,
      ready: this.kind === 'ephemeralContainers' ? false : isReady,
      ...(this.kind !== 'initContainers' && id !== undefined ? { resources: container.resources ?? {} } : {}),
      restartCount,
      ...(this.kind === 'ephemeralContainers' ? {} : { started: isRunning && this.hasStartedUp }),
      state,
    };
  }
}

/** Runtimes report image names in full: `docker.io/library/busybox:1.36` for `busybox:1.36`. */
function withTag(image: string): string {
  const [first = ''] = image.split('/');
  const hasRegistry = image.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  const full = hasRegistry ? image : `docker.io/${image.includes('/') ? '' : 'library/'}${image}`;
  return /[:@][^/]*$/.test(full) ? full : `${full}:latest`;
}
